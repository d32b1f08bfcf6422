"""Text is made fit to be shown."""

from __future__ import annotations

import pytest

from helpers.emulator.display import safe_text


def test_control_and_reordering_characters_are_spelt_out():
    """A name cannot hide, ring or reorder anything."""
    assert safe_text.escape_hidden("a\x07\u202eb\ud800") == "a\\u0007\\u202eb\\ud800"


def test_emoji_and_right_to_left_letters_are_kept():
    """Joined emoji and Hebrew stay what they are."""
    assert safe_text.escape_hidden("👩\u200d🚀 עברית") == "👩\u200d🚀 עברית"


def test_a_cell_is_one_bounded_line():
    """Line ends are spelt and long text ends in an ellipsis."""
    assert safe_text.one_line("a\nb\tc") == "a\\nb\\tc"
    assert safe_text.one_line("x" * 500) == "x" * 119 + "…"


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ('{"a":"ñ"}', '{\n  "a": "ñ"\n}'),
        ("[1]", "[\n  1\n]"),
        ("5", "5"),
        ("{broken", "{broken"),
        ("[" * 15_000, "[" * 15_000),
        ("x" * 30_000, "x" * 19_999 + "…"),
        (None, ""),
    ],
)
def test_only_json_objects_and_arrays_are_indented(given, shown):
    """Numbers, other text, broken or endless JSON come out as they are."""
    assert safe_text.prettify(given) == shown


def test_long_text_says_how_much_is_left_out():
    """Forty lines are kept of a hundred."""
    shown = safe_text.clip_lines("\n".join(str(number) for number in range(100)))

    assert shown.endswith("\n39\n… and 60 more lines")


def test_loopback_ports_are_replaced():
    """The same words on every run, whatever port was free."""
    given = "http://127.0.0.1:41234/ http%3A%2F%2F127.0.0.1%3A80%2F localhost:8888 example.com:443"

    assert (
        safe_text.hide_ports(given)
        == "http://127.0.0.1:PORT/ http%3A%2F%2F127.0.0.1%3APORT%2F localhost:PORT example.com:443"
    )


def test_right_to_left_text_is_isolated():
    """Hebrew gets Unicode isolates, Latin text stays as it is."""
    assert safe_text.isolate("עברית") == "\u2068עברית\u2069"
    assert safe_text.isolate("Alicé") == "Alicé"
