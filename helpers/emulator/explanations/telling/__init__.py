"""Telling: explanations of a Task, a Worker or a Workflow, put together from sentences."""
