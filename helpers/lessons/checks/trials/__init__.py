"""Trials: what single exercises try an answer on, each in a world of its own."""
