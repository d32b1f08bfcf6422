"""A plugin for ``TASKROUTER_GROUND=page``: the notebooks on a web page's ground, without a browser.

It leaves out cells with the tag ``machine``, which need a terminal or a process of one's own, and lets every kernel
refuse what a page does not have (see ``tests/notebooks/page_guard.py``).
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
GUARD = ROOT / "tests" / "notebooks" / "page_startup.py"
VARIABLE = "TASKROUTER_GROUND"  # as in `helpers.ground.choice`, which takes long to import in each start of pytest
NEEDS_MACHINE = "machine"
ON_PAGE = os.environ.get(VARIABLE) == "page"  # as the run was started; `tests/conftest.py` clears the environment


def pytest_configure(config: pytest.Config) -> None:
    """Let IPython, which runs this file as it starts, forbid each kernel what a page does not have."""
    if not ON_PAGE:
        return
    paths = [Path(argument.partition("::")[0]).resolve() for argument in config.args]
    if any(path == ROOT or path.is_relative_to(ROOT / "tests") for path in paths):
        raise pytest.UsageError(f"On a page's ground there are only notebooks: {VARIABLE}=page start.py test notebooks")
    os.environ["PYTHONSTARTUP"] = str(GUARD)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out the cells that need a machine."""
    if ON_PAGE:
        left_out = [item for item in items if NEEDS_MACHINE in tags_of(item)]
        items[:] = [item for item in items if item not in left_out]
        config.hook.pytest_deselected(items=left_out)


def tags_of(item: pytest.Item) -> list[str]:
    """The tags of a notebook's cell; none of any other test."""
    cell = getattr(item, "cell", None)
    return [] if cell is None else cell.metadata.get("tags", [])
