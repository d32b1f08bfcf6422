"""TaskRouter's REST API over the engine: requests read, answers written, and no rules of its own.

The table of operations is the source of the routes, of the support matrix and of our OpenAPI description.
"""

from __future__ import annotations

from .app import create_app

__all__ = ["create_app"]
