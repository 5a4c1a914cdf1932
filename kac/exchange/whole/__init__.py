"""A whole ledger as plain text, table by table, and back again to the last byte."""
