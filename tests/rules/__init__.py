"""The rules, proved without a ledger: values in, verdicts out."""
