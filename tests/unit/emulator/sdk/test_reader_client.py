"""A client that reads sends GET requests alone, and waits where it is told to."""

from __future__ import annotations

import pytest
from twilio.http import HttpClient
from twilio.http.http_client import TwilioHttpClient
from twilio.http.response import Response
from twilio.rest import Client

from helpers.emulator.emulator_errors import OnlyReads
from helpers.emulator.sdk.reader_client import ReadOnlyHttpClient, make_reader, patient_transport


class Noting(HttpClient):
    """Notes methods, and answers an empty Workspace."""

    def __init__(self):
        self.methods = []

    def request(self, method, *args, **arguments):
        """Note the method."""
        self.methods.append(method)
        return Response(200, "{}")


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "delete", "HEAD"])
def test_nothing_but_get_is_sent(method):
    """The error says which method it was."""
    inner = Noting()
    with pytest.raises(OnlyReads, match=f"this is a {method.upper()}"):
        ReadOnlyHttpClient(inner).request(method, "https://taskrouter.twilio.com/v1/Workspaces")

    assert ReadOnlyHttpClient(inner).request("get", "https://taskrouter.twilio.com/v1/Workspaces").status_code == 200
    assert inner.methods == ["get"]


def test_reader_is_the_same_clients_for_reading():
    """Account, region and edge are the client's, and the client stays as it was."""
    inner = Noting()
    client = Client("AC1", "token", account_sid="AC2", region="ie1", edge="dublin", http_client=inner)
    reader = make_reader(client)

    assert (reader.username, reader.password, reader.account_sid) == ("AC1", "token", "AC2")
    assert (reader.region, reader.edge) == ("ie1", "dublin")
    assert client.http_client is inner
    reader.taskrouter.v1.workspaces("WS1").fetch()
    with pytest.raises(OnlyReads):
        reader.taskrouter.v1.workspaces("WS1").delete()
    assert inner.methods == ["GET"]


def test_transport_of_the_sdk_becomes_patient():
    """It tries again after a 429, a 503 or no answer; proxy and timeout stay."""
    like = TwilioHttpClient(timeout=7, proxy={"https": "http://127.0.0.1:9"})
    patient = patient_transport(like)
    rule = patient.session.get_adapter("https://taskrouter.twilio.com").max_retries

    assert (patient.timeout, patient.proxy) == (7, {"https": "http://127.0.0.1:9"})
    assert (rule.connect, rule.read) == (2, 2)
    assert [rule.is_retry("GET", status) for status in (429, 503, 404)] == [True, True, False]
    assert not any(rule.is_retry("POST", status) for status in (429, 503))


@pytest.mark.parametrize(("times", "is_kept"), [(None, False), (3, True)])
def test_patient_transport_stays(times, is_kept):
    """A transport with a rule of its own keeps it."""
    transport = TwilioHttpClient(max_retries=times)
    reader = make_reader(Client("AC1", "token", http_client=transport))

    assert (reader.http_client._inner is transport) == is_kept
