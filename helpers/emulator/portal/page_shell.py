"""Page of the portal: its HTML, its script and sheet under a hash, and the policy that keeps it to those."""

from __future__ import annotations

from base64 import b64encode
from functools import cache
from hashlib import sha256
from html import escape

from starlette.responses import HTMLResponse, Response

from ..display.assets import script, styles
from .page_paths import PORTAL

__all__ = ["page", "resource", "sign_in_page"]

# Before the first paint, so that no other theme flashes: the reader's choice, or that of the page around the frame.
# static/core/theme.js stores the one, and cell/portal_frame.js tells the other.
_THEME = (
    '{let t;try{t=localStorage.getItem("taskrouter-theme")}catch{}'
    "if(!/^(light|dark)$/.test(t))t=/^taskrouter-(light|dark)$/.exec(name)?.[1];"
    "if(t)document.documentElement.dataset.theme=t}"
)

_ICON = (
    "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E"
    "%3Ccircle cx='8' cy='8' r='5' fill='%230a58b0'/%3E%3C/svg%3E"
)

_SHELL = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{title}</title>
<script>{theme}</script>
<link rel="stylesheet" href="{sheet}">
{more}<link rel="icon" href="{icon}">
</head>
<body>
{body}
</body>
</html>
"""

_NO_SCRIPT = "<noscript>The portal needs JavaScript, which is turned off in this browser.</noscript>"

_FORM = """<main class="tr tr-sign-in">
<form method="post" action="/portal/sign-in">
<h1>TaskRouter emulator</h1>
<p>{why} Account SID and Auth Token are in the line it printed when it started.</p>
{refusal}<input type="hidden" name="next" value="{next}">
<label>Account SID <input class="tr-input tr-mono" name="account_sid" autocomplete="username" spellcheck="false"
required {focus_sid}value="{account_sid}"></label>
<label>Auth Token <input class="tr-input" name="auth_token" type="password" autocomplete="current-password"
required{focus_token}></label>
<button class="tr-button" data-kind="main">Sign in</button>
</form>
</main>"""

_POLICY = (
    "default-src 'none'; script-src 'self' 'sha256-{theme}'; style-src 'self'; connect-src 'self'; "
    "img-src 'self' data:; base-uri 'none'; form-action {forms}; "
    "frame-ancestors 'self' http://localhost:* http://127.0.0.1:*; require-trusted-types-for 'script'"
)
"""Content security policy: nothing but this server's own script and sheet, framed by pages of this machine only."""

_HEADERS = {
    "cache-control": "no-store",
    "referrer-policy": "same-origin",
    "vary": "Accept, Cookie",
    "x-content-type-options": "nosniff",
}


def page() -> Response:
    """Return the page that draws the portal, whatever its path is."""
    module = f'<script type="module" src="{_address("portal.js")}"></script>\n'
    return _html("TaskRouter emulator", f'<div id="portal" class="tr tr-portal"></div>\n{_NO_SCRIPT}', more=module)


def sign_in_page(next_path: str, *, is_open: bool, account_sid: str = "", refused: bool = False) -> Response:
    """Return the page that asks for Account SID and Auth Token, and leads to ``next_path``.

    Args:
        is_open: the network reaches the server, so that nobody sees anything unasked.
        account_sid: what was typed before.
        refused: say that no account is known by what was typed.
    """
    why = (
        ("This emulator is open to the network, so you have to sign in.")
        if is_open
        else "Sign in to see another account."
    )
    refusal = '<p role="alert">No account has this Account SID and Auth Token.</p>\n' if refused else ""
    form = _FORM.format(
        why=why,
        refusal=refusal,
        next=escape(next_path),
        account_sid=escape(account_sid),
        focus_sid="" if refused else "autofocus ",
        focus_token=" autofocus" if refused else "",
    )
    return _html("Sign in · TaskRouter emulator", form, status=403, forms="'self'")


def resource(digest: str, name: str) -> Response | None:
    """Return the script or the sheet that a page loads; None if this server has no such file, or another one of it."""
    if name not in _RESOURCES or digest != _digest(name):
        return None
    headers = {
        "cache-control": "public, max-age=31536000, immutable",
        "cross-origin-resource-policy": "same-origin",
        "x-content-type-options": "nosniff",
    }
    return Response(_text(name), media_type=_RESOURCES[name], headers=headers)


_RESOURCES = {"portal.js": "text/javascript", "portal.css": "text/css"}


@cache
def _text(name: str) -> bytes:
    return (script("portal") if name == "portal.js" else styles()).encode()


@cache
def _digest(name: str) -> str:
    return sha256(_text(name)).hexdigest()[:16]


def _address(name: str) -> str:
    return f"{PORTAL}{_digest(name)}/{name}"


def _html(title: str, body: str, *, status: int = 200, more: str = "", forms: str = "'none'") -> Response:
    theme = b64encode(sha256(_THEME.encode()).digest()).decode()
    text = _SHELL.format(title=title, theme=_THEME, sheet=_address("portal.css"), more=more, icon=_ICON, body=body)
    policy = {"content-security-policy": _POLICY.format(theme=theme, forms=forms)}
    return HTMLResponse(text, status, headers=_HEADERS | policy)
