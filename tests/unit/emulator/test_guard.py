"""Learners' own requests get in; pages of other sites do not."""

from __future__ import annotations

import pytest

from helpers.emulator.guard import Guard, RequestSource

OWN = Guard("this server", "its own address")
OPEN = Guard("this server", "its own address", ["Desk.local"], any_address=True)

LOCAL = "127.0.0.1:8700"


@pytest.mark.parametrize("host", ["127.0.0.1:8700", "localhost", "LOCALHOST:1", "[::1]:8700", "127.1.2.3", ""])
def test_this_machine_gets_in(host):
    """A Host header that names this machine is let through; only programs leave it out."""
    assert OWN.refusal(RequestSource(host)) is None


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example:80", "10.0.0.1", "[2001:db8::1]:80", "x:y:z"])
def test_rebound_names_stay_out(host):
    """A name that somebody made point here is turned away, and the refusal says which."""
    assert "is not this server" in (OWN.refusal(RequestSource(host)) or "")


@pytest.mark.parametrize(("host", "gets_in"), [("10.0.0.1:80", True), ("desk.LOCAL", True), ("evil.example", False)])
def test_open_server_answers_to_addresses_and_names_it_was_given(host, gets_in):
    """An address cannot be rebound; a made-up name can, also where the network reaches the server."""
    assert (OPEN.refusal(RequestSource(host)) is None) is gets_in


@pytest.mark.parametrize(
    "visit",
    [
        RequestSource(LOCAL),  # curl, requests, TaskRouter
        RequestSource(LOCAL, fetch_site="none"),  # the address bar, a bookmark
        RequestSource(LOCAL, origin=f"http://{LOCAL}", fetch_site="same-origin"),  # a form of the server's own page
        RequestSource(LOCAL, referer=f"http://{LOCAL}/", fetch_site="same-origin"),  # a link on it
        RequestSource(LOCAL, referer="http://localhost:8888/", fetch_site="cross-site"),  # a link in JupyterLab
        RequestSource("localhost:8700", fetch_site="same-site"),  # an image in JupyterLab that hides where it stands
        RequestSource("desk.local", origin="http://desk.local:3000", fetch_site="same-site"),
    ],
)
def test_own_requests_get_in(visit):
    """Programs, the address bar, and pages of this machine."""
    assert OPEN.refusal(visit) is None


@pytest.mark.parametrize(
    "visit",
    [
        RequestSource(LOCAL, origin="http://evil.example", fetch_site="cross-site"),  # a form
        RequestSource(LOCAL, referer="https://evil.example/page", fetch_site="cross-site"),  # an image
        RequestSource(LOCAL, fetch_site="cross-site"),  # an image that hides where it stands
        RequestSource(LOCAL, origin="null", fetch_site="cross-site"),  # a sandboxed frame
        RequestSource(LOCAL, origin="http://evil.example"),  # a browser without Fetch metadata
        RequestSource(LOCAL, origin="http://127.0.0.1.evil.example"),
        RequestSource(LOCAL, origin="http://127.0.0.1@evil.example"),
        RequestSource(LOCAL, origin="http://["),
        RequestSource("desk.local", fetch_site="same-site"),  # another's page on a host of the same site
        RequestSource("10.0.0.1", origin="http://6.6.6.6", fetch_site="cross-site"),  # an address, but not this one
    ],
)
def test_pages_of_others_stay_out(visit):
    """Whatever such a page sends, the refusal says what a learner can do instead."""
    assert "curl" in (OPEN.refusal(visit) or "")


def test_links_may_lead_to_what_only_shows():
    """A page of another site may link to a harmless page, but not by a name of its own."""
    assert (
        OWN.refusal(RequestSource(LOCAL, referer="https://a.example/", fetch_site="cross-site"), harmless=True) is None
    )
    assert OWN.refusal(RequestSource("evil.example"), harmless=True)
