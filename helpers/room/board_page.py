"""Page of a board: its HTML, its scripts and sheets under a hash, and the policy that keeps it to those."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from html import escape
from importlib.resources import files

from starlette.responses import HTMLResponse, PlainTextResponse, Response

__all__ = ["page", "refusal_page", "resource"]

_SCRIPT, _SHEET = "room/page/room_board.js", "room/page/room_board.css"
_TOKENS = "emulator/display/static/components/tokens.css"

_RESOURCES = {
    _SCRIPT: "text/javascript",
    _SHEET: "text/css",
    _TOKENS: "text/css",
    "emulator/display/static/vendor/preact.js": "text/javascript",
}
"""Files of ``helpers`` that a page loads, by the paths in which their imports name each other."""

_PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Room board</title>
<link rel="stylesheet" href="{assets}/{tokens}">
<link rel="stylesheet" href="{assets}/{sheet}">
<link rel="icon" href="data:,">
<script type="module" src="{assets}/{script}"></script>
</head>
<body class="tr">
<div id="board" data-feed="{feed}" data-line="{line}" data-last="{last}"></div>
<noscript>The board needs JavaScript, which is turned off in this browser.</noscript>
</body>
</html>
"""

_HEADERS = {
    "cache-control": "no-store",
    "referrer-policy": "no-referrer",  # the page's own address has the room code
    "x-content-type-options": "nosniff",
}

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'"
)


def page(base: str, feed: str, line: str, last_lesson: int) -> Response:
    """Return the page.

    Args:
        base: path of the board.
        feed: path of its counts, with the room code.
        line: line that learners type.
        last_lesson: number of the last lesson, for `catch_up`.
    """
    text = _PAGE.format(
        assets=escape(f"{base}/{_digest()}"),
        tokens=_TOKENS,
        sheet=_SHEET,
        script=_SCRIPT,
        feed=escape(feed),
        line=escape(line),
        last=last_lesson,
    )
    return HTMLResponse(text, headers=_HEADERS | {"content-security-policy": _POLICY})


def refusal_page(status: int, sentence: str) -> Response:
    """Return a response that has nothing but a sentence."""
    return PlainTextResponse(f"{sentence}\n", status, headers=_HEADERS)


def resource(digest: str, name: str) -> Response | None:
    """Return a script or a sheet; None if a page doesn't load such a file, or not this edition of it."""
    if digest != _digest() or name not in _RESOURCES:
        return None
    headers = {
        "cache-control": "public, max-age=31536000, immutable",
        "cross-origin-resource-policy": "same-origin",
        "x-content-type-options": "nosniff",
    }
    return Response(_text(name), media_type=_RESOURCES[name], headers=headers)


@cache
def _text(name: str) -> str:
    return files("helpers").joinpath(*name.split("/")).read_text(encoding="utf-8")


@cache
def _digest() -> str:
    return sha256("".join(map(_text, _RESOURCES)).encode()).hexdigest()[:16]
