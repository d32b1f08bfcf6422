"""A public URL that a tunnel of one's own leads here."""

from __future__ import annotations

import pytest

from helpers.ground.own_tunnel import OwnTunnel, find_fault


@pytest.mark.parametrize(
    "public_url",
    [
        "https://hub.example/user/x/proxy/8000",
        "https://example.com",
        "https://example.com:8443/a%20b",
        "https://xn--bcher-kva.example",
        "https://[2001:db8::1]:8443",
        "https://twilio.com.example.org",
    ],
)
def test_public_url_is_good(public_url):
    """What tunnels and proxies show is taken as it is."""
    assert find_fault(public_url) is None


@pytest.mark.parametrize(
    ("public_url", "says"),
    [
        ("http://example.com", "https://"),
        ("example.com", "https://"),
        ("", "https://"),
        ("ftp://example.com", "https://"),
        ("https://", "no host"),
        ("https:///path", "no host"),
        ("https://:8000", "no host"),
        ("https://me@example.com", "user"),
        ("https://me:secret@example.com", "user"),
        ("https://example.com?a=1", "query"),
        ("https://example.com?", "query"),
        ("https://example.com/a#", "fragment"),
        ("https://example.com/", "https://example.com"),
        ("https://example.com/a//", "https://example.com/a"),
        (" https://example.com", "has"),
        ("https://exam ple.com", "has"),
        ("https://example.com\n", "has"),
        ("https://example.com\x00", "has"),
        ("https://localhost:8000", "this machine"),
        ("https://a.localhost", "this machine"),
        ("https://127.1.2.3", "this machine"),
        ("https://[::1]:8000", "this machine"),
        ("https://0.0.0.0", "this machine"),
        ("https://taskrouter.twilio.com", "Twilio's own"),
        ("https://TWILIO.com.", "Twilio's own"),
        ("https://example.com:port", "a URL"),
        ("https://[", "a URL"),
    ],
)
def test_fault_of_a_public_url_is_told(public_url, says):
    """Each wrong URL has its own sentence, which never quotes a password."""
    told = find_fault(public_url)

    assert says in told
    assert "secret" not in told


def test_own_tunnel_leads_here_until_it_is_closed():
    """Its URL counts while the listener wants it; nothing here can tell how it is."""
    tunnel = OwnTunnel("https://example.com", 8000)
    assert tunnel.public_url is None

    assert tunnel.open("http://127.0.0.1:8000") == tunnel.public_url == "https://example.com"
    assert (tunnel.trouble(), tunnel.inspector_url, tunnel.explain(502, {})) == (None, None, None)

    assert not tunnel.lose()
    tunnel.close()
    assert tunnel.public_url is None
