"""Commands: a module for each resource, one for instructions and one for deadlines."""
