"""Lessons: the start of each, its steps, its story, and the checks of its exercises."""
