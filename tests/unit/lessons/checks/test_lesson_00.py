"""Lesson 0: right answers pass in another form, and each mistake gets a sentence of its own."""

from __future__ import annotations

import pytest

from helpers.lessons.checks import check, hint

WORKSPACES = [
    (lambda desk: ..., "`shop` is still `...`"),
    (lambda desk: "TaskRouter Notebooks", "This is the Workspace's name, not the Workspace. Start with the line"),
    (lambda desk: "story.workspace_sid", "`shop` is text, not a Workspace"),
    (lambda desk: desk.story.workspace_sid, "This is the SID of a Workspace, not the Workspace"),
    (lambda desk: desk.story.alice_sid, "This SID begins with WK. A Workspace's begins with WS"),
    (lambda desk: desk.workspace, "`shop` says which Workspace you mean, but no request was sent"),
    (lambda desk: desk.workspace.fetch, "`shop` is the method `fetch`, not called. Add parentheses: `.fetch()`"),
    (lambda desk: desk.client.taskrouter.v1.workspaces.list(), "`shop` is a list of Workspaces. Fetch one"),
    (lambda desk: desk.client.taskrouter.v1.workspaces, "`shop` is the collection of every Workspace, not a Workspace"),
    (lambda desk: [], "`shop` is a list, not a Workspace"),
    (lambda desk: desk.story, "not a Workspace. Start with the line that failed"),
    (lambda desk: desk.client, "`shop` is a Client, not a Workspace"),
    (lambda desk: desk.workspace.workers.list()[0], "`shop` is a Worker, not a Workspace"),
    (lambda desk: {"sid": desk.story.workspace_sid}, "`shop` is a dictionary, not a Workspace"),
    (lambda desk: None, "`shop` is nothing (`None`), not a Workspace"),
    (
        lambda desk: desk.client.taskrouter.v1.workspaces.create(friendly_name="Another"),
        "This is another Workspace, or one of an earlier run. Pass `story.workspace_sid`",
    ),
]

ACTIVITIES = [
    (..., "`can_get_tasks` is still `...`"),
    (["Idle"], "Idle is right, and one more name belongs in the list. What is that Activity called in a new"),
    (["Available"], "Available is right, and one more name belongs in the list. In which Activity was Alice"),
    (["Idle", "Available", "Offline"], "Offline doesn't belong in the list. Alice got no Task while she was Offline"),
    (["Idle", "Busy"], "Busy doesn't belong in the list. A Worker who is Busy"),
    (["Idle", "Reserved"], "Reserved doesn't belong in the list. In the tutorial"),
    (["Available", "Unavailable"], "Unavailable doesn't belong in the list. The name says it"),
    ([], "There is no Activity in the list"),
    ("", "There is no Activity in the list"),
    (["Free"], "'Free' isn't one of the six Activities. The six are Idle, Available"),
    (["Idel"], "'Idel' isn't one of the six Activities. Did you mean Idle?"),
    (["WA" + "0" * 32], "There is a SID in the list. Write the Activity's name instead"),
    ([True], "There is `True` in the list"),
    ({"Idle": True}, "`can_get_tasks` is a dictionary"),
    (2, "`can_get_tasks` is a number"),
    (None, "`can_get_tasks` is nothing (`None`)"),
]


@pytest.mark.parametrize(("answer", "words"), WORKSPACES)
def test_workspace_that_was_not_fetched(desk, answer, words):
    """0.2: the verdict says what the learner has instead of the Workspace."""
    verdict = check("0.2", answer(desk.begin(4)))

    assert not verdict.passed
    assert words in str(verdict)


def test_workspace_by_its_sid_or_from_the_list(desk):
    """0.2: what was fetched counts, however it was found."""
    desk.begin(4)

    assert check("0.2", desk.workspace.fetch()).passed
    assert check("0.2", desk.client.taskrouter.v1.workspaces.list()[0]).passed


@pytest.mark.parametrize(("answer", "words"), ACTIVITIES)
def test_wrong_activity_is_told_why(answer, words):
    """0.3: the verdict names the Activity that is wrong, or leads to the one that is missing."""
    verdict = check("0.3", answer)

    assert not verdict.passed
    assert words in str(verdict)


@pytest.mark.parametrize(
    "answer",
    [["Idle", "Available"], ("available", " idle "), {"Idle", "Available"}, "Idle, Available", "Idle and Available"],
)
def test_right_activities_in_another_form(answer):
    """0.3: order, case and the kind of list don't matter."""
    assert check("0.3", answer).passed


def test_activities_as_the_sdk_gives_them(desk):
    """0.3: Activities themselves are as good as their names."""
    desk.begin(2)

    assert check("0.3", [each for each in desk.workspace.activities.list() if each.available]).passed


@pytest.mark.parametrize(
    ("exercise", "answer", "pointer"),
    [
        ("0.1", "caedb", "Read your letters from the last one to the first"),
        ("0.1", "bedac", "what comes right before “Worker reserved”"),
        ("0.3", ["Idle", "Busy"], "Find Busy in the table"),
        ("0.3", ["Available"], "in the same row as Available"),
    ],
)
def test_pointer_fits_the_answer(exercise, answer, pointer):
    """The second hint after a common mistake is about that mistake."""
    check(exercise, answer)
    hint(exercise)

    assert pointer in str(hint(exercise))
