"""The embedded TaskRouter: stateful, faithful, and usable alone (``python -m helpers.emulator``).

``(reference 3.4)`` in a docstring cites section 3.4 of the project's docs/taskrouter.md: how TaskRouter behaves, and
from where that is known.
"""
