"""Lessons: where each starts, its steps, its story, and the checks of its exercises."""
