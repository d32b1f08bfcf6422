"""Ownership: on an account with other people's Workspaces only what was recorded is removed, whatever happens."""

from __future__ import annotations

import os
import re
import shutil
import time

import pytest
from requests import ConnectionError as NoConnection

from helpers import connection as connections
from helpers.connection import connect
from helpers.errors.connection_problems import LedgerProblem
from helpers.errors.lesson_problems import NotRemoved
from helpers.lessons import story
from helpers.lessons.lessons import catch_up
from helpers.lessons.tidying import tidy_up
from tests.contract.kernel import run_kernel

WORKSPACE = r"/Workspaces/WS\w+$"


@pytest.fixture
def strangers(live):
    """Other people's Workspaces, and everything in them."""
    sids = live.strangers()
    return live.listing(sids)


def left_by_killed_kernel(stage):
    """Let a kernel build its world and be killed; return the SID of its Workspace."""
    before = set(stage.workspaces)
    run_kernel(stage, "catch_up(2)", "GET", "/Workflows", "after")
    [sid] = set(stage.workspaces) - before
    return sid


@pytest.mark.parametrize("honoured", [True, False])
def test_strangers_are_untouched(live, strangers, honoured):
    """Lessons are begun and left: others' Workspaces, of this name, prefix or case, filter or not, stay as they are."""
    live.front.honours_names = honoured

    for lesson in (0, 2, 2, 1, 2):
        catch_up(lesson)
        own = {sid: name for sid, name in live.workspaces.items() if sid not in strangers}
        assert list(own.values()) == ([connect().workspace_name] if lesson > 1 else [])
    tidy_up()

    assert live.listing() == strangers


def test_an_account_in_use_is_not_called_empty(strangers, capsys):
    """A lesson that starts with nothing says whose nothing that is: other people's Workspaces are there."""
    catch_up(0)

    assert "- this notebook hasn't created anything yet" in capsys.readouterr().out


def test_hundreds_of_workspaces(live):
    """A list without filter that has several pages finds the kernel's own on the last one, and only that."""
    sids = live.strangers(*(f"{story.WORKSPACE} {number:08x}" for number in range(120)))
    before = live.listing(sids)
    live.front.honours_names = False
    world = catch_up(2)

    assert story.find(connect().client, connect().workspace_name) == world
    tidy_up()

    assert live.listing() == before


@pytest.mark.parametrize("kind", ["unavailable", "page", "dropped", "lost"])
def test_delete_that_fails_once(live, strangers, kind, capsys):
    """It is told with the way to remove it; the next clean-up removes it."""
    world = catch_up(2)
    live.front.strike(kind, method="DELETE", path=WORKSPACE)
    capsys.readouterr()

    tidy_up()
    told = capsys.readouterr().out
    tidy_up()

    assert told.startswith(f"Perhaps still there: {connect().workspace_name} ({world.workspace_sid}): ")
    assert f'`client.taskrouter.v1.workspaces("{world.workspace_sid}").delete()`' in told
    assert live.listing() == strangers


def test_delete_that_comes_too_soon(live, strangers):
    """Of too many requests Twilio says when to try again, and then it is removed."""
    catch_up(2)
    live.front.strike("busy", method="DELETE", path=WORKSPACE)

    tidy_up()

    assert live.listing() == strangers


def test_failure_stops_no_other(live, strangers, capsys):
    """Of three Workspaces the other two go in the same call."""
    first, left = left_by_killed_kernel(live), left_by_killed_kernel(live)
    world = catch_up(2)
    live.front.strike("unavailable", method="DELETE", path=f"{world.workspace_sid}$")
    live.front.strike("dropped", method="GET", path=f"{first}$")
    capsys.readouterr()

    tidy_up()

    assert set(live.workspaces) - set(strangers) == {first, world.workspace_sid}
    assert f"({left}), with everything in it." in capsys.readouterr().out
    tidy_up()
    assert live.listing() == strangers


def test_lesson_does_not_begin_beside_an_old_one(live, strangers):
    """If its own Workspace can't be removed, `catch_up` creates no second one, and says what to do."""
    world = catch_up(2)
    live.front.strike("unavailable", method="DELETE")

    with pytest.raises(NotRemoved, match=rf"{world.workspace_sid}.*503.*tidy_up"):
        catch_up(2)

    assert set(live.workspaces) - set(strangers) == {world.workspace_sid}
    catch_up(2)
    assert list(live.workspaces.values())[-1] == connect().workspace_name
    assert len(live.workspaces) == len(set(live.workspaces) & set(strangers)) + 1


