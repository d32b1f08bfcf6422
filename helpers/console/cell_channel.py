"""Channel from the portal's views in a cell to the kernel: calls, made with the learner's client, and questions."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import requests

from helpers.console.kernel_side import Kernel, MessageSource
from helpers.console.messages import Message
from helpers.emulator.sdk.http_client import EmulatorGone
from helpers.output.error_text import describe_error

__all__ = ["answer"]

_API = "https://taskrouter.twilio.com"
_ADVANCE = "/_emulator/clock/advance"


def answer(kernel: Kernel, source: MessageSource, asked: Mapping[str, Any]) -> Message:
    """Do what a page asks for, and return the answer: never an exception, because a page has no place for one.

    Args:
        asked: ``verb`` is "call", with ``method``, ``path``, ``form`` and ``headers``, or "ask", with ``question``.

    Returns:
        ``status``, ``body`` and ``headers`` of a call, the ``answer`` to a question, or ``lost``, a sentence.
    """
    try:
        if asked.get("verb") == "ask":
            return {"answer": source.ask(asked["question"])}
        return _call(kernel, source, str(asked["method"]), str(asked["path"]), asked)
    except (EmulatorGone, requests.RequestException) as error:
        return {"lost": describe_error(error)}
    except Exception as error:
        if asked.get("verb") == "ask":
            return {"answer": {"error": {"message": describe_error(error)}}}
        return {"status": 400, "headers": {}, "body": {"message": describe_error(error), "status": 400}}


def _call(kernel: Kernel, source: MessageSource, method: str, path: str, asked: Mapping[str, Any]) -> Message:
    form, headers = asked.get("form") or {}, asked.get("headers") or {}
    if path.startswith("/portal/"):
        return _reply(*source.inspect(method, path, form))
    if path == _ADVANCE:
        kernel.advance(float(form["seconds"]))  # as a cell does it, so that the wire knows of the pause
        return _reply(200, None)
    if path.startswith("/_emulator/"):
        answered = kernel.administer(method, path, form)
        return _reply(answered.status_code, _read(answered.text), answered.headers)
    client = kernel.make_onlooker() if method == "GET" else kernel.client  # who only looks leaves no trace
    response = client.request(method, _API + path, data=form, headers=dict(headers))
    return _reply(response.status_code, _read(response.text), response.headers or {})


def _reply(status: int, body: object, headers: Mapping[str, str] | None = None) -> Message:
    return {"status": status, "body": body, "headers": {name.lower(): value for name, value in (headers or {}).items()}}


def _read(text: str) -> object:
    try:
        return json.loads(text)
    except ValueError:
        return text or None
