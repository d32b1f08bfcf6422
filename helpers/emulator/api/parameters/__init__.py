"""Parameters of operations: their names, types and limits."""
