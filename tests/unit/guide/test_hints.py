"""Hints: each refusal of TaskRouter, met through the SDK, leads to advice that mends it."""

from __future__ import annotations

import json
import re

import pytest
import requests
from twilio.base.exceptions import TwilioException, TwilioRestException
from twilio.rest import Client

from helpers.emulator.sdk.http_client import EmulatorHttpClient
from helpers.guide.hints.hints import explain
from helpers.guide.hints.twilio_error import Refusal, read_refusal
from helpers.lessons import story
from helpers.wire import RecordingHttpClient, Wire
from tests.worlds.desk import configuration, filter_

NOBODY = "WK" + "0" * 32
SPANISH = json.dumps({"selected_language": "es"})


@pytest.fixture
def world(connection):
    """The tutorial's world."""
    return story.build(connection.client)


@pytest.fixture
def workspace(connection, world):
    """The SDK's context of the tutorial's workspace."""
    return story.workspace_of(connection.client, world)


@pytest.fixture
def advice(connection):
    """What is said about the refusal that a call meets."""

    def of(call):
        with pytest.raises(TwilioException) as raised:
            call()
        return explain(raised.value, connection.wire)

    return of


def test_twilios_words_come_first(workspace, advice):
    """Status, code and message are Twilio's own, before any advice."""
    text = advice(lambda: workspace.workers(NOBODY).fetch())

    assert text.startswith(
        "TaskRouter returned an error: status 404, code 20404.\nMessage: The requested resource /Workspaces/WS"
    )


def test_dict_as_attributes(workspace, world, advice):
    """A dict reaches TaskRouter as its first key; the advice shows that, and json.dumps."""
    attributes = {"selected_language": "es"}

    text = advice(lambda: workspace.tasks.create(workflow_sid=world.workflow_sid, attributes=attributes))

    assert "TaskRouter received Attributes=selected_language" in text
    assert "attributes=json.dumps({...})" in text


@pytest.mark.parametrize(
    ("attributes", "words"),
    [
        ("{'selected_language': 'es'}", r"character 2, before `'selected_la`. JSON uses double quotes"),
        ('{"selected_language": "es"', "at its end: something is missing"),
        ('{"selected_language": es}', "character 23, before `es}`"),
    ],
)
def test_malformed_json(workspace, world, advice, attributes, words):
    """The place where text stops being JSON is shown."""
    text = advice(lambda: workspace.tasks.create(workflow_sid=world.workflow_sid, attributes=attributes))

    assert words in text


def test_name_where_a_sid_belongs(workspace, world, advice):
    """An activity's name is recognised, and the line that looks its SID up is given, ready to use."""
    text = advice(lambda: workspace.workers(world.alice_sid).update(activity_sid="Idle"))

    assert "`activity_sid` expects the SID of an Activity" in text
    line = text.split("`")[-2]
    assert eval(line, {"workspace": workspace}) == world.activity_sids["Idle"]


def test_sid_of_another_kind(workspace, world, advice):
    """A Worker's SID where an Activity's belongs is called what it is."""
    text = advice(lambda: workspace.workers(world.alice_sid).update(activity_sid=world.bob_sid))

    assert "is the SID of a Worker" in text


@pytest.mark.parametrize(("given", "meant"), [("accept", "accepted"), ("reject", "rejected"), ("acepted", "accepted")])
def test_reservation_status_misspelt(workspace, world, advice, given, meant):
    """A verb or a slip becomes the status that was meant."""
    workspace.workers(world.alice_sid).update(activity_sid=world.activity_sids["Idle"])
    task = workspace.tasks.create(attributes=SPANISH, workflow_sid=world.workflow_sid)
    reservation = task.fetch() and workspace.tasks(task.sid).reservations.list()[0]

    text = advice(lambda: reservation.update(reservation_status=given))

    assert f"Write `reservation_status='{meant}'`" in text


def test_task_status_misspelt(workspace, world, advice):
    """British cancelled becomes Twilio's canceled."""
    task = workspace.tasks.create(attributes=SPANISH, workflow_sid=world.workflow_sid)

    text = advice(lambda: workspace.tasks(task.sid).update(assignment_status="cancelled"))

    assert "Write `assignment_status='canceled'`" in text


def test_status_that_is_not_yours_to_set(workspace, world, advice):
    """A status that only TaskRouter sets is answered with those that may be set."""
    task = workspace.tasks.create(attributes=SPANISH, workflow_sid=world.workflow_sid)

    text = advice(lambda: workspace.tasks(task.sid).update(assignment_status="reserved"))

    assert "`assignment_status` can be canceled, wrapping, completed" in text


def test_complete_before_accept(workspace, world, advice):
    """Completing a Task nobody has accepted leads to its Reservation."""
    workspace.workers(world.alice_sid).update(activity_sid=world.activity_sids["Idle"])
    task = workspace.tasks.create(attributes=SPANISH, workflow_sid=world.workflow_sid)

    text = advice(lambda: workspace.tasks(task.sid).update(assignment_status="completed"))

    assert "Accept its Reservation first" in text


