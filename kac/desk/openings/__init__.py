"""Opening balances (期初余额): what customers owed and was held when the books were begun here."""
