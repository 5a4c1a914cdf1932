"""Payments (收款): money received for orders and finance's word that it is really there."""
