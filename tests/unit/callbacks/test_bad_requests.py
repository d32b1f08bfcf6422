"""Whatever is sent, the listener goes on, and the inbox says what came."""

from __future__ import annotations

import contextlib

import pytest

from helpers.ground.unreadable import MAX_BODY

HEAD = b"POST /assignment_callback HTTP/1.1\r\nHost: localhost\r\n"
FORM = b"Content-Type: application/x-www-form-urlencoded\r\n"


def status_of(answer):
    """The status code of a raw answer."""
    return int(answer.split()[1])


def chunked(*lines):
    """A chunked form, given line by line."""
    return HEAD + FORM + b"Transfer-Encoding: chunked\r\n\r\n" + b"".join(line + b"\r\n" for line in lines)


def test_ten_megabytes_are_refused(listener, taskrouter):
    """A huge body gets 413, is kept as refused without its bytes, and the next callback is answered."""
    answer = taskrouter.send("POST", "/assignment_callback", b"a" * 10_000_000)

    kept = listener.inbox.last
    assert (answer.status, kept.status, kept.raw, kept.complete) == (413, 413, b"", False)
    assert "1,000,000 bytes" in kept.refused
    assert taskrouter.call_back().status == 200


def test_largest_body_is_taken(anyone):
    """A body of exactly the limit is read whole."""
    anyone.send("POST", "/assignment_callback", b"a" * MAX_BODY)

    assert len(anyone.listener.inbox.last.raw) == MAX_BODY


def test_huge_length_is_refused_unread(anyone):
    """A claim of 10 MB is refused before a byte of it is sent, also for senders that ask first."""
    answer = anyone.raw(HEAD + b"Content-Length: 10000000\r\nExpect: 100-continue\r\n\r\n")

    assert status_of(answer) == 413


