"""Covers (担保): what a customer owes and will owe, and what lets goods go before the money."""
