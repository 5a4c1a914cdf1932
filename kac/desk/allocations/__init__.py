"""Allocations (核销): what money received is for; one receipt over several orders, and back."""
