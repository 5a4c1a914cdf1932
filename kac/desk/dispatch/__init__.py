"""Dispatch (发货): the wholesale slip, the count by two departments, the signed copy."""
