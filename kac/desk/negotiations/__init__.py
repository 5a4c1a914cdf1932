"""Negotiations (洽谈): how the talks with a customer stand, before a contract comes of them."""
