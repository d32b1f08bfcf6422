"""TaskRouter's expression language: parse a text once, then ask it for verdicts and reasons.

>>> spanish = parse("languages HAS 'es' AND level >= 3", scope=Scope.WORKER)
>>> spanish.matches({"languages": ["en", "es"], "level": 4})
True
>>> print(spanish.trace({"languages": ["en"], "level": 4}))
✗ languages HAS 'es' AND level >= 3
  ✗ languages HAS 'es': languages is ["en"], without "es"
  ✓ level >= 3
"""

from __future__ import annotations

from .clock_names import taskrouter_names
from .evaluation.lookup import Names, read, spelled
from .evaluation.scope import Scope
from .expression import Expression, parse
from .grammar.expression_error import ExpressionError
from .grammar.left_out import LeftOut, left_out
from .grammar.lone_name import parse_reference
from .grammar.order_by import OrderClause, parse_order_by
from .tracing.operands import shown
from .tracing.repairs import Edit, edited
from .tracing.trace import NOBODY, Trace

__all__ = [
    "NOBODY",
    "Edit",
    "Expression",
    "ExpressionError",
    "LeftOut",
    "Names",
    "OrderClause",
    "Scope",
    "Trace",
    "edited",
    "left_out",
    "parse",
    "parse_order_by",
    "parse_reference",
    "read",
    "shown",
    "spelled",
    "taskrouter_names",
]
