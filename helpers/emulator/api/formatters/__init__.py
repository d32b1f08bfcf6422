"""Records as JSON, property by property."""
