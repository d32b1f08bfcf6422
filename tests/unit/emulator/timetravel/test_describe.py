"""A history holds commands of the engine, and they are told in the words of the requests that gave them."""

from __future__ import annotations

import re
from importlib import import_module
from pkgutil import iter_modules
from types import SimpleNamespace

from helpers.emulator.api.operations import OPERATIONS
from helpers.emulator.engine import commands
from helpers.emulator.engine.commands import instruction_commands, tasks, workers, workspaces
from helpers.emulator.engine.transaction import Command
from helpers.emulator.timetravel.describe import describe
from tests.worlds.random_desk import RandomDesk

SID = "WT" + "2" * 32


def test_commands_are_told_as_their_operations():
    """Each operation that changes something has its words, for a Reservation the same on either path."""
    names = [each.name for each in OPERATIONS if each.method != "GET" and "Statistics" not in each.name]
    words = {
        re.sub(r"(?<!^)(?=[A-Z])", " ", re.sub(r"(Task|Worker)Reservation", "Reservation", name)) for name in names
    }

    assert words == {told.partition(" XX")[0] for told in told_commands()}


def told_commands():
    """Each command that a request can give, told."""
    for info in iter_modules(commands.__path__):
        module = import_module(f"{commands.__name__}.{info.name}")
        for name in {"create", "update", "delete"} & vars(module).keys():
            yield tell(getattr(module, name), "XX")


def tell(function, *args, **arguments):
    """A command in words."""
    return describe(SimpleNamespace(command=Command(function, args, arguments), workspace_sid="WS" + "1" * 32))


def test_values_and_sid_are_told():
    """What is created is told with its values; what is changed or deleted with the beginning of its SID, too."""
    assert tell(tasks.create, priority=3) == "Create Task: priority=3"
    assert tell(tasks.update, SID, {"priority": 3}, if_match=None) == "Update Task WT2222…: priority=3"
    assert tell(tasks.delete, SID, if_match="2") == "Delete Task WT2222…"
    assert tell(workspaces.update, {"friendly_name": "Desk"}) == "Update Workspace WS1111…: friendly_name=Desk"


def test_history_holds_commands_of_the_engine():
    """A request stands in the history as the engine's function with its arguments, without any of the API's."""
    desk = RandomDesk(0)
    history = desk.emulator.history
    worker = desk.workspace.workers.create(friendly_name="Carol")
    worker.update(attributes='{"n": 1}')
    created, updated = history.entries(history.end - 2)

    assert created.command == Command(workers.create, (), {"friendly_name": "Carol"})
    assert updated.command == Command(workers.update, (worker.sid, {"attributes": '{"n": 1}'}), {"if_match": None})


def test_history_holds_a_reply_as_it_was_read():
    """What a callback was answered stands in the history read, and its instruction is told."""
    desk = RandomDesk(0)
    desk.replies = ('{"instruction": "accept", "post_work_activity_sid": ""}',)
    start = desk.emulator.history.end
    desk.workspace.tasks.create(attributes='{"wants": "en"}')
    entries = desk.emulator.history.entries(start)
    (answer,) = [each for each in entries if each.command.function is instruction_commands.answer]

    assert answer.command.args[1].document == {"instruction": "accept", "post_work_activity_sid": ""}
    assert describe(answer) == "the callback's answer, instruction 'accept'"
