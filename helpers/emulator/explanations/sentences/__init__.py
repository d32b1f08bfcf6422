"""Sentences of explanations about rules and records."""
