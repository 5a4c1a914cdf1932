"""Visits (拜访): planned, written on the register, filed; and the telephone calls between them."""
