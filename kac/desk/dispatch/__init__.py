"""Dispatch (发货): the wholesale slip, the count by two departments, and the copy that comes back."""
