"""TaskRouter's expression language: parse a text once, then evaluate or explain it for any number of names.

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
from .evaluation.lookup import Names, format_path, read
from .evaluation.scope import Scope
from .expression import Expression, parse
from .grammar.expression_error import ExpressionError
from .grammar.left_out import LeftOut, find_left_out
from .grammar.order_by import OrderClause, parse_order_by
from .grammar.parser import parse_reference
from .tracing.operands import format_value
from .tracing.repairs import Edit, apply_edits
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
    "apply_edits",
    "find_left_out",
    "format_path",
    "format_value",
    "parse",
    "parse_order_by",
    "parse_reference",
    "read",
    "taskrouter_names",
]
