"""The learner's own web application: its file, written section by section, and the server that runs it."""
