"""Headers, encodings and failures: what every answer has in common."""

from __future__ import annotations

import sqlite3

import pytest
from twilio.rest.taskrouter.v1.workspace import WorkspaceContext

from helpers.emulator.emulator import Emulator


def test_headers_are_as_recorded(ask) -> None:
    """The type is JSON in UTF-8; request number, rate and access headers are there."""
    answer = ask("GET", "/v1/Workspaces")

    assert answer.headers["content-type"] == "application/json; charset=utf-8"
    assert answer.headers["access-control-expose-headers"] == "ETag"
    assert answer.headers["access-control-allow-methods"] == "GET, POST, DELETE, OPTIONS"
    assert {"x-rate-limit-limit", "x-rate-limit-remaining", "x-rate-limit-config"} <= answer.headers.keys()
    assert answer.headers["content-length"] == str(len(answer.body))


def test_each_request_has_its_own_sid(ask) -> None:
    """``Twilio-Request-Id`` is RQ and 32 hexadecimal digits, never twice the same."""
    first, second = (ask("GET", "/v1/Workspaces").headers["twilio-request-id"] for _ in range(2))

    assert first != second
    assert all(len(each) == 34 and each.startswith("RQ") for each in (first, second))


def test_deleting_answers_nothing(workspace: WorkspaceContext, ask) -> None:
    """204 has neither body, nor length, nor type."""
    answer = ask("DELETE", f"/v1/Workspaces/{workspace.fetch().sid}")

    assert (answer.status, answer.body) == (204, b"")
    assert not {"content-type", "content-length"} & answer.headers.keys()


def test_options_needs_no_credentials(ask) -> None:
    """A browser's preflight is told the methods."""
    answer = ask("OPTIONS", "/v1/Workspaces", password="wrong")

    assert (answer.status, answer.headers["allow"]) == (204, "GET, POST, OPTIONS")
    assert ask("OPTIONS", "/v1/Nothing").status == 404


def test_list_has_no_etag(workspace: WorkspaceContext, ask) -> None:
    """Only what has a version has an ETag."""
    base = f"/v1/Workspaces/{workspace.fetch().sid}"
    worker = ask("POST", f"{base}/Workers", "FriendlyName=Alice")

    assert worker.headers["etag"] == '"0"'
    assert "etag" not in ask("GET", f"{base}/Workers").headers


def test_failed_store_answers_503(emulator: Emulator, ask, monkeypatch: pytest.MonkeyPatch) -> None:
    """A write that could not be kept is not acknowledged, and leaves nothing behind."""

    def full(*_: object) -> None:
        raise sqlite3.OperationalError("disk full")

    with monkeypatch.context() as broken:
        broken.setattr(emulator.store._journal, "keep", full)
        answer = ask("POST", "/v1/Workspaces", "FriendlyName=Desk")
    assert (answer.status, answer.json["code"]) == (503, 20503)

    assert ask("GET", "/v1/Workspaces").json["workspaces"] == []


def test_own_mistakes_stay_inside(
    emulator: Emulator, ask, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """An unexpected exception is logged and answers 500 without a word of its cause."""
    monkeypatch.setattr(emulator, "workspaces", lambda account_sid: 1 / 0)

    answer = ask("GET", "/v1/Workspaces")

    assert (answer.status, answer.json["code"], answer.json["message"]) == (500, 20500, "Internal Server Error")
    assert "ZeroDivisionError" in caplog.text
