"""IPython's configuration in this Python: kernels explain errors from the first cell on."""

from __future__ import annotations

import sys
from importlib.machinery import PathFinder

# A kernel imports from its notebook's folder first, and that can have a package `helpers` of its own.
found = PathFinder.find_spec("helpers", ["", *sys.path])  # None with `pip install --editable`
if found is None or PathFinder.find_spec("guide", found.submodule_search_locations or []):
    get_config().InteractiveShellApp.extensions = ["helpers.guide.extension"]  # type: ignore[name-defined]  # noqa: F821
