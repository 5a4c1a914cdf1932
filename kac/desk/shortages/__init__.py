"""Shortages (缺货): a paid order whose goods are short, and the four ways of its customer."""
