"""Board of a Workspace, with its clock and its events."""
