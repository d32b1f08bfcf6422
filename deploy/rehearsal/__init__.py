"""Rehearsal of a room: scripted learners, many at once, who run lessons in real kernels."""
