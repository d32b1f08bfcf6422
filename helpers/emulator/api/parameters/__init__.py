"""Parameters of operations: how each is spelled, read and refused."""
