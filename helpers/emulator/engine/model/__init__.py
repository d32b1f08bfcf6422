"""Records of TaskRouter's resources and the values in them. Nothing in this room changes a record."""
