"""Tax invoices (发票): asked for, agreed, issued at the service desk, reversed."""
