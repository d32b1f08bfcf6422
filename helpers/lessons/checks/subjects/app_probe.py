"""Requests of a check to the learner's application, and a sentence for each way in which it can fail to respond."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from typing import Any

import requests
from twilio.request_validator import RequestValidator

from helpers.callbacks.decision import REPLY_LIMIT_SECONDS
from helpers.emulator.display.safe_text import clip
from helpers.emulator.display.value_kinds import kind
from helpers.lessons.checks.answers import take_sentences
from helpers.lessons.checks.verdict import NotJudged, NotYet
from helpers.webapp import app_file
from helpers.webapp.own_app import OwnApp, last_lines

__all__ = ["AppProbe", "read_json", "refuse_unused"]

_LONGEST_SECONDS = 8.0
"""Time limit of a request: longer than TaskRouter's, so that a slow reply can be told from none."""

_CORRECT = "Correct that line, run the cell that wrote it, and run this one again."
_READ_HEADER = "A request can come without this header: read it with `request.headers.get`."


def refuse_unused(function: str) -> None:
    """Raise an error if the learner's file has this function, but three dots in it, or nothing that calls it.

    Raises:
        NotJudged: it has three dots in place of its body.
        NotYet: nothing calls it.
        AppMissing: there is no file.
    """
    try:
        tree = ast.parse(app_file.read())
    except SyntaxError:
        return  # the application, which may be an older one, is what is judged
    named = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and node.name == function:
            if _is_blank(node):
                raise NotJudged(f"`{function}` still does nothing.", "Write your lines into it.")
            if not node.decorator_list and function not in named:
                raise NotYet(f"Nothing calls `{function}`.", "Write `@app.before_request` above its `def`.")


def _is_blank(node: ast.FunctionDef) -> bool:
    return len(node.body) == 1 and ast.unparse(node.body[0]) in ("...", "pass")


class AppProbe:
    """Client of the learner's application.

    Args:
        app: what ``run_app()`` returned, or the address of one that runs in a terminal.

    Raises:
        NotYet: it is something else.
        AppStopped: it doesn't run.
    """

    def __init__(self, app: object) -> None:
        self._app = app if isinstance(app, OwnApp) else None
        if isinstance(app, OwnApp):
            self._url = app.url
        elif isinstance(app, str) and app.startswith(("http://", "https://")):
            self._url = app.rstrip("/")
        else:
            wanted = "Pass what `run_app()` returned, or the app's address in quotes if it runs in a terminal."
            raise NotYet(f"`app` is {kind(app)}.", wanted)

    def url(self, path: str) -> str:
        """Return the whole address of a path."""
        return self._url + path

    def sign(self, path: str, parameters: Mapping[str, str], auth_token: str) -> dict[str, str]:
        """Return the header with the signature that TaskRouter would send."""
        signature = RequestValidator(auth_token).compute_signature(self.url(path), dict(parameters))
        return {"X-Twilio-Signature": signature}

    def ask(self, method: str, path: str, data: Mapping[str, str], headers: Mapping[str, str] | None = None) -> Any:
        """Send a request to a route that has to be there; return the response, which isn't a failure.

        Raises:
            NotYet: as for ``send``, or there is no such route, or it takes another method.
            NotJudged: nobody responds.
        """
        response = self.send(method, path, data, headers)
        if response.status_code == 404:
            raise NotYet(f"Your app has no route `{path}`: it responds with 404.", f'Write `@app.route("{path}", …)`.')
        if response.status_code == 405:
            raise NotYet(f"`{path}` doesn't take {method}: it responds with 405.", f'Write `methods=[…, "{method}"]`.')
        return response

    def send(self, method: str, path: str, data: Mapping[str, str], headers: Mapping[str, str] | None = None) -> Any:
        """Send a request and return the response, which took less time than TaskRouter allows.

        Raises:
            NotYet: it took longer, or the application failed.
            NotJudged: nobody responds.
        """
        try:
            with requests.Session() as session:
                session.trust_env = False  # a proxy can't reach this machine's own server
                body = {"params": data} if method == "GET" else {"data": data}
                response = session.request(
                    method,
                    self.url(path),
                    **body,  # type: ignore[arg-type]
                    headers=headers,
                    timeout=_LONGEST_SECONDS,
                    allow_redirects=False,
                )
        except requests.Timeout:
            raise self._too_slow(path, f"more than {_LONGEST_SECONDS:g} s") from None
        except requests.ConnectionError:
            raise NotJudged(
                f"Nothing responds at the address of your app{self._log()}.", "Start it again with `app = run_app()`."
            ) from None
        took = response.elapsed.total_seconds()
        if took > REPLY_LIMIT_SECONDS:
            raise self._too_slow(path, f"{took:.0f} s")
        if response.status_code >= 500:
            log = self._log()
            raise NotYet(
                f"`{path}` stopped with an error, and your app responded with {response.status_code}{log}.",
                _READ_HEADER
                if "KeyError: 'HTTP_" in log
                else "Correct that line, run its cell, and run this one again.",
            )
        return response

    def _too_slow(self, path: str, took: str) -> NotYet:
        return NotYet(
            f"`{path}` took {took} to respond. TaskRouter waits {REPLY_LIMIT_SECONDS:g} s, then it calls the fallback "
            "URL or cancels the Reservation.",
            "Respond first, and do slow work afterwards.",
        )

    def _log(self) -> str:
        """Return the end of the application's log as part of a sentence; empty if it runs elsewhere or is silent."""
        told = "" if self._app is None else last_lines(self._app.log())
        first = take_sentences(" ".join(clip(told, 300).split()), 1).rstrip(".")
        return f". Its log says: {first}" if first else ""


def read_json(path: str, response: requests.Response) -> Any:
    """Return the JSON of a response.

    Raises:
        NotYet: it has another content type, or isn't JSON.
    """
    content_type = response.headers.get("Content-Type", "").partition(";")[0]
    if content_type != "application/json":
        raise NotYet(
            f"`{path}` responds with {content_type or 'no content type'}, and TaskRouter reads only application/json.",
            "Return a dictionary: Flask turns it into JSON.",
        )
    try:
        return response.json()
    except ValueError:
        if not response.content:
            return {}  # as Twilio's own page replies: nothing means later
        raise NotYet(f"`{path}` says that its response is JSON, but it isn't.", "Return a dictionary.") from None
