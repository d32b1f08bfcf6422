"""Who gets an answer outside: TaskRouter, and those who have the shared link; nobody else learns anything."""

from __future__ import annotations

import re
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from itertools import product

import pytest

from helpers.callbacks.inbox import shelves
from helpers.ground.own_tunnel import OwnTunnel
from tests.unit.callbacks.conftest import CALLBACK
from tests.unit.callbacks.outside.conftest import PUBLIC_URL, Outside, free_port
from tests.worlds.strangers_paths import PATHS

METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND", "CONNECT"]
RAW_PATHS = [  # some of them no client would send
    *PATHS,
    "/./assignment_callback",
    "/x/../assignment_callback",
    "/Assignment_Callback",
    "/assignment_callback%00",
    "/assignment_callback;x",
    "/events#x",
    "*",
    "http://127.0.0.1/assignment_callback",
    "http://hub.example/user/x/proxy/8000/events",
    "/user/x/proxy/8000",
    "/user/x/proxy/8000/",
    "/user/x/proxy/8000/create_task",
    "/user/x/proxy/8000//events",
    "/user/x/proxy/8000/user/x/proxy/8000/events",
    "/ÿ",
    "/events/../create_task",
]
HEADERS = (
    "Host: 127.0.0.1",
    "Host: hub.example\r\nX-Forwarded-For: 127.0.0.1\r\nX-Forwarded-Host: 127.0.0.1\r\nX-Forwarded-Proto: http",
    "Host: localhost\r\nX-Twilio-Signature: AAAA\r\nContent-Type: application/x-www-form-urlencoded",
)
TELLING = (b"taskrouter", b"notebook", b"listener", b"uvicorn", b"python", b"server:", b"allow:", b"message", b"twilio")


@pytest.mark.parametrize("headers", HEADERS)
def test_strangers_get_nothing(outside, headers):
    """More than 800 requests, every method to every path: 404 without a word, and all routes are as if not there."""
    decided = []
    outside.listener.decide(decided.append)
    answers = {
        outside.raw(f"{method} {path} HTTP/1.1\r\n{headers}\r\nContent-Length: 0\r\n\r\n".encode("latin-1"))
        for method, path in product(METHODS, RAW_PATHS)
    }

    words = [answer.partition(b" ")[2].split(b"\r\n")[0] for answer in answers]
    assert set(words) == {b"404 Not Found"}
    assert all(answer.endswith(b"content-length: 0\r\n\r\n") or b"connection: close" in answer for answer in answers)
    assert [word for word in TELLING if word in b"".join(answers).lower()] == []
    assert decided == []
    assert all(one.refused for one in outside.listener.inbox)


@pytest.mark.parametrize(
    "data",
    [
        b"GET / HTTP/1.0\r\n\r\n",
        b"POST /events HTTP/1.0\r\n\r\n",
        b"POST /events HTTP/1.1\r\n\r\n",
        b"GET / HTTP/9.9\r\n\r\n",
        b"hello\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
        b"POST /assignment_callback HTTP/1.1\r\nContent-Length: 100\r\n\r\nTaskSid=WT1",
        b"POST /assignment_callback HTTP/1.1\r\nContent-Length: 10000000\r\n\r\n",
        b"POST /assignment_callback HTTP/1.1\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
        b"POST /assignment_callback HTTP/1.1\r\nTransfer-Encoding: gzip\r\n\r\n",
        b"POST /events HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        b"GET /" + b"a" * 70_000 + b" HTTP/1.1\r\n\r\n",
        b"GET / HTTP/1.1\r\n" + b"A: b\r\n" * 200 + b"\r\n",
        b"GET / HTTP/1.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n",
        b"POST /events HTTP/1.1\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 2500\r\n\r\n"
        + b"a&" * 1250,
    ],
    ids=range(15),
)
def test_unreadable_requests_get_nothing(outside, data):
    """What the inner door explains is told to nobody outside; the inbox has the sentence."""
    answer = outside.raw(data)

    assert answer.startswith(b"HTTP/1.1 404 Not Found\r\n")
    assert [word for word in TELLING if word in answer.lower()] == []
    assert answer.endswith(b"\r\n\r\n")
    assert outside.listener.inbox.last.refused


