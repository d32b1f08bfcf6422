"""A plugin that keeps runs of the notebooks from reading or writing the learner's progress, however pytest is started.

``start.py test`` sets the same variable; this is for those who run pytest themselves.
"""

import os

os.environ["TASKROUTER_PROGRESS"] = ""  # each kernel that nbval starts has this process's environment
