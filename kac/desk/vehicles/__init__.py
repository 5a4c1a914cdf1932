"""Vehicles (约车): booked with the distribution centre, reminded of, followed on the day."""
