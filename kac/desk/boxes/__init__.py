"""Boxes (团购装箱): the goods of a slip packed and sealed, name and quantity on every lid."""