def test_accept_twice(workspace, world, advice):
    """A Reservation that was answered says so."""
    workspace.workers(world.alice_sid).update(activity_sid=world.activity_sids["Idle"])
    task = workspace.tasks.create(attributes=SPANISH, workflow_sid=world.workflow_sid)
    [reservation] = workspace.tasks(task.sid).reservations.list()
    reservation.update(reservation_status="accepted")

    text = advice(lambda: reservation.update(reservation_status="accepted"))

    assert "This Reservation has already" in text


def test_activity_in_which_offers_cannot_be_given_back(workspace, world, advice):
    """An available Activity keeps a Worker's offers; the text says how to find one that isn't available."""
    worker = workspace.workers(world.alice_sid)
    idle = world.activity_sids["Idle"]

    text = advice(lambda: worker.update(activity_sid=idle, reject_pending_reservations=True))

    assert "on the way to an Activity that isn't available" in text
    assert {each.available for each in workspace.activities.list(available="false")} == {False}


def test_present_status_and_the_next_ones_are_told(workspace, world, advice):
    """Twilio's words do not say where the Task or the Reservation is; the emulator does, in a line of its own."""
    workspace.workers(world.alice_sid).update(activity_sid=world.activity_sids["Idle"])
    task = workspace.tasks.create(attributes=SPANISH, workflow_sid=world.workflow_sid)
    [reservation] = workspace.tasks(task.sid).reservations.list()

    _, words, added, _ = advice(lambda: workspace.tasks(task.sid).update(assignment_status="completed")).splitlines()
    assert words.endswith("because it is not currently assigned.")
    assert added == "The emulator adds: Its status is reserved. Allowed now: canceled."
    _, words, added, _ = advice(lambda: workspace.tasks(task.sid).update(assignment_status="pending")).splitlines()
    assert added == "The emulator adds: Its status is reserved. Allowed now: canceled."
    _, words, added, _ = advice(lambda: reservation.update(reservation_status="completed")).splitlines()
    assert added == "The emulator adds: Its status is pending. Allowed now: accepted, rejected."
    reservation.update(reservation_status="rejected")
    _, words, added, _ = advice(lambda: reservation.update(reservation_status="accepted")).splitlines()
    assert words.endswith("is not currently in a Pending state.")
    assert added == "The emulator adds: Its status is rejected, which is final."


def test_unknown_sid(workspace, advice):
    """A SID that is nobody's names the kind and how to see what there is."""
    assert "no Worker with this SID" in advice(lambda: workspace.workers(NOBODY).fetch())
    assert "workspace.workers.list()" in advice(lambda: workspace.workers(NOBODY).fetch())


def test_hint_names_the_part_of_the_path_that_is_missing(workspace, world, advice):
    """A SID that stands twice in a URL is there or not by its place."""
    task = workspace.tasks.create(attributes=SPANISH, workflow_sid=world.workflow_sid)

    assert "emulator adds" not in advice(lambda: workspace.tasks(task.sid).reservations(task.sid).fetch())
    text = advice(lambda: workspace.tasks(world.bob_sid).reservations("WR" + "0" * 32).fetch())
    assert f"The emulator adds: There is no /Tasks/{world.bob_sid}, so there is nothing below it either." in text


def test_name_in_the_path(workspace, advice):
    """A name where the path needs a SID is told apart from a SID nobody has."""
    assert "'Alice' isn't a SID" in advice(lambda: workspace.workers("Alice").fetch())


def test_sid_nobody_has_as_a_parameter(world, workspace, advice):
    """A well-formed SID that is nobody's says how to find the right one."""
    text = advice(lambda: workspace.workers(world.alice_sid).update(activity_sid="WA" + "0" * 32))

    assert "no Activity with this SID" in text
    assert "workspace.activities.list()" in text


@pytest.mark.parametrize("status", ["accept", "accepted", "reject"])
def test_task_is_not_what_is_accepted(world, workspace, advice, status):
    """Who accepts the Task is led to its Reservation."""
    task = workspace.tasks.create(attributes=SPANISH, workflow_sid=world.workflow_sid)

    text = advice(lambda: workspace.tasks(task.sid).update(assignment_status=status))

    assert "the Task, but one of its Reservations" in text


def test_channel_of_no_name(world, workspace, advice):
    """A channel may be named in the path, so a name nobody gave it is not told to be a SID."""
    channels = workspace.workers(world.alice_sid).worker_channels

    assert "no channel called 'fax', or" in advice(lambda: channels("fax").fetch())


def test_lists_explain_themselves_too(connection, advice):
    """list() raises another exception than fetch(); status, code and advice are found in it as well."""
    text = advice(lambda: connection.client.taskrouter.v1.workspaces("WS" + "0" * 32).tasks.list())

    assert "404, code 20404" in text
    assert "no Workspace with this SID" in text


