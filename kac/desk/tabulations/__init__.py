"""Order tables (订单制表): the goods of an order for those who gather them, in versions."""
