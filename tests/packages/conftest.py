"""What the tests of this folder share."""

from tests.packages.environments import notebooks_wheel

collect_ignore = ["quickstart"]  # somebody else's project, which test_other_projects.py copies
