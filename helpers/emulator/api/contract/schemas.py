"""The schemas of all answers, by name: the source of our API description and of the support matrix."""

from __future__ import annotations

from .resource_schemas import RESOURCE_SCHEMAS, Schema
from .statistics_schemas import STATISTICS_SCHEMAS

__all__ = ["SCHEMAS"]

SCHEMAS: dict[str, Schema] = RESOURCE_SCHEMAS | STATISTICS_SCHEMAS
"""By the name that ``Operation.returns`` gives."""
