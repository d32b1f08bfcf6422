"""Subjects of checks: the lesson's world, and one of a check's own."""
