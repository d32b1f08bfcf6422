"""A probe tells what happens to a callback on the way."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

import pytest
import requests

from helpers.callbacks.outside import probe as probes
from helpers.callbacks.outside.probe import PublicProbe
from helpers.errors.tunnel_errors import NotReached
from helpers.ground.message import Request
from tests.unit.callbacks.conftest import AUTH_TOKEN
from tests.unit.callbacks.outside.conftest import PUBLIC_URL


class Answer:
    """A response, as far as a probe reads it."""

    def __init__(self, status, headers):
        self.status_code, self.headers = status, headers

    def __enter__(self):
        return self

    def __exit__(self, *error):
        pass


@pytest.fixture
def way(monkeypatch):
    """The way from the public URL to here: what it does with a request, which it gets as it was sent."""
    monkeypatch.setattr(probes, "LIMIT_SECONDS", 0)

    def lead(do):
        def post(url, body, *, headers, **more):
            assert not more["allow_redirects"]
            target = urlsplit(url).path.removeprefix(urlsplit(PUBLIC_URL).path)
            return do(Request("POST", target, headers, body, public_url=PUBLIC_URL))

        monkeypatch.setattr(requests, "post", post)

    return lead


def run(probe):
    """The sentence about what came back, None if the probe got through."""
    try:
        probe.run(lambda status, headers: headers.get("Known"))
    except NotReached as error:
        return error.came_back
    return None


def test_probe_that_gets_through(way):
    """It arrives as it was sent, and its reply comes back."""
    probe = PublicProbe(PUBLIC_URL, AUTH_TOKEN)
    way(lambda request: probe.receive(request) and Answer(204, {}))

    assert run(probe) is None


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        (Answer(200, {}), "The response had status 200."),
        (Answer(302, {}), "The response had status 302."),
        (Answer(204, {}), "The response had status 204."),
        (Answer(404, {"Known": "The tunnel is offline."}), "The tunnel is offline."),
    ],
)
def test_somebody_else_answers(way, answer, says):
    """Whatever the status is, it didn't arrive here; the tunnel may know the response."""
    way(lambda request: answer)

    assert run(PublicProbe(PUBLIC_URL, AUTH_TOKEN)) == says


def test_reply_that_is_lost_on_the_way_back(way):
    """TaskRouter wouldn't get the instruction, so arriving alone isn't enough."""
    probe = PublicProbe(PUBLIC_URL, AUTH_TOKEN)
    way(lambda request: probe.receive(request) and Answer(502, {}))

    assert run(probe) == "The response had status 502."


@pytest.mark.parametrize(
    "change",
    [
        {"target": "/x/assignment_callback"},
        {"method": "PUT"},
        {"headers": {"Content-Type": "application/x-www-form-urlencoded"}},
    ],
    ids=str,
)
def test_request_that_is_changed_on_the_way(way, change):
    """The probe says as what it came; nobody has to look for it among the refused ones."""
    probe = PublicProbe(PUBLIC_URL, AUTH_TOKEN)

    def pass_on(request):
        given = {"method": request.method, "target": request.target, "headers": request.headers} | change
        assert probe.receive(Request(**given, raw=request.raw, public_url=PUBLIC_URL))
        return Answer(204, {})

    way(pass_on)

    assert re.match(r"It arrived here as (POST|PUT) \S*/assignment_callback, not as it was sent", run(probe))


def test_nobody_answers(way):
    """The kind of the error alone: its text can hold a proxy's password."""

    def refuse(request):
        raise requests.exceptions.ProxyError("http://me:secret@proxy")

    way(refuse)

    assert run(PublicProbe(PUBLIC_URL, AUTH_TOKEN)) == "Nothing responded there (ProxyError)."


def test_it_is_sent_again_for_a_while(way, monkeypatch):
    """A new public URL can take a moment."""
    monkeypatch.setattr(probes, "LIMIT_SECONDS", 60)
    monkeypatch.setattr(probes, "_PAUSE_SECONDS", 0.01)
    probe, answers = PublicProbe(PUBLIC_URL, AUTH_TOKEN), [Answer(404, {}), Answer(502, {})]
    way(lambda request: answers.pop() if answers else probe.receive(request) and Answer(204, {}))

    assert run(probe) is None
    assert answers == []


def test_other_requests_are_no_probe(outside):
    """While one is on its way, callbacks are answered and strangers refused; a probe of before is a stranger."""
    before = PublicProbe(PUBLIC_URL, AUTH_TOKEN)
    reception = outside.listener._outside.reception
    reception.probe = PublicProbe(PUBLIC_URL, AUTH_TOKEN)

    assert outside.call_back(f"{PUBLIC_URL}/assignment_callback", "/assignment_callback").status == 200
    assert outside.send("POST", "/assignment_callback", before.body).status == 404
    assert outside.send("POST", "/assignment_callback", b"").status == 404
    assert len(outside.listener.inbox) == 3
