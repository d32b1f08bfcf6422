"""Parts of a Workspace as people have them: JSON from the Console or the API, dicts, CSV."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping
from copy import deepcopy
from typing import Any

from ..display.value_kinds import kind
from ..emulator_errors import NotCopyable

__all__ = ["read_configuration", "read_rows"]

_LARGEST = 20_000_000
"""Number of characters that one part can have: some ten thousand Workers."""


def read_configuration(given: object) -> tuple[str, dict[str, Any]]:
    """Return the name and the configuration of a Workflow.

    Args:
        given: a configuration (``{"task_routing": ...}``), or a Workflow as the API or the SDK gives it.

    Raises:
        NotCopyable: it is neither.
    """
    found: Any = getattr(given, "configuration", given)
    name = str(getattr(given, "friendly_name", "") or "Workflow")
    found = _from_json("workflow", found) if isinstance(found, str) else found
    if isinstance(found, Mapping) and "configuration" in found:
        name = str(found.get("friendly_name") or name)
        inner = found["configuration"]
        found = _from_json("workflow", inner) if isinstance(inner, str) else inner
    if isinstance(found, Mapping) and "task_routing" not in found and {"filters", "default_filter"} & set(found):
        found = {"task_routing": found}
    if not isinstance(found, Mapping) or not isinstance(found.get("task_routing"), Mapping):
        raise NotCopyable(
            f"workflow: this is {kind(found)}, and no configuration of a Workflow, which begins with "
            '{"task_routing": {"filters": [. Paste that, or the whole Workflow.'
        )
    return name, deepcopy(dict(found))


def read_rows(what: str, given: object) -> list[dict[str, Any]]:
    """Return a list of dicts, which stand in a list, in an answer of the API, in JSON lines, or in CSV with a header.

    Raises:
        NotCopyable: there is something else, or a part of it is.
    """
    found = _from_text(what, given) if isinstance(given, str) else given
    if isinstance(found, Mapping):
        lists = [value for key, value in found.items() if key == what and isinstance(value, list)]
        found = lists[0] if lists else [found]
    if not isinstance(found, Iterable):
        raise NotCopyable(f"{what}: this is {kind(found)}. Paste a list of objects, as JSON or as CSV with a header.")
    return [_row(what, number, each) for number, each in enumerate(found, 1)]


def _row(what: str, number: int, given: Any) -> dict[str, Any]:
    if isinstance(given, str):
        given = _from_json(f"{what}, number {number}", given)
    if not isinstance(given, Mapping) and hasattr(given, "sid"):  # an instance of the SDK
        given = {name: value for name, value in vars(given).items() if not name.startswith("_")}
    if not isinstance(given, Mapping):
        raise NotCopyable(f"{what}, number {number}: this is {kind(given)}. Each of them is an object, {{...}}.")
    return dict(given)


def _from_text(what: str, text: str) -> Any:
    """Return what is in a text: JSON, a JSON object a line, or CSV."""
    _check_size(what, text)
    if not text.strip():
        raise NotCopyable(f"{what}: it is empty. Paste a list of objects, as JSON or as CSV with a header.")
    if text.lstrip()[0] not in "[{":
        return _from_csv(what, text)
    lines = [line for line in text.splitlines() if line.strip()]
    if len(lines) > 1 and all(line.lstrip().startswith("{") and line.rstrip().endswith("}") for line in lines):
        return [_from_json(f"{what}, line {number}", line) for number, line in enumerate(lines, 1)]
    return _from_json(what, text)


def _from_json(what: str, text: str) -> Any:
    _check_size(what, text)
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise NotCopyable(
            f"{what}: this is not JSON: {error.msg} in line {error.lineno}, column {error.colno}. Correct it, and "
            "paste it again."
        ) from error
    except (ValueError, RecursionError) as error:
        raise NotCopyable(f"{what}: this can't be read as JSON: {error}") from error


def _check_size(what: str, text: str) -> None:
    if len(text) > _LARGEST:
        raise NotCopyable(
            f"{what}: it has {len(text):,} characters, and {_LARGEST:,} are the most. Paste the part that matters."
        )


def _from_csv(what: str, text: str) -> list[dict[str, Any]]:
    try:
        reader = csv.DictReader(io.StringIO(text.strip()), skipinitialspace=True, strict=True)
        rows = list(reader)
    except csv.Error as error:
        raise NotCopyable(
            f"{what}: this can't be read as CSV: {error}. Put JSON in quotes, and double those in it."
        ) from error
    for number, row in enumerate(rows, 1):
        if None in row or None in row.values():
            raise NotCopyable(f"{what}, row {number} of the CSV has more or fewer cells than the header.")
    if not rows:
        raise NotCopyable(f"{what}: this is neither JSON nor CSV with a header and a row below it.")
    return [{name.strip(): _cell(value) for name, value in row.items() if value != ""} for row in rows]


def _cell(text: str) -> Any:
    """Return the JSON value that a cell spells, else the text."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return text
