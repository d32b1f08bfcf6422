"""Reading: a Workspace read with GET requests, and copies of it for experiments."""
