"""The package as others see it."""

from __future__ import annotations

import doctest
import subprocess
import sys

from helpers.emulator import expressions


def test_example_in_the_docstring_holds() -> None:
    """What the package's docstring shows is what happens."""
    result = doctest.testmod(expressions)

    assert (result.attempted > 0, result.failed) == (True, 0)


def test_importing_builds_no_parser() -> None:
    """The grammar is compiled when the first text is parsed, not on import."""
    code = "from helpers.emulator.expressions import parser; print(parser._lark.cache_info().currsize)"
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert answer.stdout.strip() == "0"
