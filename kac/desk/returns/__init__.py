"""Returns (退换货): goods that come back, what becomes of them, and of the money for them."""
