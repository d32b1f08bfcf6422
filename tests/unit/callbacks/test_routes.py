"""What each route answers."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_assignment_callback_answers_empty_object(anyone, method):
    """Until somebody decides, the answer is exactly ``{}`` as application/json."""
    answer = anyone.send(method, "/assignment_callback")

    assert (answer.status, answer.headers["Content-Type"], answer.body) == (200, "application/json", b"{}")


def test_browser_look_is_not_checked(listener, taskrouter):
    """A GET needs no signature, and the inbox says that none was checked."""
    answer = taskrouter.get("/assignment_callback")

    assert answer.body == b"{}"
    assert listener.inbox.last.signature == "not checked"


def test_browser_look_decides_nothing(listener, taskrouter):
    """An unsigned GET never reaches the decision function."""
    listener.decide(lambda callback: {"instruction": "accept"})

    assert taskrouter.get("/assignment_callback?TaskSid=WT1").body == b"{}"


def test_event_gets_no_content(listener, taskrouter):
    """Event callbacks are acknowledged as TaskRouter expects it."""
    answer = taskrouter.call_back(listener.events_url, EventType="task.created")

    assert (answer.status, answer.headers["Content-Type"], answer.body) == (204, "application/json", b"")


def test_home_page_names_the_routes(anyone):
    """Whoever opens the bare URL reads what runs here."""
    answer = anyone.get("/")

    assert answer.headers["Content-Type"].startswith("text/html")
    assert b"/assignment_callback" in answer.body


def test_unknown_path_lists_routes(anyone):
    """A mistyped path is answered with the paths there are."""
    answer = anyone.get("/assignment")

    assert answer.status == 404
    assert "/assignment_callback, /create_task, /events" in answer.json["message"]


@pytest.mark.parametrize(
    ("method", "path", "allow"),
    [("PUT", "/assignment_callback", "GET, POST"), ("GET", "/events", "POST"), ("HEAD", "/create_task", "GET, POST")],
)
def test_wrong_method_names_right_ones(anyone, method, path, allow):
    """A method the route does not take gives 405 with ``Allow``."""
    answer = anyone.send(method, path)

    assert (answer.status, answer.headers["Allow"]) == (405, allow)


def test_several_requests_share_a_connection(anyone):
    """A sender that keeps its connection open is answered each time."""
    one = b"GET /assignment_callback HTTP/1.1\r\nHost: localhost\r\n\r\n"

    assert anyone.raw(one * 3).count(b"200 OK") == 3


def test_fault_of_the_listener_is_recorded(anyone, monkeypatch):
    """Even a bug in the listener gives an answer and an entry, and the listener goes on."""
    monkeypatch.setattr("helpers.callbacks.routes.create_task", lambda *_: 1 / 0)

    assert anyone.get("/create_task").status == 500
    assert "itself failed" in anyone.listener.inbox.last.hints[0]
    assert anyone.get("/").status == 200


def test_event_is_no_question(listener, taskrouter):
    """An event that comes to the assignment callback's URL never reaches the decision function."""
    listener.decide(lambda callback: {"instruction": "accept"})

    answer = taskrouter.call_back(EventType="reservation.created")

    assert answer.status == 400
    assert "`listener.events_url`" in answer.json["message"]


def test_question_is_no_event(listener, taskrouter):
    """An assignment callback that comes to the URL of events is told where it belongs."""
    answer = taskrouter.call_back(listener.events_url)

    assert answer.status == 400
    assert "`listener.assignment_url`" in answer.json["message"]


@pytest.mark.parametrize(
    "added",
    [
        {"X-Forwarded-For": "203.0.113.9"},
        {"X-Forwarded-Proto": "https", "X-Forwarded-Host": "a1b2.ngrok.app"},
        {"forwarded": "for=203.0.113.9;proto=https"},
        {"Via": "1.1 proxy"},
        {"CF-Connecting-IP": "203.0.113.9"},
        {"X-Real-IP": "203.0.113.9"},
        {"Tailscale-User-Login": "alice@example.com"},
    ],
    ids=" ".join,
)
@pytest.mark.parametrize("path", ["/", "/assignment_callback", "/create_task"])
def test_tunnel_to_the_inner_door_is_refused(listener, taskrouter, path, added):
    """Somebody led a tunnel to the wrong port: everything that it passes on is refused, and told the right one."""
    answer = taskrouter.send("GET", path, **{name.replace("-", "_"): value for name, value in added.items()})

    assert answer.status == 403
    assert "`connection.listen(public_url=…, port=…)`" in listener.inbox.last.refused


def test_signed_callback_by_a_tunnel_to_the_inner_door_is_refused(listener, taskrouter):
    """Its signature is right, and the door is still this machine's alone."""
    taskrouter.call_back()
    kept = listener.inbox.last

    answer = taskrouter.send("POST", "/assignment_callback", kept.raw, **kept.headers, X_Forwarded_For="203.0.113.9")

    assert (answer.status, listener.inbox.last.signature) == (403, "not checked")


def test_public_name_is_refused_at_the_inner_door(listener, taskrouter):
    """A tunnel's name is nobody's here, whether one is open or not."""
    assert taskrouter.send("GET", "/assignment_callback", Host="a1b2.ngrok.app").status == 403
