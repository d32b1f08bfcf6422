"""Advice on slips in Python, and on code that ran without effect."""
