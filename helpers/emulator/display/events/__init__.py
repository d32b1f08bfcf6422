"""Events for display: a sentence for each, their order as a story, and the states of a Task."""
