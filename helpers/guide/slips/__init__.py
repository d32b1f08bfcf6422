"""Advice on slips in Python, and on code that ran and did nothing."""
