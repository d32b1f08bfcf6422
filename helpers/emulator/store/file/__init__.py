"""The SQLite file as a file: its lock, its checkpoints and its checksums."""
