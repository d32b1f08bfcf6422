"""Lists: filtered and in pages."""
