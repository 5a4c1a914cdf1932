"""The books: double entry for money and for goods. `journal` and `moves` are the only writers."""
