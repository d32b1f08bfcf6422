"""The Workspace console in a cell: it reads, redraws, and makes the SDK calls that its controls name."""
