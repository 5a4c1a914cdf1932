"""Custody of paper (单据流转): which copy of which form is with whom, over all documents."""
