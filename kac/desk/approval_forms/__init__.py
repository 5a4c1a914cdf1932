"""Approval forms (团购审批单): a reviewed quotation becomes the order that it promised."""
