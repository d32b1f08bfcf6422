"""Names of a cell that was passed over say why, each time alike."""

from __future__ import annotations

from traceback import extract_tb

import pytest

from helpers.errors import HelperError
from helpers.guide.passed_over import stand_in


def test_traceback_does_not_grow():
    """The one error can be raised by many cells, and shows each of them its own way alone."""
    namespace = {}
    stand_in("answer = 42", namespace, HelperError("no network here"))
    lengths = []
    for _ in range(3):
        with pytest.raises(HelperError, match="no network here") as raised:
            namespace["answer"].fetch()
        lengths.append(len(extract_tb(raised.value.__traceback__)))

    assert lengths == lengths[:1] * 3
