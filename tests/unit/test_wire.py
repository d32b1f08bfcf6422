"""The wire: what requests would really send, recorded once for each exchange."""

from __future__ import annotations

import logging
import threading
from urllib.parse import parse_qsl

import pytest
import requests
from twilio.http import HttpClient
from twilio.http.response import Response

from helpers.ordering import next_mark
from helpers.wire import KEEP, RecordingHttpClient, Wire, flatten

URL = "https://taskrouter.twilio.com/v1/Workspaces"


class Canned(HttpClient):
    """Answers every request alike, or raises."""

    def __init__(self, answer):
        super().__init__(logging.getLogger("test"), is_async=False)
        self.answer = answer

    def request(self, *args):
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer


@pytest.mark.parametrize(
    "value",
    [
        *("text", 5, True, None, ["pending", "reserved"], {"languages": ["en"]}, {"a": 1, "b": 2}, b"bytes", ()),
        *([{"a": 1, "b": 2}, {"c": None}], [["d", 5], None, ()], {("e", "f"): 1}, [b"g", [[7]]]),
    ],
    ids=repr,
)
def test_flatten_is_what_requests_sends(value):
    """Each value becomes the pairs that `requests` encodes, a dict's lost values included."""
    prepared = requests.Request("POST", URL, data={"Name": value}).prepare()

    assert flatten({"Name": value}) == tuple(parse_qsl(prepared.body))


def test_exchange_is_recorded():
    """Method, path, parameters, status and body are kept, numbered from 1."""
    wire = Wire()

    RecordingHttpClient(Canned(Response(200, "{}")), wire).request(
        "get", URL, params={"PageSize": 5}, auth=("AC1", "t")
    )

    [exchange] = wire
    assert (exchange.number, exchange.method, exchange.path) == (1, "GET", "/v1/Workspaces")
    assert (exchange.parameters, exchange.status, exchange.body) == ((("PageSize", "5"),), 200, "{}")


def test_passwords_in_urls_are_not_recorded():
    """A callback URL may hold one, on the way there and on the way back."""
    wire, given = Wire(), "http://a:pa55word@127.0.0.1/events"

    RecordingHttpClient(Canned(Response(201, f'{{"url":"{given}"}}')), wire).request("POST", URL, data={"Url": given})

    assert wire[0].parameters == (("Url", "http://***@127.0.0.1/events"),)
    assert wire[0].body == '{"url":"http://***@127.0.0.1/events"}'


def test_failed_exchange_is_recorded():
    """A request that nobody answered is on the wire with status 0, and its error goes on."""
    wire = Wire()

    with pytest.raises(requests.ConnectionError):
        RecordingHttpClient(Canned(requests.ConnectionError("gone")), wire).request("GET", URL)

    assert wire[0].status == 0


def test_wire_forgets_the_oldest():
    """A long session keeps the last thousand exchanges; numbers go on."""
    wire = Wire()
    client = RecordingHttpClient(Canned(Response(200, "")), wire)
    for _ in range(KEEP + 5):
        client.request("GET", URL)

    assert (len(wire), wire[0].number, wire[-1].number) == (KEEP, 6, KEEP + 5)


def test_pause_is_remembered_where_it_was():
    """Moving the clock gets a mark between the exchanges around it; one that was refused is none."""
    wire = Wire()
    before = next_mark()

    with wire.pausing(60):
        pass
    with pytest.raises(ValueError, match="refused"), wire.pausing(-1):
        raise ValueError("refused")

    [pause] = wire.pauses
    assert pause.seconds == 60
    assert before < pause.began < next_mark()


def test_settled_before_it_is_sent():
    """Callbacks of earlier requests come before the mark of the next one: the wire waits for them first."""
    order = []
    wire = Wire(settle=lambda: order.append(next_mark()))

    RecordingHttpClient(Canned(Response(200, "{}")), wire).request("GET", URL)

    [settled], [exchange] = order, wire
    assert settled < exchange.began
    assert exchange.thread == threading.get_ident()
