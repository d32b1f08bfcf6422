"""A copy says of each Task and Worker what the original says, without its contact data, and never touches it."""

from __future__ import annotations

import json

import pytest
from twilio.base.exceptions import TwilioRestException
from twilio.http.response import Response

from helpers.emulator.copies import copy_workspace
from helpers.emulator.emulator_errors import NotCopyable, OnlyReads
from helpers.emulator.explanations import explain
from helpers.emulator.sdk.sdk_reading import client_of, workspace_of
from helpers.emulator.server.in_process import start_in_process
from tests.unit.emulator.explanations.rewriting import Rewriting, noted
from tests.unit.emulator.explanations.scenes import SCENES, VIEWS, desk_for, told_once
from tests.unit.emulator.explanations.test_reading import OPTIONAL
from tests.worlds.desk import Desk, filter_

PLANTED = {
    "phone": "+15005550006",
    "email": "zoe@planted.test",
    "name": "Zoe Planted",
    "contact_uri": "client:zoe_40planted_2Etest",
    "address": {"street": "77 Plantedalee", "zip": "90177"},
}
CONTACTS = ["5005550006", "zoe", "planted", "90177", "plantedalee"]
GONE = ("completed_and_gone", "deleted")
TOLD_OF = [name for name in VIEWS if name not in GONE and not name.startswith("workflow_")]
"""Scenes of Tasks and Workers that can still be fetched."""


def in_words(explanation, workspace_sid):
    """Return what is said, with the code for either Workspace spelt alike."""
    return str(explanation).replace(f'client.taskrouter.v1.workspaces("{workspace_sid}")', "copy.workspace")


def reasons(explanation):
    """Return the first rule against each Worker, by SID."""
    return [(each["worker_sid"], each["rule"]) for each in explanation.facts()["workers"]]


def look_up(copy, resource):
    """Return the same Task or Worker of the copy."""
    return getattr(copy.workspace, "workers" if resource.sid.startswith("WK") else "tasks")(resource.sid).fetch()


@pytest.mark.parametrize("redact", [True, False])
@pytest.mark.parametrize("name", SCENES)
def test_explanation_of_a_copy_is_that_of_the_original(name, redact):
    """Word for word, with the history of the Task and the smallest change."""
    desk, original = told_once(name)
    copied = explain(look_up(copy_workspace(desk.workspace, redact=redact), original._given.as_given))

    assert in_words(copied, desk.workspace_sid) == in_words(original, desk.workspace_sid)


@pytest.mark.parametrize("name", TOLD_OF)
def test_other_explanations_are_the_originals_too(name):
    """Those of Workers, of reserved and of assigned Tasks."""
    desk, original = told_once(name)
    copied = explain(look_up(copy_workspace(desk.workspace), original._given.as_given))

    assert in_words(copied, desk.workspace_sid) == in_words(original, desk.workspace_sid)


@pytest.mark.parametrize("name", ["worker_offline", "capacity_used_by_accepted", "target_timeout_runs"])
def test_bodies_may_leave_things_out(name):
    """What Twilio's answers may lack changes nothing that is said; event data can hold anything."""
    desk = desk_for(name)
    task = SCENES[name](desk)

    def rewrite(body):
        left_out = dict.fromkeys({*OPTIONAL, "event_date_ms", "description", "priority", "timeout"} & set(body))
        more = (
            {"event_data": {**body["event_data"], "nested": {"a": [1]}, "none": None}} if "event_data" in body else {}
        )
        return left_out | more

    sparse = Rewriting.task(desk, task.sid, rewrite)
    copied = explain(copy_workspace(workspace_of(sparse)).workspace.tasks(task.sid).fetch())

    assert in_words(copied, desk.workspace_sid) == in_words(explain(task), desk.workspace_sid)


def test_workflow_is_explained_as_the_originals(desk):
    """For a Task that doesn't exist yet."""
    task = SCENES["worker_offline"](desk)
    copy = copy_workspace(desk.workspace)
    attributes = {"selected_language": "es"}
    pair = [explain(each.workflows(task.workflow_sid).fetch(), attributes) for each in (desk.workspace, copy.workspace)]

    assert in_words(pair[0], desk.workspace_sid) == in_words(pair[1], desk.workspace_sid)


