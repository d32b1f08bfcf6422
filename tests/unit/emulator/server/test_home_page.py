"""The page at the emulator's root."""

from __future__ import annotations

import re
from typing import Any

from helpers.emulator.server.administration.admin_routes import admin_routes
from helpers.emulator.server.administration.home_page import home


def test_every_own_route_is_listed():
    """None is missing, and none is listed that isn't there."""
    controls: Any = None  # no route is called
    own = next(each for each in admin_routes(controls) if each.path == "/_emulator")
    routes = {(method, "/_emulator" + spell(each.path)) for each in own.routes for method in each.methods - {"HEAD"}}

    assert set(re.findall(r"<td>([A-Z]+)</td><td><code>([^<]+)</code>", page())) == routes


def test_page_tells_how_to_reach_this_server():
    """With its own address."""
    assert 'EmulatorHttpClient("http://127.0.0.1:8700")' in page()
    assert "curl http://127.0.0.1:8700/v1/Workspaces" in page()


def page() -> str:
    """The page, as a browser gets it."""
    request: Any = type("Request", (), {"base_url": "http://127.0.0.1:8700/"})
    return bytes(home("running", request).body).decode()


def spell(path: str) -> str:
    """A path with its parameters as the page spells them."""
    return re.sub(r"\{(\w+)[^}]*\}", lambda found: found[1].upper(), path)
