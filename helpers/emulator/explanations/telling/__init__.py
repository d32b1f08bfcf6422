"""Telling: the explanation of a Task, a Worker or a Workflow, put together."""
