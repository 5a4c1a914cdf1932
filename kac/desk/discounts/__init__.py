"""Discounts (折扣): the table of how far which goods may be sold under the list price to whom."""
