"""Margins (毛利): what a line and an order earn over purchase cost, and which tier that is."""
