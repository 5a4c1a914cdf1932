"""Gift cards (购物卡): batches by number range, and in whose hands every number is."""
