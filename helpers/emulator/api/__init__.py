"""TaskRouter's REST API over the engine: it reads requests and writes responses, and has no rules of its own.

Routes, support matrix and OpenAPI description are made from its table of operations.
"""

from __future__ import annotations

from .app import create_app

__all__ = ["create_app"]
