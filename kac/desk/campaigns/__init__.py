"""Campaigns (团购活动): homeowners of an estate, from the plan to the day, and their calls."""
