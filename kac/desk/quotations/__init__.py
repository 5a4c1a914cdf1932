"""Quotations (报价单): prices for a customer, reviewed by two managers, good until a day."""
