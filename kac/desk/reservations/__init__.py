"""Reservations (预留): an order's goods promised anew, let go by hand, or lapsed without money."""
