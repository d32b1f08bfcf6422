"""Cell magic ``%%app``, which writes the cell into the learner's file instead of running it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from IPython.core.interactiveshell import InteractiveShell

__all__ = ["register"]

_LINE = re.compile(r"(\d{1,2}) +(\S.*)")


def register(shell: InteractiveShell) -> None:
    """Let cells that begin with ``%%app 1 Settings`` write the section of this number and name."""
    shell.magics_manager.register_function(_app, "cell", "app")


def _app(line: str, cell: str) -> None:
    """Write the cell into my_app/app.py as a section, in the place of the one with the same number."""
    from helpers.webapp import app_file  # here, because most notebooks write no app

    found = _LINE.fullmatch(line.strip())
    if found is None:
        print("Nothing was written. Start the cell with a number and a name for its section: `%%app 1 Settings`.")
        return
    app_file.write_section(int(found[1]), found[2], cell)
    print(f"Section {int(found[1])}, {found[2]}, is in {app_file.FILE}.")
    if error := app_file.find_syntax_error(cell, "this cell"):
        print(f"It isn't valid Python yet: {error.reason}, in line {error.line + 1} of the cell.")
