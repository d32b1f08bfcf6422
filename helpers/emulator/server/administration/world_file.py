"""World from a file, for the start: a seed document or a snapshot, as JSON or YAML."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

from ...emulator_errors import BadStart
from ...engine.model.refusals import Refused
from .administration import Administration

__all__ = ["WorldFile", "read_world"]

_LARGEST = 256 * 1024 * 1024
"""Limit in bytes. A snapshot of 100,000 Tasks has 60 MB."""

_YAML = (".yaml", ".yml")


@dataclass(frozen=True)
class WorldFile:
    """Content of a file, as JSON; ``name`` is the file's."""

    name: str
    document: bytes
    is_snapshot: bool

    async def load(self, controls: Administration) -> None:
        """Create the Workspaces of a seed document that don't exist; restore a snapshot if there is no Workspace yet.

        Raises:
            BadStart: TaskRouter would refuse a part of it, or a snapshot can't be restored; nothing was loaded.
            StoreFailed: it can't be stored.
        """
        try:
            if not self.is_snapshot:
                await controls.seed(self.document)
            elif not controls.emulator.world.workspaces:
                await controls.restore(self.document)
        except Refused as refused:
            _refuse(self.name, refused.message)


def read_world(path: Path | str) -> WorldFile:
    """Read a file, or standard input for ``-``.

    Raises:
        BadStart: it can't be read, or is neither JSON nor YAML.
    """
    name = {"-": "Standard input", "": "A file without a name"}.get(str(path), str(path))
    text = _text(name, _bytes(name, path))
    found = _parse(name, text, Path(path).suffix.lower())
    try:
        document = json.dumps(found, allow_nan=False)
    except (ValueError, RecursionError) as error:  # a number that is too large
        _refuse(name, f"This cannot be written as JSON: {error}")
    return WorldFile(name, document.encode(), is_snapshot=isinstance(found, dict) and "format" in found)


def _bytes(name: str, path: Path | str) -> bytes:
    try:
        if str(path) == "-":
            found = sys.stdin.buffer.read(_LARGEST + 1)
        else:
            with open(path, "rb") as file:
                found = file.read(_LARGEST + 1)
    except (OSError, ValueError) as error:  # ValueError: the name has a null character
        raise BadStart(
            "load",
            f"{name} cannot be read: {getattr(error, 'strerror', None) or error}. Name a file with a world in JSON or "
            "YAML.",
        ) from error
    if len(found) > _LARGEST:
        _refuse(name, f"It has more than {_LARGEST // 1024**2} MB")
    return found


def _text(name: str, content: bytes) -> str:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        _refuse(f"{name}, line {line}", "This is not UTF-8. Save the file in that encoding")
    if not text.strip():
        _refuse(name, 'It is empty. A world starts with {"workspaces": [')
    return text


def _parse(name: str, text: str, suffix: str) -> Any:
    """Return plain values; where the name doesn't tell, what begins with a bracket is JSON."""
    if suffix == ".json" or (suffix not in _YAML and text.lstrip().startswith(("{", "["))):
        return _parse_json(name, text)
    from .plain_yaml import BadYaml, read_yaml  # here, because few starts need it

    try:
        return read_yaml(text)
    except BadYaml as error:
        _refuse(f"{name}, line {error.line}", f"This cannot be read as YAML: {error}")


def _parse_json(name: str, text: str) -> Any:
    try:
        return json.loads(text, object_pairs_hook=_object, parse_constant=_no_number)
    except json.JSONDecodeError as error:
        _refuse(f"{name}, line {error.lineno}, column {error.colno}", f"This is not JSON: {error.msg}")
    except (ValueError, RecursionError) as error:
        _refuse(name, f"This cannot be read as JSON: {error}")


def _object(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        twice = Counter(name for name, _ in pairs).most_common(1)[0][0]
        raise ValueError(f"the key {twice[:80]!r} appears twice in one object")
    return found


def _no_number(word: str) -> NoReturn:
    raise ValueError(f"{word} is not a number")


def _refuse(place: str, problem: str) -> NoReturn:
    raise BadStart("load", f"{place}: {problem}. Nothing was loaded: correct the file, and start again.")
