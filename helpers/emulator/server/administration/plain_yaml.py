"""YAML as other words for JSON: maps, lists, text, numbers, true, false and null, and nothing that runs code.

A word without quotes is what JSON would make of it; everything else, a date or ``yes`` for instance, is text. Keys are
always text. Anchors, aliases and ``<<`` work as usual.
"""

from __future__ import annotations

import json
import re
from typing import Any

import yaml

__all__ = ["BadYaml", "read_yaml"]

_MOST_VALUES = 1_000_000
"""Most values of a document with its aliases written out: a few lines of aliases can stand for billions."""

_NUMBER = re.compile(r"-?(0|[1-9]\d*)(\.\d+)?([eE][-+]?\d+)?")
_WORDS = {"": None, "~": None, "null": None, "true": True, "false": False}

_PLAIN = "!plain"
_TEXT = "tag:yaml.org,2002:str"


class _Composer(getattr(yaml, "CBaseLoader", yaml.BaseLoader)):  # type: ignore[misc]  # the first is ten times as fast
    """Composer that makes no objects, and marks words without quotes and without tag."""


_Composer.add_implicit_resolver(_PLAIN, re.compile(""), None)


class BadYaml(Exception):
    """Text that can't be read; ``line`` counts from 1."""

    def __init__(self, line: int, problem: str) -> None:
        super().__init__(problem)
        self.line = line


def read_yaml(text: str) -> Any:
    """Return the plain values of a document.

    Raises:
        BadYaml: it isn't YAML, uses a tag, has a key twice, or stands for too many values.
    """
    try:
        node = yaml.compose(text, _Composer)
        return None if node is None else _Values().read(node)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        is_tab = mark is not None and text[mark.index : mark.index + 1] == "\t"
        problem = "there is a tab; indent with spaces" if is_tab else f"{error.context or ''} {error.problem}".strip()
        raise BadYaml(mark.line + 1 if mark else 1, problem) from error
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        raise BadYaml(line, f"the character {chr(error.character)!r} is not allowed in YAML") from error
    except RecursionError as error:
        raise BadYaml(1, "it is nested too deeply") from error


class _Values:
    """Values made of a document's nodes, counted."""

    def __init__(self) -> None:
        self._count = 0
        self._open: set[int] = set()
        """Identities of the nodes that are being read: an alias inside its own anchor would never end."""

    def read(self, node: yaml.Node) -> Any:
        self._count += 1
        if self._count > _MOST_VALUES:
            raise _bad(node, f"with its aliases written out it has more than {_MOST_VALUES:,} values")
        if id(node) in self._open:
            raise _bad(node, "an alias stands inside what it stands for")
        self._open.add(id(node))
        try:
            if isinstance(node, yaml.MappingNode):
                return self._mapping(node)
            if isinstance(node, yaml.SequenceNode):
                _refuse_tag(node, "tag:yaml.org,2002:seq")
                return [self.read(each) for each in node.value]
            return _scalar(node)
        finally:
            self._open.remove(id(node))

    def _mapping(self, node: yaml.MappingNode) -> dict[str, Any]:
        _refuse_tag(node, "tag:yaml.org,2002:map")
        own: dict[str, Any] = {}
        merged: dict[str, Any] = {}
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                raise _bad(key, "a key must be text")
            if key.tag == _PLAIN and key.value == "<<":
                for each in value.value if isinstance(value, yaml.SequenceNode) else [value]:
                    found = self.read(each)
                    if not isinstance(found, dict):
                        raise _bad(each, "<< takes a map, or a list of them")
                    merged = found | merged
            elif key.value in own:
                raise _bad(key, f"the key {key.value[:80]!r} appears twice in one map")
            else:
                own[key.value] = self.read(value)
        return merged | own


def _scalar(node: yaml.Node) -> Any:
    text: str = node.value
    if node.tag != _PLAIN:
        _refuse_tag(node, _TEXT)
        return text
    if text in _WORDS:
        return _WORDS[text]
    if not _NUMBER.fullmatch(text):
        return text
    try:
        return json.loads(text)
    except ValueError as error:  # thousands of digits
        raise _bad(node, str(error)) from error


def _refuse_tag(node: yaml.Node, plain: str) -> None:
    if node.tag != plain:
        raise _bad(node, f"the tag {node.tag[:80]} has no meaning here; leave it out")


def _bad(node: yaml.Node, problem: str) -> BadYaml:
    return BadYaml(node.start_mark.line + 1, problem)
