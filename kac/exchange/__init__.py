"""Files in and out: sheets from spreadsheets, and what bad rows are sent back as."""
