"""Call-backs (回访): what customers say of goods after the delivery, and what they need next."""
