"""Objects as the twilio library and the listener hand them over."""

from __future__ import annotations

from tests.unit.sdk_objects import inbox, received, reservation, task
