"""TaskRouter's REST API over the engine: what a request says, and how its answer looks.

No rules live here. One table of operations (``operations``) is the source of the routes, of the
support matrix and of our OpenAPI description.
"""

from __future__ import annotations

from helpers.emulator.api.app import create_app
from helpers.emulator.api.description import describe
from helpers.emulator.api.matrix import support_matrix

__all__ = ["create_app", "describe", "support_matrix"]
