"""Rebates (返利): money back on a paid order, judged as the margin that it leaves."""
