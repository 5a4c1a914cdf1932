"""Policy sets: their shape, and what each must hold before it may judge anything."""
