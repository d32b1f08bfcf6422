"""What the SDK sent and got, and the same as a curl line."""

from __future__ import annotations

import shlex

import pytest

from helpers.emulator.display.views.wire_view import curl_line
from helpers.show import show_wire


def test_exchange_is_shown_in_full(exchange):
    """Sent, got and the curl line, with JSON indented."""
    words = str(show_wire([exchange()]))

    assert "Sent\n  Attributes  {\n" in words
    assert 'Got\n  {\n    "sid": "WT1",\n' in words
    assert "As curl\n  curl" in words


def test_curl_line_runs_with_the_token_of_the_environment(exchange):
    """A POSIX shell reads back exactly what the SDK sent; the token is only named."""
    given = exchange(parameters=(("Attributes", '{"name": "O\'Neil $HOME"}'),))

    words = shlex.split(curl_line(given).replace("\\\n", ""))

    assert words == [
        "curl",
        f"$TASKROUTER_BASE{given.path}",
        "--data-urlencode",
        'Attributes={"name": "O\'Neil $HOME"}',
        "-u",
        f"{given.account_sid}:$TWILIO_AUTH_TOKEN",
    ]


@pytest.mark.parametrize(
    ("method", "parameters", "start"),
    [
        ("GET", (("PageSize", "50"),), 'curl -G "'),
        ("GET", (), 'curl "'),
        ("POST", (), 'curl -X POST "'),
        ("DELETE", (), 'curl -X DELETE "'),
    ],
)
def test_curl_uses_the_same_method(exchange, method, parameters, start):
    """Only what curl would not do by itself is written."""
    assert curl_line(exchange(method=method, parameters=parameters)).startswith(start)


def test_curl_keeps_the_query_of_a_next_page(exchange):
    """The pages after the first carry their parameters in the URL, where a shell must not expand them."""
    line = curl_line(exchange(method="GET", parameters=(), url="https://taskrouter.twilio.com/v1/W?a=1&b=$x`y`"))

    assert '"$TASKROUTER_BASE/v1/W?a=1&b=\\$x\\`y\\`"' in line


def test_errors_and_missing_answers_are_named_in_the_list(exchange):
    """An error shows Twilio's code; no answer is called so."""
    refused = exchange(status=400, body='{"code": 20001, "status": 400}')
    lost = exchange(2, status=0, body="")

    lines = str(show_wire([refused, lost])).splitlines()

    assert lines[3].endswith("no response")
    assert lines[4].endswith("400          error 20001")


def test_wire_is_bounded(exchange):
    """Fifty of a hundred are listed, three in full."""
    words = str(show_wire(exchange(number) for number in range(1, 101)))

    assert "… and 50 more" in words
    assert words.count("As curl") == 3


def test_nothing_sent_yet_has_words():
    """An empty wire says so."""
    assert str(show_wire([])) == "No requests yet. The SDK hasn't sent any."
