"""What to write so that a false expression becomes true, and that it then is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.emulator.expressions import Edit, Scope, apply_edits, parse


def repair(text, names, scope=Scope.TASK):
    """The edits for an expression over plain attributes, any of which may be written."""
    return parse(text, scope=scope).repair(names, lambda path: True)


@pytest.mark.parametrize(
    ("text", "names", "edit"),
    [
        ('lang == "es"', {"lnag": "es", "n": 1}, Edit(("lang",), "es", ("lnag",), slip=True)),
        ('lang == "es"', {"Lang": "ES"}, Edit(("lang",), "es", ("Lang",), slip=True)),
        ('lang == "es"', {"lang": "ES "}, Edit(("lang",), "es", slip=True)),
        ('lang == "es"', {"lang": ["en", "es"]}, Edit(("lang",), "es", slip=True)),
        ('lang == "es"', {"lang": "de"}, Edit(("lang",), "es")),
        ('"es" == lang', {}, Edit(("lang",), "es")),
        ("vip == true", {"vip": "true"}, Edit(("vip",), True, slip=True)),
        ("level > 3", {"level": 2}, Edit(("level",), 4)),
        ("3 <= level", {"level": 2}, Edit(("level",), 3)),
        ("level < '3'", {"level": "high"}, Edit(("level",), 2)),
        ('langs HAS "es"', {"langs": ["en"]}, Edit(("langs",), ["en", "es"])),
        ('langs HAS "es"', {"langs": ["ES", "en"]}, Edit(("langs",), ["es", "en"], slip=True)),
        ('langs HAS "es"', {"langs": '["en","es"]'}, Edit(("langs",), ["en", "es"], slip=True)),
        ('langs HAS "es"', {"langs": "en, es"}, Edit(("langs",), ["en", "es"], slip=True)),
        ('langs HAS "es"', {"langs": 7}, Edit(("langs",), [7, "es"])),
        ('lang IN ["en", "es"]', {"lang": "ES"}, Edit(("lang",), "es", slip=True)),
        ('lang IN ["en", "es"]', {"lang": "de"}, Edit(("lang",), "en")),
        ("a != b", {"a": "WK1", "b": "WK1"}, Edit(("a",), None)),
        ("blocked != true", {"blocked": True}, Edit(("blocked",), False)),
        ("'WK1' NOT IN asked", {"asked": ["WK1", "WK2"]}, Edit(("asked",), ["WK2"])),
        ("'WK1' NOT IN asked", {}, Edit(("asked",), [])),
        ('note CONTAINS "vip"', {"note": "a customer"}, Edit(("note",), "a customer vip")),
        (
            'customer.tier == "gold"',
            {"customer": {"teir": "gold"}},
            Edit(("customer", "tier"), "gold", ("customer", "teir"), slip=True),
        ),
    ],
)
def test_smallest_edit_is_proposed(text, names, edit):
    """A slip is recognised as one; otherwise the value that is wanted is written."""
    assert repair(text, names) == (edit,)


def test_every_clause_of_and_is_mended():
    """AND needs all of its clauses, and true ones are left alone."""
    edits = repair('lang == "es" AND level >= 3 AND n == 1', {"lang": "es", "n": 2})

    assert [edit.path for edit in edits] == [("level",), ("n",)]


def test_easiest_clause_of_or_is_mended():
    """Of OR the clause is chosen that needs the fewest new meanings."""
    assert repair('lang == "de" OR (vip == true)', {"lang": "es", "vip": "TRUE"}) == (Edit(("vip",), True, slip=True),)


@pytest.mark.parametrize("text", ["1 == 2", "a[0] == 1", "a != null", 'a NOT IN ["x"]', "a CONTAINS 1"])
def test_unknown_ways_are_not_invented(text):
    """Where no value is obvious, none is proposed."""
    assert repair(text, {"a": "x"} if "NOT IN" in text else {}) is None


def test_true_expression_needs_no_edit():
    """Nothing is to be written where all is well."""
    assert repair("1 == 1", {}) == ()


def test_empty_expression_cannot_be_mended():
    """An empty expression admits nobody, whatever their attributes."""
    assert repair("", {}, Scope.WORKER) is None


def test_only_what_may_be_written_is():
    """The other side is taken where one may not be written."""
    expression = parse("worker.level >= task.level", scope=Scope.TARGET)
    names = {"worker": {"level": 1}, "task": {"level": 3}}

    assert expression.repair(names, lambda path: path[0] == "task") == (Edit(("task", "level"), 1),)


def test_edits_leave_the_original_alone():
    """``apply_edits`` makes a copy, in which a misspelt key has gone."""
    names = {"o": {"kye": 1}}

    assert apply_edits(names, [Edit(("o", "key"), 1, ("o", "kye"))]) == {"o": {"key": 1}}
    assert names == {"o": {"kye": 1}}


_VALUES = st.none() | st.booleans() | st.integers(-9, 9) | st.sampled_from(["es", "ES", "3", "[]", "es, en"])
_NAMES = st.dictionaries(st.sampled_from("abc"), _VALUES | st.lists(_VALUES, max_size=3))
_CLAUSES = st.sampled_from(
    [
        'a == "es"',
        "b > 2",
        'c HAS "es"',
        'a IN ["x", "es"]',
        "a == b",
        "b <= c",
        "a != b",
        "a NOT IN c",
        'c CONTAINS "es"',
        "a == null",
    ]
)


@given(st.lists(_CLAUSES, min_size=1, max_size=3), st.sampled_from([" AND ", " OR "]), _NAMES)
def test_one_mended_clause_becomes_true(clauses, joint, names):
    """What is proposed for one clause, or for one of several joined by OR, makes the expression true."""
    expression = parse(joint.join(clauses[: 1 if joint == " AND " else None]), scope=Scope.TASK)
    edits = expression.repair(names, lambda path: True)

    assert edits is None or expression.matches(apply_edits(names, edits))
