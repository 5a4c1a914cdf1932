"""Lines (货品行): goods with quantity, price and cost, whatever document they stand on."""
