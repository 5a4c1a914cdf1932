"""Rosters (排班): the officer of each settlement day, the keeper of each month's papers."""