def test_strangers_get_the_same_answer(outside):
    """Of whatever kind their requests are, apart from the connection that ends with one that can't be read."""
    answers = [
        outside.raw(b"GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"),
        outside.raw(b"hello\r\n\r\n"),
        outside.raw(b"POST /events HTTP/1.1\r\nContent-Length: 9999999\r\n\r\n"),
    ]

    dateless = {re.sub(rb"date: [^\r]+ GMT", b"date", answer) for answer in answers}
    assert dateless == {
        b"HTTP/1.1 404 Not Found\r\ndate\r\ncontent-type: text/plain\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"
    }


@pytest.mark.parametrize("noise", [b"hello\r\n\r\n", b"GET / HTTP/1.1\r\nHost: a\r\n\r\n"])
def test_strangers_cannot_hold_up_a_callback(outside, noise):
    """A view that is slow to draw their requests delays a callback by one of them, not by all."""
    inbox, is_seen = outside.listener.inbox, threading.Event()

    def look(received):
        is_seen.set()
        time.sleep(0.4 if received.is_strange else 0)

    inbox.subscribe(look)
    with ThreadPoolExecutor(8) as strangers:
        answers = [strangers.submit(outside.raw, noise) for _ in range(8)]
        is_seen.wait(5)
        began = time.monotonic()
        answer = outside.call_back(f"{PUBLIC_URL}/assignment_callback", "/assignment_callback")
        seconds = time.monotonic() - began

    assert (answer.status, len(inbox)) == (200, 9)
    assert seconds < 1.5
    assert all(one.result().startswith(b"HTTP/1.1 404 ") for one in answers)


def test_pipelined_requests_get_nothing_each(outside):
    """Nor does one slip in behind another."""
    one = b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"

    answer = outside.raw(one * 3)

    assert (answer.count(b"404 Not Found"), answer.count(b"HTTP/1.1")) == (3, 3)


@pytest.mark.parametrize("prefix", ["", "/user/x/proxy/8000"])
@pytest.mark.parametrize("host", ["hub.example", "127.0.0.1", "evil.example"])
@pytest.mark.parametrize("query", ["", "?lesson=7&x=%C3%A9"])
def test_signed_callback_is_answered_behind_any_proxy(outside, prefix, host, query):
    """Whether the proxy keeps the path of the public URL or takes it off, and whatever it makes of the headers."""
    outside.listener.decide(lambda callback: {"instruction": "accept"})
    more = {"X_Forwarded_Proto": "https,http", "X_Forwarded_Host": "evil.example", "Forwarded": "proto=http"}

    answer = outside.call_back(
        f"{PUBLIC_URL}/assignment_callback{query}", f"{prefix}/assignment_callback{query}", Host=host, **more
    )

    assert (answer.status, answer.json, answer.headers["Server"]) == (200, {"instruction": "accept"}, None)
    assert repr(outside.listener.inbox.last) == "Received(1: POST /assignment_callback -> 200, signature valid)"


def test_signed_event_is_answered(outside):
    """The other route of TaskRouter."""
    form = {"EventType": "task.created", "Sid": "EV1"}

    assert outside.call_back(f"{PUBLIC_URL}/events", "/events", form=form).status == 204


@pytest.mark.parametrize(
    "url",
    [
        "https://evil.example/assignment_callback",
        "http://hub.example/user/x/proxy/8000/assignment_callback",
        "https://hub.example/assignment_callback",
        "http://127.0.0.1/assignment_callback",
        f"{PUBLIC_URL}/assignment_callback?",
        f"{PUBLIC_URL}/events",
    ],
)
def test_signature_for_another_url_is_refused(outside, url):
    """Also one that the sender backs up with headers of a proxy: none of them counts."""
    scheme, _, rest = url.partition("://")
    forged = {"X_Forwarded_Proto": scheme, "X_Forwarded_Host": rest.partition("/")[0], "Host": rest.partition("/")[0]}

    answer = outside.call_back(url, "/assignment_callback", **forged)

    assert (answer.status, answer.body, outside.listener.inbox.last.signature) == (404, b"", "wrong")


