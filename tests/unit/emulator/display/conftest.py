"""Objects as the twilio library and the listener hand them over, and Node for modules that need no page."""

from __future__ import annotations

import os
from typing import Any

import pytest

from tests.node_packages import TWILIO
from tests.unit.sdk_objects import channel, event, exchange, inbox, queue, received, reservation, task, worker


@pytest.fixture
def without_node(record_property: Any) -> bool:
    """True if Node or its twilio package can't be used here; only outside CI may a test be left out for that."""
    reason = TWILIO.why_not()
    if reason and os.environ.get("CI"):
        pytest.fail(reason, pytrace=False)
    if reason:
        record_property("left out", reason)
    return bool(reason)
