"""Promised arrivals (到货承诺): who signed for which goods by which day, and what became of it."""