def test_signature_of_another_account_is_refused(outside):
    """A token that is somebody else's makes none of our signatures."""
    url = f"{PUBLIC_URL}/assignment_callback"

    assert outside.call_back(url, "/assignment_callback", token="f" * 32).status == 404


def test_local_signature_is_nothing_outside(outside, taskrouter):
    """A callback of the inner door, captured on this machine, isn't valid at the outer one."""
    taskrouter.call_back(outside.listener._local_url("") + "/assignment_callback")
    kept = outside.listener.inbox.last

    assert outside.send("POST", "/assignment_callback", kept.raw, **kept.headers).status == 404


def test_nothing_is_answered_without_a_token(outside):
    """What can't be checked isn't believed; the inbox says what is missing."""
    outside.listener._reception.auth_token = None

    answer = outside.call_back(f"{PUBLIC_URL}/assignment_callback", "/assignment_callback")

    assert (answer.status, answer.body) == (404, b"")
    assert "`connection.listen()`" in outside.listener.inbox.last.refused


def test_flood_of_strangers_pushes_nothing_out(outside, monkeypatch, taskrouter):
    """What was refused from outside has room of its own, by number and by size; the order stays that of arrival."""
    monkeypatch.setattr(shelves, "KEPT_STRANGERS", 3)
    monkeypatch.setattr(shelves, "KEPT_STRANGERS_BYTES", 1000)
    outside.call_back(f"{PUBLIC_URL}/assignment_callback", "/assignment_callback")
    for number in range(20):
        outside.send("GET", f"/{number}")
    taskrouter.get(outside.listener._local_url("") + "/assignment_callback")
    kept = [one.number for one in outside.listener.inbox]
    outside.send("POST", "/events", b"a" * 900)
    outside.send("POST", "/events", b"a" * 900)

    assert kept == [1, 19, 20, 21, 22]
    assert [one.number for one in outside.listener.inbox] == [1, 22, 24]
    assert (len(outside.listener.inbox), outside.listener.inbox.last.number) == (3, 24)
    assert outside.listener.inbox.summary() == [
        "POST /assignment_callback",
        "GET /assignment_callback",
        "POST /events rejected with 404",
    ]


def test_flood_is_not_all_kept(outside):
    """Each entry redraws a view: of noise and of wrong signatures the inbox gets a hundred a minute each."""
    told = []
    outside.listener.inbox.subscribe(told.append)
    one = b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"

    assert outside.raw(one * 300).count(b"404 Not Found") == 300
    assert outside.raw(b"hello\r\n\r\n").startswith(b"HTTP/1.1 404")
    assert (len(told), told[-1].number) == (100, 100)

    assert outside.call_back(f"{PUBLIC_URL}/events", "/assignment_callback").status == 404
    assert outside.call_back(f"{PUBLIC_URL}/assignment_callback", "/assignment_callback").status == 200
    assert [one.signature for one in told[100:]] == ["wrong", "valid"]


def test_repeated_callback_is_decided_once(outside):
    """One that is sent again, by Twilio or by who has captured it, gets the same answer, and the inbox says so."""
    decided = []
    outside.listener.decide(lambda callback: decided.append(callback) or {"instruction": "accept", "n": len(decided)})
    url = f"{PUBLIC_URL}/assignment_callback"
    tokens = ("one", "two", "two")
    answers = [
        outside.call_back(url, "/assignment_callback", I_Twilio_Idempotency_Token=token).json["n"] for token in tokens
    ]

    assert (answers, len(decided)) == ([1, 1, 1], 1)
    assert [one.repeats for one in outside.listener.inbox] == [None, 1, 1]
    assert repr(outside.listener.inbox.last) == (
        "Received(3: POST /assignment_callback, the same as request 1 -> 200, signature valid)"
    )


