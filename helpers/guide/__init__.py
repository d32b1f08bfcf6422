"""Errors that teach: an IPython extension that adds what to do next to what went wrong."""
