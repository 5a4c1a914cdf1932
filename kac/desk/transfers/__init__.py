"""Transfers (调拨): goods from one location to another, on the road until they are received."""
