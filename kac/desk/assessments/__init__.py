"""Assessments of customers: the grade of their credit, and the decision to go on with them."""
