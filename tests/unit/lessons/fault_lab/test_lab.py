"""The lab in a kernel: it deploys, shows, judges, and puts everything back, on a machine and on a page."""

from __future__ import annotations

import pytest

from helpers import connection as connections
from helpers.errors.lesson_problems import LabIsLocal, NoSuchVersion, NothingStarted, StoryMissing
from helpers.lessons import story
from helpers.lessons.fault_lab import FaultLab, fault_lab, lab
from helpers.lessons.fault_lab.symptoms import all_symptoms, read_symptoms
from helpers.lessons.lessons import catch_up


@pytest.fixture(autouse=True)
def no_lab(monkeypatch):
    """No lab is left from another test, and its door is closed afterwards."""
    monkeypatch.setattr(lab, "_current", None)
    yield
    if lab._current is not None:
        lab._current.stop()


def settings_of(connection, world):
    """What the lab changes in Workflow and Workspace."""
    workspace = story.workspace_of(connection.client, world)
    workflow, itself = workspace.workflows(world.workflow_sid).fetch(), workspace.fetch()
    return (
        workflow.assignment_callback_url,
        workflow.fallback_assignment_callback_url,
        workflow.task_reservation_timeout,
        itself.event_callback_url,
        itself.events_filter or "",
    )


def symptoms_in_kernel(faults):
    """Symptoms of what runs in the lab now."""
    return read_symptoms(faults._world, faults._minute)


def test_symptoms_in_a_kernel_are_those_that_checks_measure(connection, capsys):
    """Whatever ran before, each application shows what it shows in a world of its own."""
    catch_up(12)
    faults = fault_lab()
    seen = []
    for number in range(10):
        faults.start(number)
        seen.append(symptoms_in_kernel(faults))

    assert tuple(seen) == all_symptoms()


def test_symptoms_on_a_page(page, capsys):
    """Without threads and sockets, too."""
    connections.connect()
    catch_up(12)
    faults = fault_lab()
    seen = []
    for number in range(10):
        faults.start(number)
        seen.append(symptoms_in_kernel(faults))

    assert tuple(seen) == all_symptoms()


def test_start_tells_what_happens(connection, capsys):
    """The number, the customer's order, and the time before and after."""
    catch_up(12)
    faults = fault_lab()
    capsys.readouterr()
    faults.start(1)

    first, second = capsys.readouterr().out.splitlines()
    assert first.startswith("Version 1 is deployed. At 08:00:")
    assert first.endswith(" the customer of order 1001 asked for help in Spanish.")
    assert second.startswith("Now it's 08:01:")
    assert faults.task.sid.startswith("WT")
    assert repr(faults) == "FaultLab(version 1)"


@pytest.mark.parametrize("number", [0, 4, 5, 7, 8])
def test_stop_puts_everything_back(connection, capsys, number):
    """URLs, filters and the time limit are as before, faults are gone, and a second call does nothing."""
    world = catch_up(12)
    before = settings_of(connection, world)
    faults = fault_lab()
    faults.start(number)
    assert settings_of(connection, world) != before
    faults.stop()
    faults.stop()

    assert settings_of(connection, world) == before
    assert connection.emulator.faults() == []
    workspace = story.workspace_of(connection.client, world)
    assert {task.assignment_status for task in workspace.tasks.list()} <= {"completed", "canceled"}
    assert repr(faults) == "FaultLab(nothing started)"


def test_cell_that_makes_the_lab_runs_again(connection, capsys):
    """A second lab stops the first, so that the settings are those from before both."""
    world = catch_up(12)
    before = settings_of(connection, world)
    fault_lab().start(3)
    fault_lab().start(5)
    fault_lab()

    assert settings_of(connection, world) == before


def test_lab_whose_workspace_is_gone(connection, capsys):
    """Stopping it closes its door, and raises nothing."""
    world = catch_up(12)
    faults = fault_lab()
    faults.start(3)
    story.workspace_of(connection.client, world).delete()

    faults.stop()


def test_lesson_that_began_again_is_left_alone(connection, capsys):
    """The new Workspace has the SID of the old one, and a lab of the old one changes nothing in it."""
    catch_up(12)
    faults = fault_lab()
    faults.start(3)
    world = catch_up(12)
    before, requests = settings_of(connection, world), len(connection.wire)
    faults.stop()

    assert settings_of(connection, world) == before
    assert {exchange.method for exchange in connection.wire[requests:]} == {"GET"}


def test_lab_of_an_ended_connection(connection, capsys):
    """A kernel that connected anew makes a lab as at first."""
    catch_up(12)
    fault_lab().start(3)
    connections.disconnect()
    connections.connect()
    catch_up(12)

    fault_lab().start(0)


def test_fallback_answers_for_the_application(connection, capsys):
    """Two attempts in one delivery, one alert, and the customer is served."""
    catch_up(12)
    listener = connection.listen()
    listener.decide(lambda callback: {"instruction": "accept"})
    faults = fault_lab()
    faults.start(3, fallback=listener.assignment_url)
    [delivery] = [each for each in faults.deliveries if each.callback.kind == "assignment"]

    assert [attempt.status for attempt in delivery.attempts] == [500, 200]
    assert [alert.code for alert in faults.alerts] == [11200]
    assert faults.task.fetch().assignment_status == "completed"


def test_right_diagnosis_shows_the_code(connection, capsys):
    """What is broken, and where."""
    catch_up(12)
    fault_lab().diagnose(3, "Server error")

    told = capsys.readouterr().out
    assert "✓ Version 3: server error.\ndef server_error(call: ShopCall, shop: Shop) -> Answer:\n" in told
    assert "price = shop.prices[call.order]" in told


def test_fault_that_is_not_in_the_code(connection, capsys):
    """A stale URL is told in a sentence."""
    catch_up(12)
    fault_lab().diagnose(5, "stale URL")

    assert "the Workflow still has the URL from before." in capsys.readouterr().out


def test_wrong_diagnosis_shows_no_code(connection, capsys):
    """Only what contradicts it."""
    catch_up(12)
    fault_lab().diagnose(3, "stale URL")

    told = capsys.readouterr().out
    assert "✗ Not yet. Version 3 doesn't have a stale URL: with a stale URL, the application isn't called" in told
    assert "def " not in told


@pytest.mark.parametrize("number", [-1, 10, "3", 2.0, None, True])
def test_application_that_is_not_there(connection, number):
    """The numbers that there are."""
    catch_up(12)
    faults = fault_lab()

    with pytest.raises(NoSuchVersion, match="The broken ones are 1 to 9"):
        faults.start(number)
    with pytest.raises(NoSuchVersion):
        faults.diagnose(number, "stale URL")


@pytest.mark.parametrize("name", ["task", "inbox", "log", "alerts", "deliveries"])
def test_lab_before_its_start(connection, name):
    """There is nothing to look at, and the text says what to run."""
    catch_up(12)

    with pytest.raises(NothingStarted, match=r"lab\.start\(1\)"):
        getattr(fault_lab(), name)


def test_lab_without_a_world(connection):
    """The tutorial's Workspace is made by the set-up cells."""
    with pytest.raises(StoryMissing):
        fault_lab()


def test_lab_needs_an_emulator_of_the_kernel():
    """Live, or with an emulator elsewhere, it says why it can't work, and has nothing to put back."""
    faults = FaultLab(None)
    faults.stop()

    for use in (lambda: faults.start(3), lambda: faults.task, lambda: faults.alerts):
        with pytest.raises(LabIsLocal, match="needs this kernel's own emulator"):
            use()
