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

from helpers.emulator.expressions.clock_names import taskrouter_names
from helpers.emulator.expressions.errors import ExpressionError
from helpers.emulator.expressions.expression import Expression, parse
from helpers.emulator.expressions.left_out import LeftOut, left_out
from helpers.emulator.expressions.lookup import Names, read, spelled
from helpers.emulator.expressions.order_by import OrderClause, parse_order_by
from helpers.emulator.expressions.reference import parse_reference
from helpers.emulator.expressions.repairs import Edit, edited
from helpers.emulator.expressions.scope import Scope
from helpers.emulator.expressions.sides import shown
from helpers.emulator.expressions.trace import NOBODY, Trace

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
