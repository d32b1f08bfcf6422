"""Errors in words, where no cell could show them."""

from __future__ import annotations

import pytest
import requests
from twilio.base.exceptions import TwilioRestException

from helpers.errors.connection_problems import NoLessonClock
from helpers.output.actions import ActionResult, handle
from helpers.output.error_text import describe_error


def test_refusal_says_what_to_do():
    """Twilio's own words, and the advice that belongs to them."""
    refused = TwilioRestException(400, "/v1", "Unable to accept. It is not currently in a pending state.", 20001)

    assert describe_error(refused).splitlines()[2].startswith("What to do: This Reservation has already ended")


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (NoLessonClock(), "You can advance only the emulator's clock"),
        (requests.ConnectionError(), "The request failed (ConnectionError)"),
        (ValueError("3 cannot be"), "3 cannot be"),
        (KeyError(), "KeyError"),
    ],
    ids=["helper's", "network", "value", "nameless"],
)
def test_other_errors_are_words_too(error, words):
    """Never a traceback, never nothing."""
    assert describe_error(error).startswith(words)


def test_error_of_a_handler_becomes_its_answer():
    """A click belongs to no cell, so what its handler raises is what the page shows."""

    def broken(_):
        raise RuntimeError("the listener has stopped\x00")

    assert handle(broken, {}) == ActionResult("the listener has stopped\\u0000", done=False)
