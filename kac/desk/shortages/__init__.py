"""Shortages (缺货): a paid order whose goods are short, and the four ways the customer may choose."""
