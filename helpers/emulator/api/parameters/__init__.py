"""Parameters of operations: their names, kinds and limits."""