def planted(desk):
    """Fill a desk with contact data, in all places where some can be; return its Tasks."""
    desk.worker("zoe@planted.test", {**PLANTED, "level": 5}, "Offline")
    desk.worker("Bob", {"email": "bob@planted.test", "level": 1})
    desk.worker("Carol", {"numbers": [15005550006, 7], "phone": 15005550006}, "Unavailable")
    vip = desk.queue("VIP", 'email == "zoe@planted.test" OR phone == 15005550006')
    someone = desk.queue("Someone", 'contact_uri == "client:zoe_40planted_2Etest" OR level < 3')
    workflow = desk.workflow(
        filter_('name == "Zoe Planted" AND kind == "vip"', vip),
        filter_(
            'name CONTAINS "Planted" AND from CONTAINS "+1500"', {"queue": someone, "expression": "worker.level > 3"}
        ),
        filter_("1==1", {"queue": vip, "known_worker_friendly_name": "task.agent"}),
    )
    tasks = [
        {"kind": "vip", "name": "Zoe Planted"},
        {"from": "+15005550006", "name": "Zoe Planted", "note": "Zoe called from +1 (500) 555-0006"},
        {"agent": "zoe@planted.test", "customers": {"name": "Zoe Planted", "phone": ["+15005550006"]}},
        {"address": {"street": "77 Plantedalee", "zip": "90177"}, "more": json.dumps(PLANTED)},
    ]
    return [desk.task(each, workflow_sid=workflow) for each in tasks]


def test_contact_data_changes_no_reason_and_is_nowhere(desk):
    """Expressions that compare with contact data hold as before, and no output and no file has any of it."""
    tasks = planted(desk)
    desk.workspace.tasks(tasks[3].sid).update(
        assignment_status="canceled", reason="Zoe Planted hung up: zoe@planted.test"
    )
    copy = copy_workspace(desk.workspace)
    said = [copy.document(), str(copy), repr(copy)]
    for task in tasks:
        original, copied = explain(task), explain(look_up(copy, task))
        said += [str(copied), json.dumps(copied.facts())]

        assert reasons(copied) == reasons(original)
        assert copied.facts()["status"] == original.facts()["status"]

    assert [each for each in CONTACTS if each in "\n".join(said).lower()] == []
    assert "email (2)" in copy.notes[0]
    assert not [note for note in copy.notes if "matches differently" in note]


def test_contact_data_stays_on_request(desk):
    """With ``redact=False`` everything is as it is, and the copy says so."""
    task = planted(desk)[0]
    copy = copy_workspace(desk.workspace, redact=False)

    assert look_up(copy, task).attributes == task.attributes
    assert copy.notes[0] == "Contact data was not redacted."


def test_further_keys_are_redacted(desk):
    """A key of one's own can be named."""
    desk.worker("Bob", {"alias": ["Bobby", {"short": "Bo"}], "level": 3})
    for redact in ({"alias"}, "alias", ["alias"]):
        copy = copy_workspace(desk.workspace, redact=redact)
        attributes = json.loads(copy.workspace.workers.list()[0].attributes)

        assert attributes == {"alias": ["Name1", {"short": "Name2"}], "level": 3}


@pytest.mark.parametrize("options", [{"redact": None}, {"redact": 5}, {"most_workers": -1}, {"most_workers": "all"}])
def test_options_are_checked(desk, options):
    """Before a request is sent."""
    with noted(desk) as requests, pytest.raises(NotCopyable, match=next(iter(options))):
        copy_workspace(desk.workspace, **options)

    assert requests == []


def test_expression_that_looks_at_more_than_equality_is_told_of(desk):
    """Where an order of names decides, the copy says that it can't be trusted there."""
    desk.worker("Bob", {"nick_name": "Zed"})
    queue = desk.queue("Early", 'nick_name < "M"')

    assert f"TaskQueue Early ({queue}) matches differently" in "\n".join(copy_workspace(desk.workspace).notes)


