"""Twin run: undisturbed lessons have no difference that isn't understood; a planted one is a line of its own.

Most lessons are compared in test_lessons_live.py, where they run anyway.
"""

from __future__ import annotations

import pytest

from tests.contract.twin.__main__ import compare_runs, main
from tests.contract.twin.correspondence import Correspondence
from tests.contract.twin.difference_ledger import find_differences
from tests.contract.twin.play_twice import NEED_LOCAL_ONLY_CELLS, Call, Run
from tests.contract.twin.recorder import RECEIVED
from tests.notebooks.generated import lesson_paths
from tests.notebooks.refresh import kernel_environment


def sid(kind, digit):
    """A SID that is easy to tell from others."""
    return kind + digit * 32


OURS, THEIRS = sid("WK", "1"), sid("WK", "2")
EVENTS = "/v1/Workspaces/WS…/Events"
LIST = [{"sid": sid("WK", "1"), "n": 1}, {"sid": sid("WK", "3"), "n": 2}]
REVERSED = [{"sid": sid("WK", "4"), "n": 2}, {"sid": sid("WK", "2"), "n": 1}]


@pytest.mark.parametrize("number", NEED_LOCAL_ONLY_CELLS)
def test_undisturbed_lesson(stage, number):
    """A lesson has the same answers in both modes, but for what is understood and named; callbacks, too."""
    [path] = (each for each in lesson_paths() if each.name.startswith(number))

    lines = compare_runs(path, {**kernel_environment(), **stage.environment}, tunnel=True)

    assert [str(line) for line in lines if not line.reason] == []


def test_planted_difference(stage):
    """One changed field of one answer is one line: call, field, ours, theirs."""
    stage.front.strike("changed", method="POST", path="Tasks$", fields={"priority": 7})
    [path] = (each for each in lesson_paths() if each.name.startswith("03"))

    lines = compare_runs(path, {**kernel_environment(), **stage.environment})

    assert [str(line) for line in lines if not line.reason] == [
        "create: POST /v1/Workspaces/WS…/Tasks  priority  ours: 0  theirs: 7"
    ]


def test_it_writes_to_no_account_without_consent(capsys, monkeypatch, tmp_path):
    """Without credentials and consent it says what is needed, before any kernel starts."""
    monkeypatch.setattr("helpers.settings.DOTENV", tmp_path / ".env")
    monkeypatch.setenv("TWILIO_ACCOUNT_SID", sid("AC", "1"))
    monkeypatch.setenv("TWILIO_AUTH_TOKEN", "not-for-eyes")

    with pytest.raises(SystemExit):
        main([str(lesson_paths()[0])])

    told = capsys.readouterr().err
    assert "a live run needs TASKROUTER_LIVE_CONSENT" in told
    assert "not-for-eyes" not in told


def differences(ours, theirs):
    """The fields of two values that differ."""
    return [each.field for each in Correspondence().compare(ours, theirs)]


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        (OURS, THEIRS),
        ({"a": OURS, "b": OURS}, {"a": THEIRS, "b": THEIRS}),
        ("2026-03-02T09:00:00Z", "2026-11-29T22:00:01Z"),
        (
            f"http://127.0.0.1:87/v1/{OURS}/Events?StartDate=2026-03-02T09%3A00%3A00Z&PageToken=a",
            f"https://taskrouter.twilio.com/v1/{THEIRS}/Events?StartDate=2026-11-29T09:00:00Z&PageToken=b",
        ),
        ("TaskRouter Notebooks", "TaskRouter Notebooks 0a1b2c3d"),
        ({"age": 3, "TaskAge": "0"}, {"age": 0, "TaskAge": "12"}),
        (LIST, REVERSED),
        (f'{{"worker": "{OURS}", "n": [1]}}', f'{{"n":[1],"worker":"{THEIRS}"}}'),
    ],
    ids=["SID", "same SID twice", "date", "URL", "own name", "ages", "order of a list", "JSON in a text"],
)
def test_what_may_differ(ours, theirs):
    """Only what must differ between two accounts and two times is left out."""
    assert differences(ours, theirs) == []


@pytest.mark.parametrize(
    ("ours", "theirs", "fields"),
    [
        ({"a": OURS, "b": OURS}, {"a": THEIRS, "b": sid("WK", "3")}, ["b"]),
        ({"a": OURS, "b": sid("WK", "3")}, {"a": THEIRS, "b": THEIRS}, ["b"]),
        (OURS, sid("WT", "2"), [""]),
        ({"date": "2026-03-02T09:00:00Z"}, {"date": None}, ["date"]),
        ({"age": 3}, {"age": None}, ["age"]),
        ({"n": 0}, {"n": "0"}, ["n"]),
        ({"n": 1}, {"n": True}, ["n"]),
        ({"a": 1}, {}, ["a"]),
        ({}, {"a": None}, ["a"]),
        ([1, 2], [1], ["[1]"]),
        ([1], [1, 2], ["[1]"]),
        ([{"queue": 1}, {"queue": 2}], [{"queue": 2}, {"queue": 1}], ["[0].queue", "[1].queue"]),
        (LIST, REVERSED[:1], ["[0]"]),
        ('{"a": {"b": 1}}', '{"a": {"b": 2}}', ["a.b"]),
        ("https://x/v1/Workspaces", "https://x/v2/Workspaces", [""]),
    ],
)
def test_what_may_not_differ(ours, theirs, fields):
    """A SID that stands for two, kinds and types of values, missing fields, items and paths are differences."""
    assert differences(ours, theirs) == fields


def run_of(*calls, **errors):
    """A run of these calls: cell, method and path of each."""
    return Run([Call(*call, {}, 200, {}) for call in calls], errors)


def test_missing_calls_and_errors():
    """A call that one side alone made is said, and a cell that failed on one side alone."""
    first, second = ("a", "GET", "/v1/Workspaces"), ("b", "DELETE", f"/v1/Workspaces/{sid('WS', '1')}")
    came = ("c", RECEIVED, "/assignment_callback")

    lines = [str(line) for line in find_differences(run_of(first, second), run_of(first, came, b="NameError"))]

    assert lines == [
        "b: DELETE /v1/Workspaces/WS…  (call)  ours: sent  theirs: missing",
        "c: received /assignment_callback  (call)  ours: missing  theirs: sent",
        "b  (error)  ours: none  theirs: NameError",
    ]


def test_callback_may_come_in_a_later_cell():
    """At Twilio it takes its time; that it came is what counts."""
    early, late = (run_of((cell, RECEIVED, "/assignment_callback")) for cell in "ab")

    assert list(find_differences(early, late)) == []


def test_polling_counts_once():
    """How often a cell asks until routing shows is not TaskRouter's answer."""
    poll, write = ("a", "GET", "/v1/Workspaces"), ("a", "POST", "/v1/Workspaces")

    assert list(find_differences(run_of(write, poll), run_of(write, poll, poll, poll))) == []
    assert len(list(find_differences(run_of(write), run_of(write, write)))) == 1
