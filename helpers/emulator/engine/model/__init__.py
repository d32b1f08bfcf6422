"""Records and the values they hold. Nothing here changes a record."""
