"""What is given to a view: resources are drawn, anything else is told what to pass instead."""

from __future__ import annotations

import pytest

from helpers import lifecycle, show_request, show_tasks, show_workers
from helpers.errors.view_problems import NotShowable
from helpers.output.arguments import check_each


@pytest.mark.parametrize("given", [None, "WT1", object(), ["WT1"], [None]])
def test_what_is_no_list_of_tasks(given):
    """A resource too early in the chain, nothing, or text: the sentence says what gives Tasks."""
    with pytest.raises(
        NotShowable, match=r"This view shows Tasks, but you passed .+\. Pass, for example, `workspace\.tasks\.list\(\)`"
    ):
        show_tasks(given)


def test_one_task_is_no_list(task):
    """A single Task where several belong is told apart by its type."""
    with pytest.raises(NotShowable, match="This view shows Tasks, but"):
        show_tasks(task())


def test_resources_of_another_kind(task):
    """Tasks are no Workers."""
    with pytest.raises(NotShowable, match="This view shows Workers"):
        show_workers([task()])


def test_lifecycle_of_a_context(task):
    """The strip wants a Task that was fetched, and Reservations beside it."""
    with pytest.raises(NotShowable, match=r"This view shows a Task, .* `workspace\.tasks\(task\.sid\)\.fetch\(\)`"):
        lifecycle(object())
    with pytest.raises(NotShowable, match="This view shows Reservations"):
        lifecycle(task(), [task()])


def test_request_that_is_none():
    """An empty inbox has no last request."""
    with pytest.raises(NotShowable, match="This view shows a received request, but you passed nothing"):
        show_request(None)


def test_what_can_be_gone_through_once(task):
    """A generator, as `stream()` gives it, is as good as a list."""
    tasks = [task(), task()]

    assert check_each("Task", iter(tasks)) == tasks
