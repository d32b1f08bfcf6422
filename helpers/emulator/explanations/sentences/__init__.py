"""Rules and records in words."""