def test_duplicate_name(workspace, advice):
    """A name that is taken leads to finding what has it."""
    assert "list(friendly_name=…)" in advice(lambda: workspace.workers.create(friendly_name="alice"))


def test_hyphen_in_an_expression(workspace, advice):
    """An expression that does not parse is compared with one that does."""
    text = advice(lambda: workspace.task_queues.create(friendly_name="Q", target_workers="skill-level > 3"))

    assert "This isn't a valid expression" in text


def test_wrong_credentials(connection):
    """A token of somebody else's is 401, and the advice says where the right one is."""
    wire = Wire()
    stranger = Client(
        connection.account_sid,
        "0" * 32,
        http_client=RecordingHttpClient(EmulatorHttpClient(connection.base_url), wire),
    )

    with pytest.raises(TwilioRestException) as raised:
        stranger.taskrouter.v1.workspaces.create(friendly_name="mine")

    text = explain(raised.value, wire)
    assert "401, code 20003" in text
    assert "Use the `client` from `connect()`" in text


def test_precondition_failed(workspace, world, advice):
    """A version that has moved on is fetched again."""
    task = workspace.tasks.create(attributes=SPANISH, workflow_sid=world.workflow_sid)

    text = advice(lambda: workspace.tasks(task.sid).update(priority=1, if_match='"7"'))

    assert "412, code 20412" in text
    assert "Fetch it again" in text


@pytest.mark.parametrize(("status", "words"), [(429, "Wait a moment"), (503, "isn't in your request")])
def test_troubles_of_the_service(status, words):
    """Too many requests and faults of the server are not the learner's mistakes."""
    assert words in explain(TwilioRestException(status, "/v1/Workspaces", "Unable to create record: no", status))


def test_refusal_without_advice_leads_to_twilios_page():
    """Where nothing fits, the page about the code is given."""
    text = explain(TwilioRestException(400, "/v1/Workspaces", "Unable to create record: no", 20001))

    assert text.endswith("https://www.twilio.com/docs/api/errors/20001")


def test_status_without_a_code_leads_to_no_page():
    """Twilio has a page of each code of its own, and none of an HTTP status."""
    text = explain(TwilioRestException(403, "/v1/Workspaces", "Unable to create record: no", 403))

    assert text == "TaskRouter returned an error: status 403, code 403.\nMessage: no"


def test_no_answer_at_all():
    """Trouble on the way to Twilio is said in words, without what `requests` says, and without passwords."""
    request = requests.Request("GET", "https://bob:pa55word@taskrouter.twilio.com/v1/Workspaces").prepare()

    text = explain(requests.ConnectTimeout("HTTPSConnectionPool(host='example', port=443)", request=request))

    assert text.startswith("This machine can't reach taskrouter.twilio.com")
    assert not re.search("example|pa55word", text)


def test_other_errors_are_no_refusals():
    """Only an answer of Twilio's is read as one."""
    assert read_refusal(ValueError("x")) is None
    assert read_refusal(TwilioRestException(404, "/v1/x", "plain", 20404)) == Refusal(404, 20404, "plain", "/v1/x")


def test_taskchannel_that_there_is_already(workspace, advice):
    """It's found by its unique name: a list of TaskChannels can't be filtered by a friendly name."""
    text = advice(lambda: workspace.task_channels.create(friendly_name="Calls", unique_name="voice"))

    assert "is taken. `workspace.task_channels(unique_name).fetch()`" in text
    assert workspace.task_channels("voice").fetch().unique_name == "voice"


@pytest.mark.parametrize(
    ("place", "tried_on"),
    [("filter", "workspace.tasks.list()"), ("target", "workspace.workers.list(), workspace.tasks.list()")],
)
def test_expression_in_a_configuration(workspace, world, advice, place, tried_on):
    """A filter's expression is tried on Tasks, a target's on both, as each reads them."""
    target = {"queue": world.spanish_queue_sid} | ({"expression": "worker.level >"} if place == "target" else {})
    wrong = configuration(filter_("level >" if place == "filter" else "1==1", target))

    assert f"`try_expression(…, {tried_on})`" in advice(
        lambda: workspace.workflows.create("Other", configuration=wrong)
    )


@pytest.mark.parametrize("code", ["Forbidden", {"a": 1}, [1], True, "9" * 5000])
def test_code_that_is_none_of_twilios_is_the_status(code):
    """A gateway's own JSON can say anything, and a wait reads it, too."""
    answer = requests.Response()
    answer.status_code, answer._content = 503, json.dumps({"code": code, "message": "busy"}).encode()

    assert read_refusal(TwilioException("Unable to fetch page", answer)) == Refusal(503, 503, "busy", "")
    assert read_refusal(TwilioRestException(503, "/v1/x", "HTTP 503 error: busy", code)).code == 503
