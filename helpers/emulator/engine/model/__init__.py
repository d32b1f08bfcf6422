"""Records of the engine, and the values that they consist of. Nothing here changes a record."""
