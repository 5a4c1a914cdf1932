"""Wholesale (大宗商品): goods of the hypermarket, sold for money or booked on account by a slip."""
