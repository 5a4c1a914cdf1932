"""Stock (库存): what is where, what is shown, what is promised, what can still be promised."""
