"""A Workflow's configuration: JSON text in, a checked and compiled :class:`Plan` out.

Unknown keys are tolerated and kept in the text, as Twilio does (reference 4.1).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any, NoReturn

import msgspec

from helpers.emulator.engine.attributes import read_json
from helpers.emulator.engine.refusals import Invalid
from helpers.emulator.expressions import (
    Expression,
    ExpressionError,
    OrderClause,
    Scope,
    left_out,
    parse,
    parse_order_by,
    parse_reference,
)
from helpers.emulator.expressions.remembered import Remembered
from helpers.emulator.masking import masked

__all__ = ["MAX_CONFIGURATION", "Filter", "Plan", "Target", "compact_configuration", "read_plan"]

MAX_CONFIGURATION = 1_038_576
"""Bytes of configuration text (reference, section 11)."""

_MOST_NOTES = 5
_MAX_NUMBER = 2_147_483_647
_DIGITS = re.compile(r"\s*[0-9]{1,18}\s*")


class Target(msgspec.Struct, frozen=True, kw_only=True):
    """One step of a filter: where the Task waits, for whom, and for how long."""

    queue_sid: str
    priority: int | None = None
    timeout: int | None = None
    expression: Expression | None = None
    order_by: tuple[OrderClause, ...] = ()
    order_notes: tuple[str, ...] = ()
    """What of the order_by has no effect."""
    skip_if: Expression | None = None
    known_worker: tuple[str, tuple[str, ...]] | None = None
    """``("sid" | "friendly_name", path into the task's attributes)``."""
    task_paths: tuple[tuple[str, ...], ...] = ()
    """What the expression reads of the Task: Tasks alike in these are alike to this step."""
    reads_clock: bool = False
    reads_channels: bool = False

    def notes(self) -> Iterator[tuple[str, Sequence[str]]]:
        """What of its expressions has no effect, in sentences, by their keys."""
        yield from _notes(expression=self.expression, skip_if=self.skip_if)
        if self.order_notes:
            yield "order_by", self.order_notes

    @property
    def is_plain(self) -> bool:
        """Whether any member of the queue will do."""
        return self.expression is None and self.known_worker is None


class Filter(msgspec.Struct, frozen=True, kw_only=True):
    """Tasks that match ``expression`` go through ``targets`` in order."""

    name: str
    expression: Expression
    targets: tuple[Target, ...]

    def deadline(self, target_index: int) -> int | None:
        """Seconds after entering the filter at which a target gives up; None if never.

        Deadlines add up: targets of 10, 10 and 10 seconds end at 10, 20 and 30 (reference 4.3).
        """
        if self.targets[target_index].timeout is None:
            return None
        return sum(target.timeout or 0 for target in self.targets[: target_index + 1])


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """A configuration, ready to be followed."""

    filters: tuple[Filter, ...]
    default: Target | None
    default_name: str = ""
    notes: tuple[tuple[str, Sequence[str]], ...] = ()
    """What of the first expressions concerned has no effect, in sentences, by their places."""

    def queue_sids(self) -> dict[str, None]:
        """Every TaskQueue the plan names, in order, each once."""
        found = dict.fromkeys(target.queue_sid for filter_ in self.filters for target in filter_.targets)
        if self.default is not None:
            found.setdefault(self.default.queue_sid)
        return found


def _all_notes(filters: Sequence[Filter]) -> Iterator[tuple[str, Sequence[str]]]:
    for index, each in enumerate(filters):
        yield from ((f"filters[{index}].{key}", notes) for key, notes in _notes(expression=each.expression))
        for number, target in enumerate(each.targets):
            yield from ((f"filters[{index}].targets[{number}].{key}", notes) for key, notes in target.notes())


def _notes(**expressions: Expression | None) -> Iterator[tuple[str, list[str]]]:
    for key, each in expressions.items():
        if each is not None and (notes := each.notes()):
            yield key, notes


def compact_configuration(text: str) -> str:
    """``text`` as Twilio gives it back, once it has been read as a plan.

    Raises:
        Invalid: see :func:`read_plan`.
    """
    return _compact(text)


def read_plan(text: str) -> Plan:
    """Compile a configuration; one compiled before costs next to nothing.

    Raises:
        Invalid: not JSON, of another shape, an expression that does not parse, or a first
            target without a queue. The message says where.
    """
    return _plan(text)


def _compacted(text: str) -> str:
    _check_size(text)
    document = read_json(text, "Configuration")
    compacted = msgspec.json.encode(document).decode()
    _check_size(compacted)
    _plan.remember(_compiled(document), compacted)
    return compacted


def _compile(text: str) -> Plan:
    _check_size(text)
    return _compiled(read_json(text, "Configuration"))


def _compiled(document: Any) -> Plan:
    routing = _object(_object(document, "").get("task_routing"), "task_routing")
    filters = routing.get("filters")
    if filters is None:
        filters = []
    if not isinstance(filters, list):
        _refuse("task_routing.filters", "must be a list", filters)
    default = routing.get("default_filter")
    compiled = tuple(_filter(each, f"filters[{index}]") for index, each in enumerate(filters))
    return Plan(
        filters=compiled,
        notes=tuple(islice(_all_notes(compiled), _MOST_NOTES)),
        default=None if default is None else _default(default),
        default_name=_name(default) if isinstance(default, dict) else "",
    )


# The largest configuration takes about 100 MB once compiled, and one may be sent after the other. What is forgotten is
# compiled again at the next Task; the expressions in it are remembered on their own.
_plan = Remembered(_compile, characters=4 * MAX_CONFIGURATION)
_compact = Remembered(_compacted, characters=4 * MAX_CONFIGURATION)


def _check_size(text: str) -> None:
    if len(text.encode(errors="surrogatepass")) > MAX_CONFIGURATION:
        raise Invalid(f"Configuration is larger than {MAX_CONFIGURATION} bytes")


def _filter(given: Any, where: str) -> Filter:
    rule = _object(given, where)
    expression = rule.get("expression")
    if not isinstance(expression, str):
        _refuse(f"{where}.expression", "must be an expression", expression)
    targets = rule.get("targets")
    if not isinstance(targets, list) or not targets:
        _refuse(f"{where}.targets", "must be a list with at least one target", targets)
    compiled: list[Target] = []
    queue_sid: str | None = None
    for index, target in enumerate(targets):
        step = _target(target, queue_sid, f"{where}.targets[{index}]")
        queue_sid = step.queue_sid
        compiled.append(step)
    return Filter(
        name=_name(rule),
        expression=_expression(expression, Scope.TASK, f"{where}.expression"),
        targets=tuple(compiled),
    )


def _default(given: Any) -> Target:
    rule = _object(given, "default_filter")
    queue_sid = rule.get("queue")
    if not isinstance(queue_sid, str):
        _refuse("default_filter.queue", "must be a TaskQueue SID", queue_sid)
    return Target(queue_sid=queue_sid, priority=_whole(rule, "priority", "default_filter", least=0))


def _target(given: Any, inherited: str | None, where: str) -> Target:
    rule = _object(given, where)
    queue_sid = rule.get("queue") or inherited
    if not isinstance(queue_sid, str):
        _refuse(f"{where}.queue", "must be a TaskQueue SID", queue_sid)
    text, order_by, skip_if = (_text(rule, key, where) for key in ("expression", "order_by", "skip_if"))
    expression = _expression(text, Scope.TARGET, f"{where}.expression") if text else None
    references = sorted(expression.references) if expression else []
    return Target(
        queue_sid=queue_sid,
        priority=_whole(rule, "priority", where, least=0),
        timeout=_whole(rule, "timeout", where, least=1),
        expression=expression,
        order_by=_order(order_by, where) if order_by else (),
        order_notes=tuple(left_out(order_by).sentences()) if order_by else (),
        skip_if=_expression(skip_if, Scope.SKIP_IF, f"{where}.skip_if") if skip_if else None,
        known_worker=_known_worker(rule, where),
        task_paths=tuple(path[1:] for path in references if path[0] == "task"),
        reads_clock=any(path[0] == "taskrouter" for path in references),
        reads_channels=any(path[:2] == ("worker", "channel") for path in references),
    )


def _known_worker(rule: dict[str, Any], where: str) -> tuple[str, tuple[str, ...]] | None:
    given = [field for field in ("sid", "friendly_name") if rule.get(f"known_worker_{field}") is not None]
    if not given:
        return None
    if len(given) > 1:
        raise Invalid(f"Configuration: {where} may have known_worker_sid or known_worker_friendly_name, not both")
    field = given[0]
    reference = rule[f"known_worker_{field}"]
    path = _task_path(reference)
    if not path:
        _refuse(f"{where}.known_worker_{field}", 'must name a task attribute, such as "task.agent"', reference)
    return field, path


def _task_path(reference: object) -> tuple[str, ...]:
    """Where in a Task's attributes ``task.…`` leads; empty if it is something else."""
    path = parse_reference(reference) if isinstance(reference, str) else None
    return path[1:] if path and path[0] == "task" else ()


def _expression(text: str, scope: Scope, where: str) -> Expression:
    try:
        return parse(text, scope=scope)
    except ExpressionError as error:
        raise Invalid(f"Configuration: {where}: {error}", error.hint) from None


def _order(text: str, where: str) -> tuple[OrderClause, ...]:
    try:
        return parse_order_by(text)
    except ExpressionError as error:
        raise Invalid(f"Configuration: {where}.order_by: {error}", error.hint) from None


def _whole(rule: dict[str, Any], key: str, where: str, *, least: int) -> int | None:
    """An integer, which the document may spell as text (reference 4.1)."""
    value = rule.get(key)
    if value is None or value == "":
        return None
    number = int(value) if isinstance(value, str) and _DIGITS.fullmatch(value) else value
    if not isinstance(number, int) or isinstance(number, bool) or not least <= number <= _MAX_NUMBER:
        _refuse(f"{where}.{key}", f"must be an integer from {least} to {_MAX_NUMBER}", value)
    return number


def _text(rule: dict[str, Any], key: str, where: str) -> str | None:
    value = rule.get(key)
    if value is not None and not isinstance(value, str):
        _refuse(f"{where}.{key}", "must be text", value)
    return value


def _name(rule: dict[str, Any]) -> str:
    name = rule.get("filter_friendly_name", rule.get("friendly_name", ""))
    return name if isinstance(name, str) else ""


def _object(value: Any, where: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        _refuse(where, "must be an object", value)
    return value


def _refuse(where: str, rule: str, value: object) -> NoReturn:
    seen = masked(msgspec.json.encode(value).decode())
    place = f"Configuration: {where}" if where else "Configuration"
    raise Invalid(f"{place} {rule}. Received: {seen[:80]}")
