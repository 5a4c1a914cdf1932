"""Goods received (入库): what a supplier brought, against which delivery note, at what cost."""
