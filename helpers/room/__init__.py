"""Room of learners: the board that shows where everybody is, and what a learner calls to appear on it."""
