"""Dossiers (大客户申请): what a sales office hands in so that a customer becomes a key account."""
