"""Fulfilment (团购备货): till receipt of the goods, loss prevention, vehicle at the door."""
