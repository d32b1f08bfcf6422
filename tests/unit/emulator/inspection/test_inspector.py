"""What is shown of a request is true, holds no secret, and can be sent again."""

from __future__ import annotations

import json
from contextlib import suppress

import pytest
from twilio.base.exceptions import TwilioRestException
from twilio.request_validator import RequestValidator
from twilio.rest import Client

from helpers.emulator.engine.callbacks.callback_reply import CallbackReply
from helpers.emulator.engine.model.refusals import Invalid, NotFound
from helpers.emulator.request_log.request_log import KEPT_OF_A_BODY
from helpers.emulator.sdk.http_client import EmulatorHttpClient
from helpers.emulator.server import start
from tests.worlds.application import ASSIGNMENT_URL, FALLBACK_URL, Application
from tests.worlds.desk import AUTH_TOKEN, Desk

PASSWORD = "hunter2"


class CalledDesk(Desk):
    """A desk whose one Worker, Alice, has just been offered a Task."""

    def __init__(self, application: Application, **workflow) -> None:
        super().__init__(application)
        self.alice = self.worker("Alice", activity="Offline")
        self.workflow_sid = self.workflow(default=self.queue(), assignment_callback_url=ASSIGNMENT_URL, **workflow)
        self.created = self.task()
        self.move(self.alice, "Available")

    @property
    def callbacks(self) -> list[dict]:
        return [
            self.running.portal.request(each["number"])
            for each in self.running.portal.requests()
            if each["kind"] == "callback"
        ]

    @property
    def newest(self) -> dict:
        return self.running.portal.request(self.running.portal.requests()[-1]["number"])


@pytest.fixture
def desk(application) -> CalledDesk:
    """Alice's desk."""
    return CalledDesk(application)


def test_callback_is_shown_with_verdict_cause_and_effect(desk, application):
    """What ngrok's inspector shows, and more."""
    (shown,) = desk.callbacks
    (received,) = application.forms(ASSIGNMENT_URL)

    assert shown["means"] == f"{desk.created.sid[:6]}… for Alice"
    assert dict(shown["parameters"]) == received
    assert shown["signature"]["valid"] is True
    assert f"The URL and {len(received)} parameters" in shown["signature"]["words"]
    assert desk.running.portal.request(shown["cause"])["means"] == "Alice: Activity → Available"
    assert shown["effect"]["words"] == "Reservation stays pending, because the reply has no instruction."
    assert (shown["reply"]["text"], shown["sids"]["task_sid"]) == ("{}", desk.created.sid)


def test_headers_are_those_that_arrived(desk, application):
    """The ones of HTTP, too."""
    assert dict(desk.callbacks[0]["headers"]) == application.received[0].headers


@pytest.mark.parametrize(
    ("reply", "words"),
    [
        ({"instruction": "accept"}, "The reply's instruction accept was carried out: reservation.accepted."),
        ({"instruction": "reject"}, "The reply's instruction reject was carried out: reservation.rejected"),
        ({"instruction": "fly"}, "Invalid instruction 'fly' (nothing changed)."),
        ({"hello": 1}, "The reply has no instruction; the Reservation stays pending (nothing changed)."),
        ("nobody listens", "No response: nobody listens. The Reservation was canceled, and its Task waits again."),
        (
            500,
            "The callback URL answered with HTTP status 500. The Reservation was canceled, and its Task waits",
        ),
        (CallbackReply(status=200, content_type="text/html", body=b"<b>"), "The reply's content type is text/html;"),
    ],
)
def test_effect_is_what_happened(application, reply, words):
    """The sentence is made from events and alerts, not from what was asked for."""
    application.replies[ASSIGNMENT_URL] = reply
    shown = CalledDesk(application).callbacks[0]

    assert shown["effect"]["words"].startswith(words)


def test_failed_attempt_leads_to_the_fallback(application):
    """The first attempt names the second."""
    application.replies[ASSIGNMENT_URL] = 500
    first, second = CalledDesk(application, fallback_assignment_callback_url=FALLBACK_URL).callbacks

    assert f"tried the fallback URL, in request {second['number']}." in first["effect"]["words"]
    assert second["effect"]["words"].startswith("Reservation stays pending")


def test_effect_of_an_accepted_reservation_claims_no_more(desk):
    """Once the Reservation is accepted in another way, it doesn't stay pending."""
    desk.answer(desk.created, "accepted")

    assert desk.callbacks[0]["effect"]["words"] == "The reply has no instruction, so it changed nothing."


