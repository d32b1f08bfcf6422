"""Each tunnel's own responses are told in one sentence, and nothing is told of those that nobody knows."""

from __future__ import annotations

import pytest

from helpers.ground.edge_responses import explain_response
from helpers.ground.own_tunnel import OwnTunnel


@pytest.mark.parametrize(
    ("status", "headers", "words"),
    [
        (404, {"ngrok-error-code": "ERR_NGROK_3200"}, "offline: no tunnel uses it now (ERR_NGROK_3200)"),
        (502, {"Ngrok-Error-Code": "ERR_NGROK_8012"}, "nothing responds at the port behind it"),
        (502, {"Ngrok-Error-Code": "ERR_NGROK_3004"}, "isn't complete HTTP"),
        (200, {"Ngrok-Error-Code": "ERR_NGROK_6024"}, "warning page, which only browsers get"),
        (429, {"Ngrok-Error-Code": "ERR_NGROK_702"}, "ngrok responded instead of the listener (ERR_NGROK_702)"),
        (530, {"Server": "cloudflare"}, "no cloudflared uses it now (status 530)"),
        (502, {"server": "cloudflare"}, "cloudflared gets no response from the port behind it"),
        (302, {"Location": "https://github.com/login?a=secret"}, "to github.com (status 302)"),
        (302, {"location": "/login"}, "to another page"),
        (401, {}, "The tunnel requires a login (status 401)"),
    ],
)
def test_own_response_is_told(status, headers, words):
    """With the code or status by which more can be found."""
    told = explain_response(status, headers)

    assert words in told
    assert "secret" not in told


@pytest.mark.parametrize(("status", "headers"), [(204, {}), (404, {}), (502, {"Server": "nginx"}), (304, {})])
def test_unknown_response_is_not_explained(status, headers):
    """The caller then says what it saw."""
    assert explain_response(status, headers) is None


def test_tunnel_of_ones_own_is_explained_too():
    """Whichever it is, by what its responses say."""
    assert "cloudflared" in OwnTunnel("https://example.com", 8000).explain(530, {"Server": "cloudflare"})
