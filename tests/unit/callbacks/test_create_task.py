"""The route that creates Tasks, with the SDK's client and a transport that only records."""

from __future__ import annotations

import json

import pytest
from twilio.http import HttpClient
from twilio.http.response import Response
from twilio.rest import Client

WORKSPACE, WORKFLOW, TASK = "WS" + "2" * 32, "WW" + "3" * 32, "WT" + "5" * 32


class Transport(HttpClient):
    """Answers each request with a given response and keeps what was sent."""

    def __init__(self, status, body):
        self.status, self.body, self.sent = status, body, []

    def request(self, method, url, params=None, data=None, *args, **kwargs):
        if isinstance(self.body, Exception):
            raise self.body
        self.sent.append((method, url, data))
        return Response(self.status, json.dumps(self.body))


@pytest.fixture
def transport(anyone):
    """What the client of ``anyone``'s listener talks to."""
    transport = Transport(201, {"sid": TASK})
    client = Client("AC" + "1" * 32, "token", http_client=transport)
    anyone.listener.create_tasks_with(client, WORKSPACE, WORKFLOW)
    return transport


def test_missing_step_is_named(anyone):
    """Before the listener knows where to put Tasks, the answer says which cell to run."""
    answer = anyone.get("/create_task")

    assert answer.status == 409
    assert "create_tasks_with(client, workspace_sid, workflow_sid)" in answer.json["message"]
    assert anyone.listener.inbox.last.refused == answer.json["message"]


@pytest.mark.parametrize("send", [lambda to: to.get("/create_task"), lambda to: to.post("/create_task", "")])
def test_spanish_task_is_created(anyone, transport, send):
    """A bare request creates a Spanish Task in the Workflow and answers its SID."""
    answer = send(anyone)

    assert (answer.status, answer.headers["Content-Type"]) == (200, "application/json")
    assert answer.json == {"task_sid": TASK}
    [(method, url, data)] = transport.sent
    assert (method, url.rsplit("/", 2)[-2:]) == ("POST", [WORKSPACE, "Tasks"])
    assert (data["Attributes"], data["WorkflowSid"]) == ('{"selected_language": "es"}', WORKFLOW)


@pytest.mark.parametrize(
    ("query", "form", "attributes"),
    [
        ("?selected_language=en", "", '{"selected_language": "en"}'),
        ("", "selected_language=en", '{"selected_language": "en"}'),
        ("?selected_language=es", "selected_language=en", '{"selected_language": "en"}'),
        ("", "selected_language=en&selected_language=es", '{"selected_language": "en"}'),
        ("", "selected_language=", '{"selected_language": ""}'),
        ("?attributes=%7B%22a%22:1%7D", "selected_language=en", '{"a":1}'),
        ("", "selected_language=%22", r'{"selected_language": "\""}'),
    ],
)
def test_parameters_become_attributes(anyone, transport, query, form, attributes):
    """Language or attributes come from query or form; attributes win, and texts are encoded properly."""
    anyone.post("/create_task" + query, form)

    assert transport.sent[0][2]["Attributes"] == attributes


def test_refusal_of_the_api_is_passed_on(anyone, transport):
    """Status, code and message are Twilio's, and the inbox tells them too."""
    transport.status, transport.body = 400, {"code": 20001, "message": "Invalid JSON", "status": 400}

    answer = anyone.get("/create_task?attributes=es")

    assert (answer.status, answer.json["code"]) == (400, 20001)
    assert "Invalid JSON (code 20001)" in anyone.listener.inbox.last.hints[0]


def test_unreachable_api_is_explained_without_details(anyone, transport):
    """Without network the answer names the kind of trouble and no URL or secret."""
    transport.body = ConnectionError("https://AC1:token@host failed")

    answer = anyone.get("/create_task")

    assert answer.status == 502
    assert answer.json["message"] == "The Task couldn't be created: ConnectionError on the way to the API."


@pytest.mark.parametrize("content_type", ["application/json", "application/x-www-form-urlencoded"])
def test_json_body_is_refused_with_the_right_form(anyone, transport, content_type):
    """A JSON body would be ignored silently; it is refused with what to send, whatever it calls itself."""
    answer = anyone.send("POST", "/create_task", b'{"selected_language": "en"}', Content_Type=content_type)

    assert answer.status == 415
    assert "selected_language=es" in answer.json["message"]
    assert transport.sent == []


@pytest.mark.parametrize(
    ("parameters", "right"),
    [("EventType=task.created&TaskSid=WT1&ReservationSid=WR1", "events_url"), ("ReservationSid=WR1", "assignment_url")],
)
def test_callbacks_that_came_here_make_no_task(anyone, transport, parameters, right):
    """A swapped URL would make a Task of each event without end: refused, with the URL that is right."""
    answer = anyone.post("/create_task", parameters)

    assert answer.status == 400
    assert f"`listener.{right}`" in answer.json["message"]
    assert transport.sent == []


def test_page_of_another_site_makes_no_task(anyone, transport):
    """An image on a page that somebody else wrote is enough to send a GET; it is turned away, and in the inbox."""
    answer = anyone.send("GET", "/create_task", Referer="https://evil.example/", Sec_Fetch_Site="cross-site")

    assert answer.status == 403
    assert "paste the URL" in answer.json["message"]
    assert anyone.listener.inbox.last.refused == answer.json["message"]
    assert transport.sent == []


def test_rebound_name_makes_no_task(anyone, transport):
    """A page whose own name points to this machine is of the same origin to the browser, but not to the listener."""
    assert anyone.send("POST", "/create_task", b"", Host="evil.example", Origin="http://evil.example").status == 403
    assert transport.sent == []


@pytest.mark.parametrize(
    "headers", [{"Sec_Fetch_Site": "none"}, {"Origin": "http://localhost:8888", "Sec_Fetch_Site": "cross-site"}]
)
def test_learner_makes_tasks_from_the_browser(anyone, transport, headers):
    """The address bar, and a page of this machine such as JupyterLab's."""
    assert anyone.send("GET", "/create_task", **headers).json == {"task_sid": TASK}


def test_turned_away_request_can_be_replayed(anyone, transport):
    """Who replays it sits in the kernel."""
    anyone.send("GET", "/create_task", Sec_Fetch_Site="cross-site")

    assert anyone.listener.replay(anyone.listener.inbox.last).status == 200


def test_earlier_callbacks_are_waited_for(anyone, transport):
    """The Task comes after what earlier callbacks led to, unless the one who asks is answering a callback."""
    waited = []
    listener = anyone.listener.configure(settle=lambda: waited.append(len(transport.sent)))
    listener.decide(lambda callback: {} if anyone.get("/create_task").status == 200 else None)

    anyone.get("/create_task")
    anyone.call_back()

    assert (waited, len(transport.sent)) == ([0], 2)
