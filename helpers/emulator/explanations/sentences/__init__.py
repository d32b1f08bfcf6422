"""Sentences about rules and records."""
