"""Credit limits (信用额度): how much a customer may owe, who looked into it, who signed for it."""
