"""Indexes over the records of a Workspace, so that no command walks all of them."""
