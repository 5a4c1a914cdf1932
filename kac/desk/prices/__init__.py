"""Prices (调价): other prices of goods on file, proposed by one and confirmed by another."""
