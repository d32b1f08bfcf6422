"""Forms and query strings are read as they were written, or refused."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.emulator.api.http.forms import read_pairs
from helpers.emulator.engine.model.refusals import Invalid

words = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)


@given(st.lists(st.tuples(words.filter(bool), words), max_size=6))
def test_pairs_come_back(pairs: list[tuple[str, str]]) -> None:
    """Whatever a client encodes is read as it was, in order, empty values and repeated names too."""
    assert read_pairs(urlencode(pairs).encode()) == pairs


@pytest.mark.parametrize("encoded", [b"a=%ff", b"a=\xff", b"%c3=1"])
def test_other_encodings_are_refused(encoded: bytes) -> None:
    """Nothing is guessed: what is not UTF-8 is refused, whoever failed to encode it."""
    with pytest.raises(Invalid, match="UTF-8"):
        read_pairs(encoded)


def test_fields_are_counted_first() -> None:
    """A thousand parameters are read, one more is refused."""
    assert len(read_pairs(b"a=1" + b"&a=1" * 999)) == 1000
    with pytest.raises(Invalid, match="at most 1000"):
        read_pairs(b"a=1" + b"&a=1" * 1000)


@pytest.mark.parametrize("shift", range(4))
def test_long_values_come_back_whole(shift: int) -> None:
    """A long value is decoded in pieces: no escape, and no character, is torn where they meet."""
    value = "x" * shift + "ñ +&%" * 20_000
    everything_escaped = "".join(f"%{byte:02x}" for byte in value.encode()).encode()

    assert read_pairs(urlencode({"Name": value}).encode()) == [("Name", value)]
    assert read_pairs(b"Name=" + everything_escaped) == [("Name", value)]


def test_broken_escape_is_named_wherever_it_is() -> None:
    """Also where it is the last of megabytes."""
    with pytest.raises(Invalid, match="'%4' is no code"):
        read_pairs(b"a=" + b"%41" * 100_000 + b"%4")
