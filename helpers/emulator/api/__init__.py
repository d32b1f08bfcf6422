"""TaskRouter's REST API over the engine: what a request says, and how its answer looks.

No rules live here. One table of operations (``operations``) is the source of the routes, of the
support matrix (``matrix``) and of our OpenAPI description (``description``).
"""

from __future__ import annotations

from .app import create_app

__all__ = ["create_app"]
