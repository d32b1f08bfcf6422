"""The board of a Workspace, its clock and its events."""
