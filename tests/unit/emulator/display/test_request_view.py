"""A received request, in full and in the list."""

from __future__ import annotations

import pytest

from helpers.show import show_request, show_requests


def test_request_is_shown_in_full(received):
    """Method, path, status, verdict, parameters, headers, raw form and reply."""
    assert str(show_request(received())).splitlines() == [
        "Request 1: POST /assignment_callback → 200",
        "Signature: valid. The sender knows the account's Auth Token, and nothing has changed since it was signed.",
        "Parameters",
        "  TaskSid         WT1",
        "  TaskAttributes  {",
        '                    "selected_language": "es"',
        "                  }",
        "  ReservationSid  WR1",
        "Headers",
        "  Host          (differs on every run)",
        "  Content-Type  application/x-www-form-urlencoded",
        "Raw form",
        "  TaskSid=WT1&TaskAttributes=%7B%22selected_language%22%3A%22es%22%7D",
        "Reply",
        "  {}",
    ]


def test_words_leave_out_duration_and_port(received):
    """What differs on every run is for the widget only."""
    display = show_request(received(raw=b"url=http%3A%2F%2F127.0.0.1%3A41234"))
    html = display._repr_mimebundle_()["text/html"]

    assert "41234" not in str(display) + html
    assert "3.1" not in str(display) + html
    assert display._view.state["entries"][0]["took"] == "3.1 ms"


@pytest.mark.parametrize("verdict", ["valid", "wrong", "missing", "not checked"])
def test_every_verdict_is_told(received, verdict):
    """The signature's verdict stands before everything else."""
    assert str(show_request(received(signature=verdict))).splitlines()[1].startswith(f"Signature: {verdict}.")


def test_refusal_and_hints_are_told(received):
    """Why it was refused, and what was noticed, are sentences of their own."""
    refused = received(signature="wrong", status=403, refused="the signature is wrong", hints=("check the token",))

    lines = str(show_request(refused)).splitlines()

    assert lines[2:4] == ["Rejected: the signature is wrong", "Hint: check the token"]


def test_replayed_and_incomplete_requests_say_so(received):
    """A replay names its original; a body that was cut off is called so."""
    words = str(show_request(received(replay_of=3, complete=False)))

    assert "This is a replay of request 3." in words
    assert "The listener didn't read the whole body." in words


def test_request_built_here_says_so(received):
    """A callback that TaskRouter didn't send is marked before anything else is said about it."""
    first, second, *_ = str(show_request(received(built_here=True))).splitlines()[1:]

    assert first.startswith("Built here from Task, Worker and Reservation, because TaskRouter can't call this machine")
    assert second.startswith("Signature: ")


def test_request_from_outside_says_so(received):
    """The way by which it came is told, and that it is one that came before."""
    lines = str(show_request(received(is_from_outside=True, repeats=3))).splitlines()

    assert lines[1:3] == [
        "It came from outside, through the public URL.",
        "It's the same as request 3: the signatures are equal, so the contents are equal.",
    ]


def test_repeated_parameters_have_a_line_each(received):
    """A name sent twice is shown twice."""
    words = str(show_request(received(parameters={"A": ["1", "2"]})))

    assert "  A  1\n  A  2\n" in words


def test_credentials_never_show(received):
    """Authorization and cookies are left out, in the widget too."""
    display = show_request(received(headers={"authorization": "Basic c2VjcmV0", "Cookie": "s=1"}))

    assert "c2VjcmV0" not in str(display) + str(display._view.state)
    assert "s=1" not in str(display._view.state)


def test_bytes_that_are_no_text_are_spelt(received):
    """A body in no known encoding is shown, not refused."""
    assert "  \\xff\\u0000" in str(show_request(received(raw=b"\xff\x00")))


def test_list_is_newest_first_with_the_newest_in_full(inbox, received):
    """As ngrok's inspector does it."""
    inbox.append(received(2, path="/events", parameters={"EventType": "task.created"}))

    assert str(show_requests(inbox)).splitlines()[3:6] == [
        "2  POST    /events               200     task.created",
        "1  POST    /assignment_callback  200     assignment callback",
        "Request 2: POST /events → 200",
    ]