def test_doubled_and_late_callbacks_are_told(application):
    """The list says which callback left twice, and which left after a later one."""
    desk = Desk(application)
    desk.workspace.update(event_callback_url=ASSIGNMENT_URL, events_filter="task.created,task.completed,task.canceled")
    desk.workflow(default=desk.queue())
    desk.running.add_fault("duplicate", event_type="task.canceled")
    desk.running.add_fault("reorder", event_type="task.created", until="task.canceled")

    task = desk.task()
    desk.workspace.tasks(task.sid).update(assignment_status="canceled", reason="hangup")

    callbacks = [each for each in desk.running.portal.requests() if each["kind"] == "callback"]
    assert [(each["means"].partition(":")[0], each["sent"], each["is_overtaken"]) for each in callbacks] == [
        ("task.canceled", 2, False),
        ("task.created", 1, True),
    ]


def test_nothing_shown_holds_a_secret(application):
    """Credentials, the Auth Token in a body, and passwords in URLs, in paths, queries, forms and replies."""
    desk = CalledDesk(application)
    url = f"http://bob:{PASSWORD}@127.0.0.1:8765/x"
    workflows = desk.workspace.workflows(desk.workflow_sid)
    workflows.update(assignment_callback_url=url, fallback_assignment_callback_url=url)
    desk.workspace.workflows.list(friendly_name=url)
    desk.task(json.dumps({"token": AUTH_TOKEN, "url": url}))
    desk.worker("Bob")
    requests = [desk.running.portal.request(each["number"]) for each in desk.running.portal.requests()]
    told = json.dumps([requests, desk.running.portal.requests()])

    assert PASSWORD not in told
    assert AUTH_TOKEN not in told
    assert "Basic ***" in told
    assert "http://***@127.0.0.1:8765/x" in told


def test_form_without_secrets_is_as_it_was_sent(desk):
    """Nothing is decoded and encoded again."""
    desk.task('{"a": "ñ +&="}')
    text = desk.newest["body"]["text"]

    assert text.startswith("Attributes=%7B%22a%22%3A+%22%C3%B1")


def test_binary_reply_is_a_dump(application):
    """A reply that isn't text is told to be none."""
    application.replies[ASSIGNMENT_URL] = CallbackReply(status=200, content_type="image/png", body=b"\x89PNG\xff" * 9)
    reply = CalledDesk(application).callbacks[0]["reply"]

    assert (reply["binary"], reply["size"]) == (True, 45)
    assert reply["text"].startswith("00000000  89 50 4e 47 ff")


# -- sending again -----------------------------------------------------------------------------


def test_replayed_callback_is_sent_again_and_says_so(desk, application):
    """Its reply is carried out, and nothing claims that TaskRouter sent it."""
    application.replies[ASSIGNMENT_URL] = {"instruction": "accept"}
    (first,) = desk.callbacks
    shown = desk.running.portal.request(desk.running.portal.replay(first["number"]))

    assert (shown["replay_of"], shown["cause"], shown["changes"]) == (first["number"], None, [])
    assert application.received[0].body == application.received[1].body
    assert shown["effect"]["words"].startswith("The reply's instruction accept was carried out")
    assert first["replay_of"] is None


def test_edited_callback_is_signed_again(desk, application):
    """Changed, added and removed parameters are named; the signature fits what was sent."""
    (first,) = desk.callbacks
    form = [(name, "7" if name == "TaskAge" else value) for name, value in first["parameters"][1:]]
    shown = desk.running.portal.request(desk.running.portal.replay(first["number"], [*form, ("Extra", "1")]))
    received = application.received[1]

    assert shown["changes"] == ["TaskAge changed", "Extra added", "AccountSid removed"]
    assert shown["signature"]["valid"] is True
    signature = received.headers["X-Twilio-Signature"]
    assert RequestValidator(AUTH_TOKEN).validate(ASSIGNMENT_URL, application.forms(ASSIGNMENT_URL)[1], signature)


@pytest.mark.parametrize("left", [[], [("TaskSid", "")], [("Naïve", "ñ &=\n🙂")]])
def test_edit_can_leave_next_to_nothing(desk, application, left):
    """Each parameter can go, and an instruction in the reply still does what it can."""
    application.replies[ASSIGNMENT_URL] = {"instruction": "reject"}
    shown = desk.running.portal.request(desk.running.portal.replay(desk.callbacks[0]["number"], left))

    assert [list(pair) for pair in shown["parameters"]] == [list(pair) for pair in left]
    assert shown["signature"]["valid"] is True


def test_replayed_write_writes_again(desk):
    """A POST creates once more."""
    desk.task({"a": 1})
    number = desk.running.portal.requests()[-1]["number"]
    again = desk.running.portal.request(desk.running.portal.replay(number))

    assert (again["status"], again["replay_of"]) == (201, number)
    assert len(desk.workspace.tasks.list()) == 3


def test_edited_write_has_the_new_parameters(desk):
    """The form, or the query of a GET, is replaced."""
    portal = desk.running.portal
    desk.task({"a": 1})
    posted = portal.requests()[-1]["number"]
    desk.workspace.tasks.list(priority=0)
    listed = portal.requests()[-1]["number"]
    task = portal.request(portal.replay(posted, [("Attributes", '{"b":2}'), ("Priority", "9")]))
    found = portal.request(portal.replay(listed, [("Priority", "9")]))

    assert json.loads(task["reply"]["text"])["priority"] == 9
    assert found["means"] == "list Tasks: 1"


