"""YAML is another way to write JSON, and says where it is not."""

from __future__ import annotations

import pytest

from helpers.emulator.server.administration.plain_yaml import BadYaml, read_yaml


def bomb(levels: int) -> str:
    """Return a few lines that stand for ten to the power of ``levels`` values."""
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    for level in range(1, levels):
        aliases = ", ".join([f"*a{level - 1}"] * 10)
        lines.append(f"a{level}: &a{level} [{aliases}]")
    return "\n".join(lines)


def merge_bomb(levels: int) -> str:
    """Return maps of which each merges the one before it twice."""
    return "\n".join(["a0: &a0 {k: x}", *(f"a{n}: &a{n} {{<<: [*a{n - 1}, *a{n - 1}]}}" for n in range(1, levels))])


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("7", 7),
        ("-1.5e3", -1500.0),
        ("0", 0),
        ("true", True),
        ("null", None),
        ("~", None),
        ("", None),
        ("no", "no"),
        ("Yes", "Yes"),
        ("True", "True"),
        ("2026-03-02", "2026-03-02"),
        ("2026-03-02T09:00:00Z", "2026-03-02T09:00:00Z"),
        ("12:30:00", "12:30:00"),
        ("0049", "0049"),
        ("0x10", "0x10"),
        ("1_000", "1_000"),
        (".inf", ".inf"),
        ("'7'", "7"),
        ("!!str 7", "7"),
        ('"true"', "true"),
        ("languages HAS 'es'", "languages HAS 'es'"),
        ("'żółw'", "żółw"),
    ],
)
def test_plain_word_is_as_in_json(written, value):
    """Numbers, true, false and null are what JSON means; all else is text, and nothing becomes a date."""
    assert read_yaml(f"key: {written}") == {"key": value}


def test_keys_are_text():
    """A language named no is still a language."""
    assert read_yaml("{no: 1, 1: 2, true: 3, null: 4}") == {"no": 1, "1": 2, "true": 3, "null": 4}


def test_aliases_and_merges():
    """What a map says itself wins over what it merges, and an earlier map over a later one."""
    text = """
    base: &base {a: 1, b: 1}
    more: &more {b: 2, c: 2}
    one: {<<: [*base, *more], d: 3}
    two: {c: 3, <<: *more}
    again: [*base, *base]
    """
    found = read_yaml(text)

    assert found["one"] == {"a": 1, "b": 1, "c": 2, "d": 3}
    assert found["two"] == {"b": 2, "c": 3}
    assert found["again"] == [{"a": 1, "b": 1}] * 2


def test_nothing_is_nothing():
    """A document of comments has no value."""
    assert read_yaml("# nothing yet\n") is None


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("a:\n\t- b", 2, "there is a tab; indent with spaces"),
        ("ż: ż\na:\n\t- b", 3, "there is a tab; indent with spaces"),
        ("a: [1,\r", 2, "did not find expected node content"),
        ("a: [1,\u2028", 2, "did not find expected node content"),
        ("a: 1\nb: 2\na: 3", 3, "'a' appears twice"),
        ("a: [1,\n", 2, "did not find expected node content"),
        ("a: 1\n---\nb: 2", 2, "expected a single document"),
        ("a: &x\n  - *x", 1, "an alias stands inside what it stands for"),
        ("a: *x", 1, "undefined alias"),
        ("\na: !!python/name:os.system x", 2, "python/name:os.system has no meaning here"),
        ("a: !!set {x, y}", 1, "has no meaning here"),
        ("a: !!timestamp 2026-03-02", 1, "has no meaning here"),
        ("a:\n  <<: 7", 2, "<< takes a map"),
        ("[1]: x", 1, "a key must be text"),
        ("a: \x01", 1, "'\\x01' is not allowed"),
        ("\n- " + "9" * 5000, 2, "limit"),
        ("[" * 100_000, 1, "nest"),
        ("- " * 100_000 + "x", 1, "nest"),
        ("[" * 900 + "]" * 900, 1, "nested too deeply"),
        (bomb(9), 1, "more than 1,000,000 values"),
        (merge_bomb(40), 1, "more than 1,000,000 values"),
    ],
    ids=lambda value: str(value)[:20],
)
def test_bad_yaml_is_told(text, line, words):
    """One sentence, with the line, and in no time."""
    with pytest.raises(BadYaml) as refused:
        read_yaml(text)

    assert words in str(refused.value)
    assert refused.value.line == line