@pytest.mark.parametrize("honoured", [True, False])
def test_lost_answer_to_the_creation(live, strangers, honoured):
    """A Workspace whose SID never arrived is found by its exact name, and removed by its SID."""
    live.front.honours_names = honoured
    live.front.strike("lost", method="POST", path="/v1/Workspaces$")
    with pytest.raises(NoConnection):
        catch_up(2)
    assert len(live.workspaces) == 6

    world = catch_up(2)

    assert set(live.workspaces) - set(strangers) == {world.workspace_sid}
    tidy_up()
    assert live.listing() == strangers


def test_creation_that_was_never_carried_out(live, strangers, capsys):
    """Nothing is removed, and nothing is said to be there."""
    live.front.strike("dropped", method="POST", path="/v1/Workspaces$")
    with pytest.raises(NoConnection):
        catch_up(2)
    capsys.readouterr()

    tidy_up()

    assert capsys.readouterr().out == "Nothing to remove.\n"
    assert live.listing() == strangers


def test_more_of_the_name_than_were_created(live, strangers, capsys):
    """Two of the same name, one of them without a known SID: neither is taken for the kernel's own."""
    connection = connect()
    live.front.strike("lost", method="POST", path="/v1/Workspaces$")
    with pytest.raises(NoConnection):
        catch_up(2)
    connection.make_onlooker().taskrouter.v1.workspaces.create(friendly_name=connection.workspace_name)
    before = live.listing()
    capsys.readouterr()

    tidy_up()

    assert "2 have this name, more than were created" in capsys.readouterr().out
    assert live.listing() == before


def test_renamed_workspace_is_left(live, strangers, capsys):
    """What the learner gave a name of their own is theirs: it is left, said so, and a lesson builds another."""
    connection = connect()
    world = catch_up(2)
    connection.client.taskrouter.v1.workspaces(world.workspace_sid).update(friendly_name="My first one")
    before = live.listing()
    capsys.readouterr()

    catch_up(2)
    assert f"({world.workspace_sid}): it is called “My first one” now" in capsys.readouterr().out
    tidy_up()

    assert live.listing() == before


def test_another_workspace_with_the_same_sid(live, strangers, capsys):
    """A SID alone isn't enough: what has it and was created at another time is left, whatever its name."""
    catch_up(2)
    name = connect().workspace_name
    connections.disconnect()
    [ledger] = (live.folder / "live").iterdir()
    ledger.write_bytes(re.sub(rb'"date_created":"\d{4}', b'"date_created":"2019', ledger.read_bytes()))
    before = live.listing()
    capsys.readouterr()

    connect()
    tidy_up()

    assert re.search(rf"Not changed: {name} \(WS\w+\): it isn't the one that was created", capsys.readouterr().out)
    assert live.listing() == before


def test_duplicates_of_ones_own_are_removed(live, strangers):
    """A cell that creates the Workspace once more makes two, which are both recorded."""
    connection = connect()
    catch_up(2)
    connection.client.taskrouter.v1.workspaces.create(friendly_name=connection.workspace_name)
    connection.client.taskrouter.v1.workspaces.create(friendly_name="My other one")

    tidy_up()

    assert sorted(live.workspaces[sid] for sid in live.workspaces if sid not in strangers) == ["My other one"]


def test_workspace_that_somebody_deleted(live, strangers, capsys):
    """Deleted by hand it is gone, and isn't told."""
    world = catch_up(2)
    connect().client.taskrouter.v1.workspaces(world.workspace_sid).delete()
    capsys.readouterr()

    tidy_up()

    assert capsys.readouterr().out == "Nothing to remove.\n"
    assert live.listing() == strangers


@pytest.mark.parametrize(
    ("method", "path"), [("POST", "/v1/Workspaces$"), ("POST", "/Workers$"), ("GET", WORKSPACE), ("DELETE", WORKSPACE)]
)
@pytest.mark.parametrize("moment", ["before", "after"])
def test_kernel_killed_at_each_step(live, strangers, method, path, moment, capsys):
    """The next kernel says what the killed one left, if it left something, and removes it."""
    run_kernel(live, "catch_up(2)\ntidy_up()", method, path, moment)
    left = [sid for sid in live.workspaces if sid not in strangers]

    connect()
    told = capsys.readouterr().out
    tidy_up()

    assert len(left) == (
        (method, path, moment) not in [("POST", r"/v1/Workspaces$", "before"), ("DELETE", WORKSPACE, "after")]
    )
    assert [sid for sid in left if sid not in told] == []
    assert ("An earlier run left" in told) == bool(left)
    assert live.listing() == strangers
    connections.disconnect()
    # What was perhaps never sent is looked for again, until its request can't be on its way any more.
    for ledger in (live.folder / "live").iterdir():
        assert (path, moment) == ("/v1/Workspaces$", "before")
        os.utime(ledger, (time.time() - 600,) * 2)
    connect()
    connections.disconnect()
    assert list((live.folder / "live").iterdir()) == []