@pytest.mark.parametrize(
    ("form", "body", "error"),
    [
        ([("TaskSid", "1"), ("TaskSid", "2")], None, "TaskSid appears twice"),
        (None, "{}", "A callback is a form"),
    ],
)
def test_callback_that_cannot_be_sent_says_why(desk, application, form, body, error):
    """Nothing was sent then."""
    with pytest.raises(Invalid, match=error):
        desk.running.portal.replay(desk.callbacks[0]["number"], form, body=body)

    assert len(application.received) == 1


def test_cut_request_cannot_be_sent_again(desk):
    """Half a body would be another request."""
    with suppress(TwilioRestException):
        desk.task("x" * (KEPT_OF_A_BODY + 1))
    with pytest.raises(Invalid, match="only 1048576 are kept"):
        desk.running.portal.replay(desk.newest["number"])


def test_request_that_is_not_there(desk):
    """Neither shown nor sent again."""
    for call in (desk.running.portal.request, desk.running.portal.replay):
        with pytest.raises(NotFound):
            call(10_000)


def test_other_accounts_see_and_send_nothing():
    """Where several accounts share an emulator, each has its own requests."""
    others = {"AC" + "b" * 32: "b-token"}
    with start(seed="accounts", account_sid="AC" + "a" * 32, auth_token="a-token", accounts=others) as running:
        for account_sid, auth_token in (("AC" + "a" * 32, "a-token"), *others.items()):
            client = Client(account_sid, auth_token, http_client=EmulatorHttpClient(running.url))
            client.taskrouter.v1.workspaces.create(f"Desk {account_sid[-1]}")
        inspector = running._service.inspector
        (own,) = inspector.summaries(account_sid="AC" + "b" * 32)

        assert own["means"] == "create Workspace Desk b"
        with pytest.raises(NotFound):
            inspector.detail(1, "AC" + "b" * 32)
        assert inspector.summary(1, account_sid="AC" + "b" * 32) is None


def test_names_of_other_accounts_stay_theirs():
    """Whoever asks for another account's Worker is refused, and the sentence about that names nobody."""
    others = {"AC" + "b" * 32: "b-token"}
    with start(seed="names", account_sid="AC" + "a" * 32, auth_token="a-token", accounts=others) as running:
        http = EmulatorHttpClient(running.url)
        owner = Client("AC" + "a" * 32, "a-token", http_client=http).taskrouter.v1
        workspace_sid = owner.workspaces.create("Desk a").sid
        worker_sid = owner.workspaces(workspace_sid).workers.create("Alice").sid
        for auth_token in ("b-token", "wrong"):
            stranger = Client("AC" + "b" * 32, auth_token, http_client=http).taskrouter.v1
            with pytest.raises(TwilioRestException):
                stranger.workspaces(workspace_sid).workers(worker_sid).fetch()
        own = running._service.inspector.summaries(account_sid="AC" + "b" * 32)

    about = f"fetch Worker {worker_sid[:6]}…"
    assert [each["means"] for each in own] == [f"{about}: not found", f"{about}: wrong or missing credentials"]


def test_open_request_of_a_page_is_nobodys():
    """Whose session it has isn't known yet, and another account could send it again with its cookie."""
    first, second = "AC" + "a" * 32, "AC" + "b" * 32
    with start(seed="open", account_sid=first, auth_token="a-token", accounts={second: "b-token"}) as running:
        log, inspector = running._service.requests, running._service.inspector
        headers = [(b"x-portal", b"1"), (b"cookie", b"secret")]
        scope = {"method": "POST", "path": "/_emulator/clock/advance", "query_string": b"", "headers": headers}
        request = log.begin_request(scope)
        with pytest.raises(NotFound):
            inspector.detail(request.number, second)
        request.session_account = first
        log.finish(request)

        assert inspector.detail(request.number, first)["by"] == "portal"
        with pytest.raises(NotFound):
            inspector.detail(request.number, second)


def test_masked_parameter_is_sent_as_it_was(desk):
    """Whoever edits a request sees ``***``; the password goes out all the same, unless they changed it."""
    url = f"http://bob:{PASSWORD}@127.0.0.1:8765/x"
    desk.workspace.workflows(desk.workflow_sid).update(assignment_callback_url=url, friendly_name="Care")
    number = desk.newest["number"]
    form = [(name, "Sales" if name == "FriendlyName" else value) for name, value in desk.newest["parameters"]]
    desk.running.portal.replay(number, form)
    workflow = desk.emulator.world.workspaces[desk.workspace_sid].workflows[desk.workflow_sid]

    assert PASSWORD not in json.dumps(form)
    assert (workflow.friendly_name, workflow.assignment_callback_url) == ("Sales", url)
