"""Material of answers: the Workspace that is asked about, texts that were typed, and sentences with emphasis."""
