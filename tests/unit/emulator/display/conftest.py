"""Objects as the twilio library and the listener hand them over."""

from __future__ import annotations

from tests.unit.sdk_objects import channel, event, exchange, inbox, queue, received, reservation, task, worker
