"""What leaves the desk on paper: pure functions from plain values to pages of text.

Papers speak Chinese, whatever the screen speaks.
"""
