"""Reconciliation (对账): the nightly proof that nothing is missing."""
