"""Lists: filters and pages."""
