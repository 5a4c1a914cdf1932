"""Papers (单据联次): where each copy of each document is, and how it is marked."""
