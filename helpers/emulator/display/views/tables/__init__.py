"""Resources as tables, one kind a file."""
