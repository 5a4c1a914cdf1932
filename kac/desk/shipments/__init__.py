"""Shipments (发货): goods of one key account, sent to a sales office and held there for it."""
