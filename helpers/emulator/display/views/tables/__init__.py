"""Tables of resources, one kind a module."""
