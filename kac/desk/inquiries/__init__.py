"""Inquiries (接待咨询): who asked for what, what was explained, and the call back that is owed."""
