"""Redaction of the records and events of a Workspace: pseudonyms in place of contact data."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from msgspec.structs import asdict, replace

from ..engine.model.resources import Event, Record
from .contact_data import PHONE, WORD, ContactKind, kind_of_key
from .json_texts import walk_text
from .pseudonyms import Pseudonyms

__all__ = ["Redacted", "redact"]

R = TypeVar("R", Record, Event)
V = TypeVar("V", str, int)

_NAMES = ("friendly_name", "unique_name", "filter_friendly_name")
_EXPRESSIONS = frozenset(
    (
        "expression",
        "skip_if",
        "order_by",
        "target_workers",
        "known_worker_sid",
        "known_worker_friendly_name",
        "task_queue_target_expression",
        "workflow_filter_expression",
        "workflow_filter_target_expression",
    )
)
_RULES = frozenset(("configuration", "target_workers", *_EXPRESSIONS))
"""Fields of records and events in which expressions stand; in attributes nothing is one."""

_UNTOUCHED = ("sid", "_sid", "_date", "_date_created", "_start_time", "_url", "_version", "_age", "_status", "_type")
"""Endings of fields that TaskRouter fills by itself."""


@dataclass(frozen=True)
class Redacted:
    """Records and events without contact data, and how many different values were replaced under each key."""

    records: list[Record]
    events: list[Event]
    counts: dict[str, int]


def redact(records: Sequence[Record], events: Sequence[Event], keys: Collection[str] = ()) -> Redacted:
    """Return the records and events with pseudonyms in place of contact data.

    It is recognised by its key, such as ``phone`` or ``customer_name``, and by its form: an e-mail address or a phone
    number in any text. Equal values stay equal, others different, and numbers stay numbers; expressions are rewritten
    in the same way.

    Args:
        keys: further keys whose values are contact data.
    """
    pseudonyms = Pseudonyms(_words_in_names(records))
    collector, hider = _Collector(pseudonyms, keys), _Hider(pseudonyms, keys)
    for record in records:
        _visit(record, collector)
    for event in events:
        _visit(event, collector)
    redacted = [_visit(each, hider) for each in records], [_visit(each, hider) for each in events]
    return Redacted(*redacted, {key: len(values) for key, values in hider.replaced.items()})


def _words_in_names(records: Iterable[Record]) -> frozenset[str]:
    """Return the words in names of Workers, TaskQueues and the like, but for contact data in them."""
    names = (getattr(each, name) for each in records for name in _NAMES if hasattr(each, name))
    plain = (name for name in names if "@" not in name and not PHONE.search(name))
    return frozenset(word.lower() for name in plain for word in WORD.findall(name) if not word.isdigit())


def _visit(record: R, visitor: _Collector | _Hider) -> R:
    """Return the record with each of its texts as ``visitor`` leaves it."""
    if isinstance(record, Event):
        data = {name: _visit_field(name, value, visitor) for name, value in record.data.items()}
        return replace(record, data=data, description=_visit_field("description", record.description, visitor))
    texts = {name: value for name, value in asdict(record).items() if isinstance(value, str)}
    return replace(record, **{name: _visit_field(name, value, visitor) for name, value in texts.items()})


def _visit_field(name: str, value: str, visitor: _Collector | _Hider) -> str:
    if name.endswith(_UNTOUCHED):
        return value
    known = visitor.known.get((name, value))  # events repeat most of what they tell
    if known is None:
        visitor.in_rules = name in _RULES
        known = visitor.known[name, value] = walk_text(name, value, visitor)
    return known


@dataclass
class _Redactor:
    """Visitor of the texts in records; ``in_rules`` is True in fields with expressions."""

    pseudonyms: Pseudonyms
    keys: Collection[str]
    in_rules: bool = False
    known: dict[tuple[str, str], str] = field(default_factory=dict)
    """Fields that were visited, by name and text."""

    def kind_of(self, key: str) -> ContactKind | None:
        """Return the kind of contact data that a key promises; a further key of one's own counts as a name."""
        if self.in_rules:
            return None
        return ContactKind.NAME if key in self.keys else kind_of_key(key)


class _Collector(_Redactor):
    """Visitor that lets the pseudonyms learn, and leaves everything as it is."""

    def visit_key(self, key: str) -> str:
        """Learn what is in a key."""
        self.pseudonyms.learn(key)
        return key

    def visit_text(self, key: str, text: str, kind: ContactKind | None) -> str:
        """Learn a text, or the texts in an expression."""
        if self.in_rules and key in _EXPRESSIONS:
            self.pseudonyms.learn_expression(text)
        else:
            self.pseudonyms.learn(text, kind)
        return text

    def visit_number(self, key: str, number: int, kind: ContactKind | None) -> int:
        """Learn a number."""
        self.pseudonyms.learn_number(number, kind)
        return number


@dataclass
class _Hider(_Redactor):
    """Visitor that puts pseudonyms in the place of what was learnt."""

    replaced: defaultdict[str, set[str | int]] = field(default_factory=lambda: defaultdict(set))
    """Pseudonyms by key."""

    def visit_key(self, key: str) -> str:
        """Return a key, without contact data in it."""
        return self.pseudonyms.hide(key) if kind_of_key(key) is None and not key.isidentifier() else key

    def visit_text(self, key: str, text: str, kind: ContactKind | None) -> str:
        """Return the text or expression with pseudonyms."""
        is_expression = self.in_rules and key in _EXPRESSIONS
        hidden = self.pseudonyms.hide_expression(text) if is_expression else self.pseudonyms.hide(text)
        return self._note(key, text, hidden)

    def visit_number(self, key: str, number: int, kind: ContactKind | None) -> int:
        """Return the number or another one for it."""
        return self._note(key, number, self.pseudonyms.hide_number(number))

    def _note(self, key: str, before: V, after: V) -> V:
        if before != after:
            self.replaced[self.visit_key(key)].add(after)
        return after
