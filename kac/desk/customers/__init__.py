"""Customers (客户): units and persons on file, and the key-account classes they reach."""
