"""Refunds (退款): money that is for nothing any more goes back the way it came."""
