"""Settlement days (日结): who settles, what is left over, who signs and keeps the sheet."""
