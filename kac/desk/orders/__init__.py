"""Orders (大客户订货单): the key-account order form from draft to closed."""
