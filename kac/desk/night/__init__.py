"""The night (夜间稽核): every check of the desk on its own line, whatever becomes of the others."""