def test_creation_that_is_carried_out_late(live, strangers, capsys):
    """A Workspace that appears only after the next kernel has looked for it is still found, and removed."""
    told = run_kernel(live, "catch_up(2)", "POST", "/v1/Workspaces$", "before")
    [name] = set(re.findall(rf"“({story.WORKSPACE} \w{{8}})”", told))
    connect()
    tidy_up()
    connect().make_onlooker().taskrouter.v1.workspaces.create(friendly_name=name)

    tidy_up()

    assert f"Removed: {name} (WS" in capsys.readouterr().out
    assert live.listing() == strangers


@pytest.mark.parametrize("ending", [connect, tidy_up])
def test_tunnel_of_a_killed_kernel(live, ending, capsys):
    """Its agent is found and ended, by the next connection or, of one killed later, by the clean-up."""
    if ending is tidy_up:
        connect()
    run_kernel(live, "connect().listen().expose()\ncatch_up(2)", "GET", "/Workflows", "after")
    assert len(live.edge.online) == 1
    capsys.readouterr()

    ending()

    assert live.edge.online == []
    assert "An ngrok agent from a killed kernel was still running. It's stopped now." in capsys.readouterr().out


def test_two_learners_at_once(live, strangers, capsys):
    """Another living kernel has a Workspace of its own, and neither sees, nor removes, the other's."""
    catch_up(2)
    mine = live.listing()

    other = run_kernel(live, "catch_up(2)\nprint(connect().workspace_name)\ncatch_up(2)\ntidy_up()")

    assert "An earlier run" not in other
    assert connect().workspace_name not in other
    assert live.listing() == mine
    tidy_up()
    assert live.listing() == strangers


def test_other_accounts_leftovers(live, monkeypatch, capsys):
    """What a run left in another account is mentioned, masked, and not touched."""
    left = left_by_killed_kernel(live)
    monkeypatch.setenv("TASKROUTER_URL", live.emulator.url)
    monkeypatch.setenv("TASKROUTER_ACCOUNT_SID", live.account.sid)
    monkeypatch.setenv("TASKROUTER_AUTH_TOKEN", live.account.auth_token)
    monkeypatch.setenv("TASKROUTER_MODE", "local")

    connect()
    tidy_up()

    at_connection, at_clean_up = capsys.readouterr().out.splitlines()
    assert at_connection == at_clean_up
    assert f"({left}) at https://taskrouter.twilio.com, account {live.account.sid[:6]}…" in at_connection
    assert list(live.workspaces) == [left]


def test_damaged_ledger_is_told(live, strangers, capsys):
    """A ledger with garbage in it is named until somebody has looked; what can be read in it is removed."""
    left_by_killed_kernel(live)
    [ledger] = (live.folder / "live").iterdir()
    with ledger.open("ab") as file:
        file.write(b"\n\x00garbage")

    connect()
    tidy_up()

    told = capsys.readouterr().out
    assert told.count(f"{ledger} has lines that can't be read") == 2
    assert live.listing() == strangers


def test_client_of_a_connection_that_has_ended(live, capsys):
    """It creates nothing that no ledger has; what it created is told by the next connection, and removed."""
    connection = connect()
    catch_up(2)
    connections.disconnect()
    before = live.listing()

    with pytest.raises(LedgerProblem, match="this connection has ended"):
        connection.client.taskrouter.v1.workspaces.create(friendly_name=connection.workspace_name)

    assert live.listing() == before
    tidy_up()
    assert live.workspaces == {}


def test_folder_of_ledgers_that_turns_into_a_file(live):
    """Nothing is created while nothing can be recorded; the connection works again, and ends, as if nothing were."""
    catch_up(2)
    shutil.rmtree(live.folder / "live")
    (live.folder / "live").touch()

    for _ in range(2):
        with pytest.raises(LedgerProblem, match="File exists"):
            catch_up(2)
    assert live.workspaces == {}
    (live.folder / "live").unlink()
    catch_up(2)
    tidy_up()

    assert live.workspaces == {}
    connections.disconnect()
    assert list((live.folder / "live").iterdir()) == []


def test_account_that_is_suspended_meanwhile(live, strangers, capsys):
    """The clean-up and the next lesson say what to do about the account; once it is active all is removed."""
    world = catch_up(2)
    capsys.readouterr()
    live.account.status = "suspended"

    tidy_up()
    told = capsys.readouterr().out
    with pytest.raises(NotRemoved, match=r"20005.*Sign in to the Twilio Console"):
        catch_up(2)
    live.account.status = "active"
    tidy_up()

    assert re.search(
        rf"\({world.workspace_sid}\): TaskRouter returned status 401, code 20005.*The account isn't active.*"
        r"Then run `tidy_up\(\)` again, or delete it with",
        told,
    )
    assert live.listing() == strangers
