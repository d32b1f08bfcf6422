"""Evaluation: a parsed expression becomes a function that returns True or False."""
