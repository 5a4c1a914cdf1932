"""Contracts (合同): what was agreed with a customer, who signed for it, its filing and its life."""
