"""Deliveries (分批送货): how far an order is out, line by line, and what its slips draw."""
