"""A request of `requests` reaches an application of this process as a web server would pass it on."""

from __future__ import annotations

from typing import Any

import pytest
import requests

from helpers.emulator.sdk.asgi_exchange import AsgiResponse, exchange


def asked(method: str, url: str, **more: Any) -> tuple[dict[str, Any], bytes]:
    """The scope and the body that an application gets."""
    seen: list[Any] = []

    async def app(scope, receive, send):
        seen.extend((scope, (await receive())["body"]))
        await send({"type": "http.response.start", "status": 204, "headers": []})
        await send({"type": "http.response.body"})

    exchange(app, requests.Session().prepare_request(requests.Request(method, url, **more)))
    return seen[0], seen[1]


@pytest.mark.parametrize(
    ("url", "path", "raw_path", "query", "server"),
    [
        ("http://127.0.0.1:8700/a?b=c%20d&e", "/a", b"/a", b"b=c%20d&e", ("127.0.0.1", 8700)),
        ("http://localhost", "/", b"/", b"", ("localhost", 80)),
        ("https://localhost/a%2Fb/ö", "/a/b/ö", b"/a%2Fb/%C3%B6", b"", ("localhost", 443)),
        ("http://[::1]:8700/a%3Fb", "/a?b", b"/a%3Fb", b"", ("::1", 8700)),
    ],
)
def test_url_arrives_in_its_parts(url, path, raw_path, query, server):
    """The path is decoded once, the query never."""
    scope, _ = asked("GET", url)

    assert (scope["path"], scope["raw_path"], scope["query_string"], scope["server"]) == (path, raw_path, query, server)


def test_headers_arrive_in_lower_case_with_a_host():
    """The host comes from the URL, unless another one is sent."""
    scope, body = asked("POST", "http://127.0.0.1:8700/", data={"Ä": "1"}, auth=("user", "word"))
    named, _ = asked("GET", "http://127.0.0.1:8700/", headers={"host": "taskrouter.test"})
    headers = dict(scope["headers"])

    assert scope["headers"][0] == (b"host", b"127.0.0.1:8700")
    assert headers[b"content-length"] == b"8"
    assert headers[b"authorization"] == b"Basic dXNlcjp3b3Jk"
    assert body == b"%C3%84=1"
    assert [value for name, value in named["headers"] if name == b"host"] == [b"taskrouter.test"]


def test_response_is_put_together():
    """A body in pieces is one body, and a header that comes twice is one, as `requests` reads it from a socket."""

    async def app(scope, receive, send):
        await send({"type": "http.response.start", "status": 200, "headers": [(b"x-a", b"1"), (b"x-a", b"2")]})
        await send({"type": "http.response.body", "body": b"one ", "more_body": True})
        await send({"type": "http.response.body", "body": b"two"})

    prepared = requests.Session().prepare_request(requests.Request("GET", "http://127.0.0.1/"))

    assert exchange(app, prepared) == AsgiResponse(200, {"x-a": "1, 2"}, b"one two")
