"""Formatters of records as JSON, property by property."""
