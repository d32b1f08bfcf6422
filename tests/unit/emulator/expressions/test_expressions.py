"""The package as others see it."""

from __future__ import annotations

import doctest

from helpers.emulator import expressions


def test_example_in_the_docstring_holds() -> None:
    """What the package's docstring shows is what happens."""
    result = doctest.testmod(expressions)

    assert (result.attempted > 0, result.failed) == (True, 0)
