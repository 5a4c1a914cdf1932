"""Purchases (补货单): what purchasing is to bring, by when, who follows it up, what came."""
