"""TaskRouter on one's own machine: stateful, faithful, and usable alone.

Installed as a package it is ``taskrouter_emulator``; in the project that it comes from, the same folder is one room of
the helpers. So code in it imports relatively, nothing from outside, and texts that name it take the name it has.

``(reference 3.4)`` in a docstring cites section 3.4 of the project's docs/taskrouter.md: how TaskRouter behaves, and
from where that is known.

PYTEST_DONT_REWRITE: without this word, pytest warns in a run that imports the package before pytest loads its plugins.
"""

from __future__ import annotations

__all__ = ["__version__"]

__version__ = "0.1.0"
"""Version of the project: the package of the course has the same, because both are released together."""
