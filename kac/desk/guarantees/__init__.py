"""Guarantee letters (担保书): an employee's written word for an order that is sold on credit."""
