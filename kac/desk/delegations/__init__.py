"""Delegations (书面授权): who signs in whose absence, for what, up to how much, until when."""
