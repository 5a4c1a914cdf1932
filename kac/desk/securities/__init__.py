"""Security deposits (保证金): what a long-term contract rests on, and what caps its month."""
