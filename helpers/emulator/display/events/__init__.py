"""What events tell: a sentence for each, their order as a story, and the states of a Task that follow from them."""
