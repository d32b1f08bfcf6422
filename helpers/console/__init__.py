"""The Workspace console in a cell: reads the Workspace, redraws, and makes the SDK calls that its controls show."""
