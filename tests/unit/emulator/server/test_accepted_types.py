"""Text or JSON, as a request's header ``Accept`` says."""

from __future__ import annotations

import pytest

from helpers.emulator.server.explaining.accepted_types import prefers_json


@pytest.mark.parametrize(
    "accept",
    [
        "application/json",
        "Application/JSON; charset=utf-8",
        "text/plain;q=0.5, application/json",
        "*/*;q=0.1, application/json;q=0.2",
        "application/*",
        "text/*;q=0.3, application/*;q=0.4",
        "application/json;q=soon, text/plain;q=0.9",
    ],
)
def test_json_for_whoever_prefers_it(accept):
    """Its quality is the higher one, by the narrowest range that has it."""
    assert prefers_json(accept)


@pytest.mark.parametrize(
    "accept",
    [
        "",
        "*/*",
        "text/plain",
        "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
        "application/json, text/plain, */*",
        "application/json;q=0, */*",
        "text/plain, application/*;q=0.9",
        "image/png",
        ";q=1,,",
    ],
)
def test_text_for_everybody_else(accept):
    """Among them browsers, curl, and clients to whom both are the same."""
    assert not prefers_json(accept)
