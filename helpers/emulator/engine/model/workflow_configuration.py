"""A Workflow's configuration: JSON text in, a checked and compiled :class:`RoutingPlan` out.

Unknown keys are tolerated and kept in the text, as Twilio does (reference 4.1).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

import msgspec

from ...clock import Millis
from ...expressions import (
    Expression,
    ExpressionError,
    OrderClause,
    Scope,
    find_left_out,
    parse,
    parse_order_by,
    parse_reference,
)
from ...expressions.result_cache import ResultCache
from .attributes import compact_json
from .configuration_parts import Part
from .refusals import Invalid

__all__ = ["Filter", "RoutingPlan", "Target", "compact_configuration", "read_plan"]

_MAX_CONFIGURATION = 1_038_576
"""Bytes of configuration text (reference 11b)."""

_MOST_NOTES = 5


class Target(msgspec.Struct, frozen=True, kw_only=True):
    """Step of a filter: the queue in which the Task waits, for which Workers and for how long."""

    queue_sid: str
    priority: int | None = None
    timeout: int | None = None
    expression: Expression | None = None
    order_by: tuple[OrderClause, ...] = ()
    order_notes: tuple[str, ...] = ()
    """Sentences about parts of the order_by without effect."""
    skip_if: Expression | None = None
    known_worker: tuple[str, tuple[str, ...]] | None = None
    """``("sid" | "friendly_name", path into the task's attributes)``."""
    task_paths: tuple[tuple[str, ...], ...] = ()
    """Task attributes that the expression reads: Tasks equal in these are equal for this step."""
    reads_clock: bool = False
    reads_channels: bool = False

    def notes(self) -> Iterator[tuple[str, Sequence[str]]]:
        """Yield (key, sentences) for each expression that has parts without effect."""
        yield from _notes(expression=self.expression, skip_if=self.skip_if)
        if self.order_notes:
            yield "order_by", self.order_notes

    @property
    def is_plain(self) -> bool:
        """True if every member of the queue matches."""
        return self.expression is None and self.known_worker is None


class Filter(msgspec.Struct, frozen=True, kw_only=True):
    """Filter of a Workflow: Tasks that match ``expression`` go through ``targets`` in order."""

    name: str
    expression: Expression
    targets: tuple[Target, ...]

    def deadline(self, target_index: int) -> int | None:
        """Return the seconds from entering the filter to the timeout of a target; None if it never times out.

        Deadlines add up: targets of 10, 10 and 10 seconds end at 10, 20 and 30 (reference 4.3).
        """
        if self.targets[target_index].timeout is None:
            return None
        return sum(target.timeout or 0 for target in self.targets[: target_index + 1])

    def end(self, target_index: int, entered: Millis) -> Millis | None:
        """Return the time at which a target times out for a Task that entered the filter at ``entered``, or None."""
        deadline = self.deadline(target_index)
        return None if deadline is None else entered + deadline * 1000

    def is_over(self, target_index: int, entered: Millis, now: Millis) -> bool:
        """Return True if a target has timed out for a Task that entered the filter at ``entered``."""
        end = self.end(target_index, entered)
        return end is not None and end <= now

    @property
    def can_be_left(self) -> bool:
        """True if a Task can leave all of its targets at once, as if the filter had not matched (reference 4.2)."""
        return self.targets[-1].skip_if is not None

    def may_be_left(self, target_index: int, entered: Millis, now: Millis) -> bool:
        """Return True if a Task that entered the filter at ``entered`` can have left this target."""
        return self.targets[target_index].skip_if is not None or self.is_over(target_index, entered, now)


class RoutingPlan(msgspec.Struct, frozen=True, kw_only=True):
    """Compiled configuration, which routing follows."""

    filters: tuple[Filter, ...]
    default: Target | None
    default_name: str = ""
    notes: tuple[tuple[str, Sequence[str]], ...] = ()
    """(path, sentences) of the first expressions that have parts without effect."""

    def matching(self, names: Mapping[str, Any], first: int = 0) -> Iterator[int]:
        """Yield the index of each filter from ``first`` on that matches what it can read of a Task."""
        return (index for index in range(first, len(self.filters)) if self.filters[index].expression.matches(names))

    def queue_sids(self) -> dict[str, None]:
        """Return the SIDs of the TaskQueues in the plan as keys, in order."""
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
    """Return ``text`` as Twilio does, without insignificant white space. It is checked first.

    Raises:
        Invalid: see :func:`read_plan`.
    """
    return _compact(text)


def read_plan(text: str) -> RoutingPlan:
    """Return a configuration compiled. The last ones are cached.

    Raises:
        Invalid: it isn't JSON or has a wrong shape, an expression doesn't parse, or the first target of a filter has
            no queue. The message says where.
    """
    return _plan(text)


def _check_and_compact(text: str) -> str:
    _check_size(text)
    compacted = compact_json(text, "Configuration")
    _plan.remember(_build_plan(compacted), compacted)
    return compacted


def _compile(text: str) -> RoutingPlan:
    _check_size(text)
    return _build_plan(compact_json(text, "Configuration"))


def _build_plan(text: str) -> RoutingPlan:
    routing = Part(text, "").part("task_routing", "task_routing")
    filters = routing.parts("filters", "filters", "must be a list") if routing.has("filters") else []
    default = routing.part("default_filter", "default_filter") if routing.has("default_filter") else None
    compiled = tuple(map(_filter, filters))
    return RoutingPlan(
        filters=compiled,
        notes=tuple(islice(_all_notes(compiled), _MOST_NOTES)),
        default=None if default is None else _default(default),
        default_name="" if default is None else _name(default),
    )


# The largest configuration takes about 100 MB once compiled, so the size of the cache is limited. A configuration that
# was dropped is compiled again at the next Task; its expressions have a cache of their own.
_plan = ResultCache(_compile, characters=4 * _MAX_CONFIGURATION)
_compact = ResultCache(_check_and_compact, characters=4 * _MAX_CONFIGURATION)


def _check_size(text: str) -> None:
    if len(text.encode(errors="surrogatepass")) > _MAX_CONFIGURATION:
        raise Invalid(f"Configuration is larger than {_MAX_CONFIGURATION} bytes")


def _filter(rule: Part) -> Filter:
    expression = rule.text("expression", "must be an expression")
    if expression is None:
        rule.refuse("expression", "must be an expression")
    at_least_one = "must be a list with at least one target"
    targets = rule.parts("targets", f"{rule.name}.targets", at_least_one)
    if not targets:
        rule.refuse("targets", at_least_one)
    compiled: list[Target] = []
    queue_sid: str | None = None
    for target in targets:
        step = _target(target, queue_sid)
        queue_sid = step.queue_sid
        compiled.append(step)
    return Filter(
        name=_name(rule),
        expression=_expression(expression, Scope.TASK, f"{rule.name}.expression"),
        targets=tuple(compiled),
    )


def _default(rule: Part) -> Target:
    return Target(queue_sid=_queue(rule, None), priority=rule.whole("priority", least=0))


def _target(rule: Part, inherited: str | None) -> Target:
    text, order_by, skip_if = rule.text("expression"), rule.text("order_by"), rule.text("skip_if")
    expression = _expression(text, Scope.TARGET, f"{rule.name}.expression") if text else None
    references = sorted(expression.references) if expression else []
    return Target(
        queue_sid=_queue(rule, inherited),
        priority=rule.whole("priority", least=0),
        timeout=rule.whole("timeout", least=1),
        expression=expression,
        order_by=_order(order_by, rule.name) if order_by else (),
        order_notes=tuple(find_left_out(order_by).sentences()) if order_by else (),
        skip_if=_expression(skip_if, Scope.SKIP_IF, f"{rule.name}.skip_if") if skip_if else None,
        known_worker=_known_worker(rule),
        task_paths=tuple(path[1:] for path in references if path[0] == "task"),
        reads_clock=any(path[0] == "taskrouter" for path in references),
        reads_channels=any(path[:2] == ("worker", "channel") for path in references),
    )


def _queue(rule: Part, inherited: str | None) -> str:
    a_sid = "must be a TaskQueue SID"
    return rule.text("queue", a_sid) or inherited or rule.refuse("queue", a_sid)


def _known_worker(rule: Part) -> tuple[str, tuple[str, ...]] | None:
    given = [field for field in ("sid", "friendly_name") if rule.has(f"known_worker_{field}")]
    if not given:
        return None
    if len(given) > 1:
        raise Invalid(f"Configuration: {rule.name} may have known_worker_sid or known_worker_friendly_name, not both")
    field = given[0]
    a_path = 'must name a task attribute, such as "task.agent"'
    path = _task_path(rule.text(f"known_worker_{field}", a_path) or "")
    if not path:
        rule.refuse(f"known_worker_{field}", a_path)
    return field, path


def _task_path(reference: str) -> tuple[str, ...]:
    """Return the path into a Task's attributes that ``task.…`` names; empty for anything else."""
    path = parse_reference(reference)
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


def _name(rule: Part) -> str:
    """Return the filter's name, or empty text. A name that is not text is ignored."""
    names = (rule.text(key) for key in ("filter_friendly_name", "friendly_name") if rule.is_text(key))
    return next(names, None) or ""
