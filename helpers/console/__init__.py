"""The Workspace board in a cell: it reads, redraws, and makes the SDK calls that its controls name."""
