"""Errors that teach: an IPython extension that adds the next step to what went wrong."""