def test_original_is_only_read(desk):
    """GET requests alone are sent, and what is changed in the copy stays there."""
    task = SCENES["worker_offline"](desk)
    before = desk.running.snapshot(events=True)
    with noted(desk) as requests:
        copy = copy_workspace(desk.workspace)
        explain(look_up(copy, task)).apply()
        copy.workspace.workers.create(friendly_name="Carol")
        copy.advance(86_400)

    assert {method for method, _ in requests} == {"GET"}
    assert desk.running.snapshot(events=True) == before
    assert explain(copy.workspace.tasks(task.sid)).short != explain(task).short


def test_reading_client_refuses_to_write(desk, monkeypatch):
    """Not by care of the reader, but by its client."""
    clients = []

    def note(workspace, most_workers):
        clients.append(client_of(workspace))
        raise KeyboardInterrupt

    monkeypatch.setattr("helpers.emulator.copies.copying.read_whole", note)
    with pytest.raises(KeyboardInterrupt):
        copy_workspace(desk.workspace)
    with pytest.raises(OnlyReads, match="GET requests, and"):
        clients[0].taskrouter.v1.workspaces(desk.workspace_sid).delete()
    assert desk.workspace.fetch().sid == desk.workspace_sid


def test_copy_is_loaded_from_its_file(desk):
    """What ``document`` returns is a file for ``--load``."""
    task = SCENES["worker_offline"](desk)
    loaded = start_in_process()
    loaded.restore(json.loads(copy_workspace(desk.workspace).document()))

    assert loaded.explain(task.sid).short == explain(task).short


def test_worker_who_vanishes_meanwhile_is_left_out(desk, monkeypatch):
    """And so is what refers to them; the copy says so."""
    desk.worker("Alice")
    task = desk.task(workflow_sid=desk.workflow(default=desk.queue()))
    desk.worker("Bob", activity="Offline")
    real = desk.http.request

    def request(method, uri, *args, **kwargs):
        if "/Channels" in uri and f"/{task_worker}/" in uri:
            return Response(404, json.dumps({"status": 404, "code": 20404, "message": "not found"}))
        return real(method, uri, *args, **kwargs)

    task_worker = task.reservations.list()[0].worker_sid
    monkeypatch.setattr(desk.http, "request", request)
    copy = copy_workspace(desk.workspace)

    assert [each.friendly_name for each in copy.workspace.workers.list()] == ["Bob"]
    assert look_up(copy, task).assignment_status == "pending"
    assert "Deleted while this was being read, and left out: 1 Worker." in "\n".join(copy.notes)
    assert "whose Reservation ended while they were read" in "\n".join(copy.notes)


def test_refused_request_is_the_sdks_error(desk):
    """A Workspace that isn't there is TaskRouter's 404."""
    with pytest.raises(TwilioRestException, match="404"):
        copy_workspace(desk.client.taskrouter.v1.workspaces("WS" + "0" * 32))


@pytest.mark.parametrize("given", ["WS" + "0" * 32, None, 5, object()])
def test_only_a_workspace_is_copied(given):
    """The error says what to hand over."""
    with pytest.raises(NotCopyable, match=r"client\.taskrouter\.v1\.workspaces\(sid\)"):
        copy_workspace(given)


def test_workers_beyond_the_limit_are_told_of(desk):
    """They are in the copy, free, and the copy says so."""
    for number in range(3):
        desk.worker(f"Worker {number}", chat=number)
    copy = copy_workspace(desk.workspace, most_workers=2)

    assert len(copy.workspace.workers.list()) == 3
    assert "There are 3 Workers. Channels and Reservations were read for 2 of them" in "\n".join(copy.notes)


def test_single_tasking_workspace_stays_one():
    """Its rules are the copy's."""
    desk = Desk(multi_task_enabled=False)

    assert copy_workspace(desk.workspace).workspace.fetch().multi_task_enabled is False