def test_callbacks_at_once_are_decided_once(outside):
    """Twilio gave up waiting and sends it again, while the decision function is still at it."""
    decided, over = [], threading.Event()
    outside.listener.decide(lambda callback: decided.append(1) or (over.wait(5) and {"instruction": "accept"}))
    url = f"{PUBLIC_URL}/assignment_callback"
    with ThreadPoolExecutor() as pool:
        answers = [pool.submit(outside.call_back, url, "/assignment_callback") for _ in range(3)]
        other = pool.submit(outside.call_back, url, "/assignment_callback", form={**CALLBACK, "TaskAge": "2"})
        while len(decided) < 2:  # another callback doesn't wait for this one
            over.wait(0.01)
        over.set()

    assert [one.result().json for one in (*answers, other)] == [{"instruction": "accept"}] * 4
    assert len(decided) == 2


def test_failed_decision_is_made_again(outside):
    """A retry after an error of the function isn't answered with the error once more."""
    outcomes = [ValueError("first"), {"instruction": "accept"}, {"instruction": "reject"}]

    def decide(callback):
        outcome = outcomes.pop(0)
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    outside.listener.decide(decide)
    url = f"{PUBLIC_URL}/assignment_callback"
    answers = [outside.call_back(url, "/assignment_callback") for _ in range(3)]

    assert [answer.status for answer in answers] == [500, 200, 200]
    assert answers[1].json == answers[2].json == {"instruction": "accept"}


def test_failed_delivery_that_is_dropped_takes_no_other_with_it(outside, monkeypatch):
    """The one after it, which was answered, still answers the next."""
    monkeypatch.setattr(shelves, "KEPT", 1)
    decided = []
    outside.listener.decide(lambda callback: decided.append(1) or {"instruction": "accept"} if decided else 1 / 0)
    url = f"{PUBLIC_URL}/assignment_callback"
    decided_first = outside.call_back(url, "/assignment_callback").status
    decided.append("now it works")
    statuses = [outside.call_back(url, "/assignment_callback").status for _ in range(2)]

    assert (decided_first, statuses) == (500, [200, 200])
    assert decided == ["now it works", 1]


def test_cleared_inbox_decides_anew(outside):
    """A lesson that begins again has the same SIDs, and so the same callbacks."""
    url = f"{PUBLIC_URL}/assignment_callback"
    outside.call_back(url, "/assignment_callback")
    outside.listener.inbox.clear()
    outside.listener.decide(lambda callback: {"instruction": "accept"})

    assert outside.call_back(url, "/assignment_callback").json == {"instruction": "accept"}


def test_captured_signature_fits_no_other_parameters(outside):
    """It covers names and values without what separates them; such a request is nobody's repetition, nor a replay."""
    decided = []
    outside.listener.decide(decided.append)
    url = f"{PUBLIC_URL}/assignment_callback"
    outside.call_back(url, "/assignment_callback", form={"TaskSid": "WT1", "X": "1"})

    altered = outside.call_back(url, "/assignment_callback", form={"TaskSidWT1X": "1"})
    kept = outside.listener.inbox.last
    again = outside.listener.replay(kept)

    assert (altered.status, altered.body, len(decided)) == (404, b"", 1)
    assert (kept.signature, kept.repeats, again.status) == ("wrong", None, 404)
    assert "The X-Twilio-Signature is that of request 1, but the parameters are different." in kept.refused


def test_signature_is_no_repetition_by_itself(listener, taskrouter):
    """On this machine the inbox doesn't say that other parameters are the same request."""
    for changed in ({"X": "1", "Y": "2"}, {"X1Y": "2"}):
        taskrouter.call_back(**changed)

    first, second = listener.inbox
    assert (first.valid_signature, second.repeats) == (second.valid_signature, None)


