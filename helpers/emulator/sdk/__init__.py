"""HTTP clients that lead the ``twilio`` SDK to the emulator."""

from __future__ import annotations

from .http_client import EmulatorGone, EmulatorHttpClient

__all__ = ["EmulatorGone", "EmulatorHttpClient"]
