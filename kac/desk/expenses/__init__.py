"""Expenses (报销): delivery costs that two of the store sign, bags with their till receipt."""
