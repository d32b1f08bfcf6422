"""Checks and hints of each lesson's exercises, one module a lesson."""
