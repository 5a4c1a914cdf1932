"""Adjustments (库存调整): pieces that break, vanish or turn up, on the word of two persons."""
