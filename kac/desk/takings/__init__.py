"""Takings (结算款): money that business managers report, and how finance settles it."""
