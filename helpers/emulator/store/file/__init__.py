"""The SQLite file as a file: locked, copied back from its log, and checked."""
