"""A desk for each test, of the kind that explanations are tried on."""

from __future__ import annotations

from tests.unit.emulator.explanations.conftest import desk

__all__ = ["desk"]
