"""Approvals (审批): who must sign an order because of its margins and concessions, and who did."""
