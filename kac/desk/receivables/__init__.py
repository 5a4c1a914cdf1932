"""Receivables (应收账款): what customers owe for delivered goods, how old it is, who was chased."""
