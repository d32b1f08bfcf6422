"""Subjects of checks: the lesson's world, one of a check's own, and the learner's application."""