def test_sender_that_asks_first_is_asked_for_body(anyone):
    """``Expect: 100-continue`` is answered before the body is read."""
    answer = anyone.raw(HEAD + b"Content-Length: 2\r\nExpect: 100-continue\r\n\r\na=")

    assert answer.startswith(b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK")


@pytest.mark.parametrize("length", [b"-1", b"1e3", b"", b"0x10", b"1_0", b"9" * 30, b"2, 3"])
def test_length_that_is_no_number_is_refused(anyone, length):
    """Content-Length must be plain digits."""
    answer = anyone.raw(HEAD + b"Content-Length: " + length + b"\r\n\r\na=")

    assert status_of(answer) == 400
    assert anyone.listener.inbox.last.refused.startswith("Content-Length must be one number")


def test_two_lengths_are_refused(anyone):
    """Two different lengths leave open where the body ends."""
    answer = anyone.raw(HEAD + b"Content-Length: 1\r\nContent-Length: 2\r\n\r\na=")

    assert status_of(answer) == 400


def test_length_and_chunks_are_refused(anyone):
    """A request with both ways of telling its length is not believed."""
    answer = anyone.raw(HEAD + b"Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n")

    assert status_of(answer) == 400


def test_body_shorter_than_said_is_refused(anyone):
    """A sender that hangs up in the middle of the body is told how much was missing."""
    anyone.raw(HEAD + b"Content-Length: 100\r\n\r\nTaskSid=WT1")

    assert "says 100 bytes, but 11 arrived" in anyone.listener.inbox.last.refused


def test_rest_of_a_longer_body_is_no_request(anyone):
    """What follows after the said length is refused on its own, and the first request stands."""
    anyone.raw(HEAD + FORM + b"Content-Length: 3\r\n\r\na=1&b=2")
    anyone.listener.inbox.wait(2, refused=True)  # the second gets no reply, before which it would be noted

    assert anyone.listener.inbox[0].parameters == {"a": "1"}
    assert [one.status for one in anyone.listener.inbox] == [200, 400]


def test_requests_sent_at_once_are_answered_in_order(anyone):
    """A sender that does not wait for answers gets them all, one after the other."""
    anyone.listener.decide(lambda callback: {"instruction": callback["TaskSid"]})
    callbacks = [b"POST /assignment_callback?TaskSid=%d HTTP/1.1\r\nContent-Length: 0\r\n\r\n" % n for n in range(3)]

    answer = anyone.raw(b"".join(callbacks))

    places = [answer.index(b'{"instruction": "%d"}' % number) for number in range(3)]
    assert places == sorted(places)


@pytest.mark.parametrize("rest", [b"zz\r\n", b"4\r\na="])
def test_request_before_a_broken_body_is_answered(anyone, rest):
    """Of two requests sent at once, the first is answered although the second can't be read."""
    anyone.listener.decide(lambda callback: {"instruction": "accept"})
    first = HEAD + FORM + b"Content-Length: 3\r\n\r\na=1"

    answer = anyone.raw(first + HEAD + FORM + b"Transfer-Encoding: chunked\r\n\r\n" + rest)

    assert b'{"instruction": "accept"}' in answer
    anyone.listener.inbox.wait(2, refused=True)  # the second gets no reply, before which it would be noted
    assert [one.status for one in anyone.listener.inbox] == [200, 400]


def test_chunked_form_is_read(anyone):
    """A form sent in chunks arrives whole, trailing headers ignored."""
    anyone.raw(chunked(b"4", b"a=1&", b"3;name=x", b"b=2", b"0", b"Trailer: x", b""))

    assert anyone.listener.inbox.last.parameters == {"a": "1", "b": "2"}


@pytest.mark.parametrize(
    ("lines", "status"),
    [
        ((b"zz", b"a=1"), 400),
        ((b"-4", b"a=1"), 400),
        ((b"2", b"a=12345"), 400),
        ((b"ffffff", b"a"), 400),
        ((b"fffffffffffffffffff", b"a"), 413),
        ((b"5", b"a"), 400),
        ((b"",), 400),
    ],
)
def test_broken_chunks_are_refused(anyone, lines, status):
    """Chunk sizes that are wrong, huge or missing are refused."""
    assert status_of(anyone.raw(chunked(*lines))) == status


def test_unknown_transfer_encoding_is_refused(anyone):
    """Only chunked is known."""
    assert status_of(anyone.raw(HEAD + b"Transfer-Encoding: gzip\r\n\r\n")) == 501


def test_body_that_never_comes_is_given_up(anyone):
    """A sender that stops in the middle of the body gets 408 after the listener's patience."""
    answer = anyone.raw(HEAD + b"Content-Length: 9\r\n\r\na", more=True)

    assert status_of(answer) == 408


def test_headers_that_never_end_are_given_up(anyone):
    """A sender that stops in the middle of the headers loses its connection; others are served."""
    assert anyone.raw(HEAD, more=True) == b""
    assert anyone.get("/").status == 200


def test_silent_connection_is_given_up(anyone):
    """A connection over which nothing comes at all ends after the listener's patience."""
    assert anyone.raw(b"", more=True) == b""


def test_rest_of_a_refused_body_is_not_waited_for(anyone):
    """A sender that was told that its body is too large, and goes on at its leisure, loses its connection."""
    answer = anyone.raw(HEAD + b"Content-Length: 2000000\r\n\r\na", more=True)

    assert answer.count(b"HTTP/1.1 ") == 1
    assert [one.status for one in anyone.listener.inbox] == [413]


def test_trickle_of_bytes_meets_the_deadline(anyone):
    """Each byte in time does not help when the whole takes too long."""
    with anyone.connect() as connection:
        connection.settimeout(0.02)
        connection.sendall(HEAD + b"Content-Length: 1000\r\n\r\n")
        answer = b""
        while not answer:
            connection.sendall(b"a")
            with contextlib.suppress(TimeoutError):
                answer = connection.recv(65536)

    assert status_of(answer) == 408
    kept = anyone.listener.inbox.last
    assert (kept.raw, kept.complete) == (b"", False)
    assert kept.refused == "The body didn't arrive in time. Send all of it, or a smaller Content-Length."


@pytest.mark.parametrize(
    "data",
    [
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n",
        b"GET / HTTP/9.9\r\n\r\n",
        b"GET / FTP/1.1\r\n\r\n",
        b"one two three four\r\n\r\n",
        b"FETCH / HTTP/1.1\r\n\r\n",
        b"GET /" + b"a" * 70_000 + b" HTTP/1.1\r\n\r\n",
        b"GET / HTTP/1.1\r\n" + b"X: y\r\n" * 200 + b"\r\n",
        b"GET / HTTP/1.1\r\nX: " + b"y" * 70_000 + b"\r\n\r\n",
    ],
)
def test_what_is_no_http_is_kept_as_refused(anyone, data):
    """TLS, other protocols and endless lines get an HTTP error and an entry with a likely cause."""
    assert 400 <= status_of(anyone.raw(data)) < 600

    assert "with http://, not https://" in anyone.listener.inbox.last.refused


def test_bad_request_shows_nothing_of_the_one_before(anyone):
    """On a kept connection the entry of a broken request has no path or header of its predecessor."""
    anyone.raw(b"GET /create_task HTTP/1.1\r\nX-One: 1\r\n\r\n" + b"broken\r\n\r\n")

    kept = anyone.listener.inbox.wait(2, refused=True)
    assert (kept.method, kept.path, kept.headers) == ("-", "-", {})


@pytest.mark.parametrize("form", ["a=%zz", "a=%", "a=%ff%fe", "=&&=", "%00=%00", "a=\udcff".encode("utf-8", "replace")])
def test_malformed_codes_are_read_somehow(anyone, form):
    """Broken percent codes and UTF-8 are kept as they came and shown as well as can be."""
    form = form if isinstance(form, bytes) else form.encode()
    answer = anyone.raw(HEAD + FORM + b"Content-Length: %d\r\n\r\n" % len(form) + form)

    assert status_of(answer) == 200
    assert anyone.listener.inbox.last.raw == form


def test_bytes_that_are_no_text_are_replaced(anyone):
    """A raw byte outside UTF-8 shows as U+FFFD."""
    anyone.raw(HEAD + FORM + b"Content-Length: 3\r\n\r\na=\xff")

    assert anyone.listener.inbox.last.parameters == {"a": "\ufffd"}


def test_repeated_parameter_is_a_list(anyone):
    """A name that came several times has all its values, in order."""
    anyone.post("/assignment_callback", "a=1&b=2&a=3&a=")

    assert anyone.listener.inbox.last.parameters == {"a": ["1", "3", ""], "b": "2"}


def test_flood_of_parameters_is_refused(anyone):
    """More than a thousand parameters are not parsed."""
    answer = anyone.post("/assignment_callback", "&".join(f"p{number}=" for number in range(1001)))

    assert answer.status == 400
    assert "can't be read" in answer.json["message"]


def test_folded_header_loses_its_line_break(anyone):
    """A header continued on the next line is kept as one line, so a replay cannot smuggle another header."""
    anyone.raw(b"GET / HTTP/1.1\r\nX-Note: one\r\n Injected: two\r\n\r\n")

    assert anyone.listener.inbox.last.headers == {"X-Note": "one Injected: two"}


@pytest.mark.parametrize("target", [b"/%0d%0aX-Injected:%20yes", b"/?a=%0d%0aX-Injected:%20yes"])
def test_request_cannot_write_answer_headers(anyone, target):
    """Line breaks in the target never become headers of the answer."""
    answer = anyone.raw(b"GET " + target + b" HTTP/1.1\r\n\r\n")

    assert b"\r\nX-Injected" not in answer


@pytest.mark.parametrize("target", ["http://[bad/", "//evil/create_task", "/%", "*", "/assignment_callback/../"])
def test_odd_targets_are_unknown_routes(anyone, target):
    """A target that is no path of ours is a plain 404."""
    answer = anyone.raw(f"GET {target} HTTP/1.1\r\n\r\n".encode())

    assert status_of(answer) == 404


def test_credentials_are_masked(anyone):
    """What a browser or curl sends along for other servers is not kept."""
    anyone.send("GET", "/", Cookie="session=secret", Authorization="Basic secret")

    headers = anyone.listener.inbox.last.headers
    assert (headers["Cookie"], headers["Authorization"]) == ("***", "***")


def test_nothing_is_printed(anyone, capfd):
    """Neither refusals nor broken connections reach stdout or stderr."""
    anyone.raw(b"nonsense\r\n\r\n")
    anyone.raw(b"")
    anyone.raw(HEAD, more=True)

    assert capfd.readouterr() == ("", "")
