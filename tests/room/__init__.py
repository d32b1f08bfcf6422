"""Room of learners on a real JupyterHub on this machine: scripted learners log in at once, and do lessons."""