def test_nothing_is_checked_before_the_public_url_is_known(listener):
    """Between door and tunnel a Host header would else say for which URL a signature is; nor is an old URL kept."""
    tunnel = OwnTunnel(PUBLIC_URL, free_port())
    answers = []

    def open_late(url):
        stranger = Outside(listener, tunnel.port)
        answers.append(stranger.call_back("http://hub.example/assignment_callback", "/assignment_callback"))
        answers.append(stranger.call_back(f"{PUBLIC_URL}/assignment_callback", "/assignment_callback"))
        answers.append(stranger.call_back("/assignment_callback", "/assignment_callback"))
        return OwnTunnel.open(tunnel, url)

    tunnel.open = open_late
    for _ in range(2):
        listener.inbox.clear()
        listener._outside._use(tunnel, ())
        listener._outside.open_tunnel()
        assert [one.signature for one in listener.inbox] == ["not checked"] * 3
        assert "before the public URL was known" in listener.inbox.last.refused
        listener.hide()
    assert [(answer.status, answer.body) for answer in answers] == [(404, b"")] * 6


def test_repeat_on_this_machine_is_decided_again(listener, taskrouter):
    """At the inner door nothing protects an application from a second delivery; the inbox only says that it is one."""
    decided = []
    listener.decide(decided.append)
    taskrouter.call_back()
    taskrouter.call_back()

    assert (len(decided), listener.inbox.last.repeats) == (2, 1)


def test_callback_from_outside_can_be_replayed(outside):
    """It is checked against the public URL by which it came, also after that is closed; an edit is signed for it."""
    outside.call_back(f"{PUBLIC_URL}/assignment_callback", "/user/x/proxy/8000/assignment_callback")
    outside.listener.hide()
    outside.listener.decide(lambda callback: {"instruction": "accept"})
    first = outside.listener.inbox[0]

    again, edited = outside.listener.replay(first), outside.listener.replay(first, {"TaskAge": "9"})

    assert (again.signature, again.reply, again.replay_of) == ("valid", b'{"instruction": "accept"}', 1)
    assert (edited.signature, edited.parameters["TaskAge"]) == ("valid", "9")


@pytest.mark.parametrize("path", ["/", "/create_task", "/assignment_callback"])
def test_refused_request_from_outside_is_refused_again(outside, path):
    """Replaying it doesn't let it in."""
    outside.send("POST", path, b"")

    again = outside.listener.replay(outside.listener.inbox.last)

    assert (again.status, again.replay_of) == (404, 1)


def test_inner_door_answers_as_before(outside, taskrouter):
    """All routes are there for this machine, at another port."""
    local = outside.listener._local_url("")

    assert outside.port != int(local.rpartition(":")[2])
    assert taskrouter.get(f"{local}/").status == 200
    assert taskrouter.call_back(f"{local}/assignment_callback").status == 200
    assert outside.listener.create_task_url == f"{local}/create_task"


def test_prefix_that_looks_like_a_route(listener):
    """A public URL may end like one of our routes."""
    port = free_port()
    listener.use_tunnel("https://hub.example/events", port)
    outside, form = Outside(listener, port), {"EventType": "task.created"}

    statuses = [
        outside.call_back("https://hub.example/events/events", target, form=form).status
        for target in ("/events", "/events/events", "/events/events/events")
    ]
    assert statuses == [204, 204, 404]


def test_json_body_is_refused(outside):
    """A body that the signature doesn't cover counts for nothing."""
    answer = outside.send("POST", "/events", b"{}", Content_Type="application/json", X_Twilio_Signature="AAAA")

    assert answer.status == 404


def test_signed_event_at_the_wrong_route_is_told(outside):
    """TaskRouter itself, signed: it gets the sentence, which Twilio's debugger shows."""
    form = {"EventType": "task.created"}

    answer = outside.call_back(f"{PUBLIC_URL}/assignment_callback", "/assignment_callback", form=form)

    assert answer.status == 400
    assert "`listener.events_url`" in answer.json["message"]
