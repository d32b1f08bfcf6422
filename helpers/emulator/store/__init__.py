"""State that outlives its process: a SQLite file with a journal of all writes."""
