"""Deposits (定金): how much must be paid before goods are prepared, and the one exception."""
