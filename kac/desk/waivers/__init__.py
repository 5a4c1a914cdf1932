"""Waivers (定金减免): the exception from an order's least deposit, asked for and signed."""
