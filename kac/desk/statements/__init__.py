"""Statements of account (对账单): what a customer had and paid, signed by both sides and sealed."""
