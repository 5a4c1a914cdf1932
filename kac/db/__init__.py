"""The vault: one SQLite ledger, one door to it. Everything dialect-specific lives in this room."""
