"""Support matrix: every operation with its parameters and properties, made from the tables.

``yes`` means as Twilio documents it; ``differs`` comes with the difference. There is no ``no``: a test compares the
tables with the official SDK, and everything that it can send or read is here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ...engine.event_data import text
from ...engine.model.defaults import (
    ACTIVITIES,
    CAPACITY,
    CHANNEL_AVAILABLE,
    SAMPLE_QUEUE,
    SAMPLE_WORKFLOW,
    TASK_CHANNELS,
)
from ..operation import Operation
from ..operations import OPERATIONS
from .differences import CHOICES, DIFFERENCES, FURTHER_RULES, RULES
from .parameter_defaults import parameter_defaults
from .schemas import SCHEMAS

__all__ = ["support_matrix"]

_INTRODUCTION = """# Support matrix

The emulator's support of Twilio's TaskRouter API, v1. This page is generated from the code. A test checks that it is
up to date.

**yes**: works as Twilio documents it. **differs**: works, with a difference that is described below the table.
*Reference* means [how TaskRouter behaves](taskrouter.md), which has the source of each fact.
"""


def support_matrix() -> str:
    """Return the support matrix as Markdown."""
    operations = "\n".join(_operations())
    defaults = "\n".join(_defaults())
    answers = "\n".join(_answers())
    questions = _bullets(f"**{number}** {answer}" for number, answer in RULES.items())
    return (
        f"{_INTRODUCTION}\n## {len(OPERATIONS)} operations\n\n{operations}\n\n"
        f"## Defaults\n\n{defaults}\n\n## Responses\n\n{answers}\n\n"
        f"## What differs everywhere\n\n{_bullets(DIFFERENCES)}\n\n"
        f"## What we chose where Twilio's behavior is not known\n\n"
        f"### Open questions of the reference\n\n{questions}\n\n"
        f"### Further rules\n\n{_bullets(FURTHER_RULES)}\n\n### Requests and responses\n\n{_bullets(CHOICES)}\n"
    )


def _operations() -> Iterator[str]:
    yield "| Operation | Request | Support | Parameters | Response |"
    yield "|---|---|---|---|---|"
    for operation in OPERATIONS:
        names = ", ".join(_mark(name, differs) for name, differs in _parameters(operation))
        answer = f"`{operation.returns}`" if operation.returns else "empty"
        request = f"`{operation.method} {operation.path.removeprefix('/v1/Workspaces') or '/'}`"
        support = "differs" if _differences(operation) else "yes"
        yield f"| {operation.name} | {request} | {support} | {names or 'none'} | {answer} |"
    yield ""
    yield "Paths begin with `/v1/Workspaces`. Differences:"
    yield ""
    for (difference, where), parameters in _collect().items():
        yield f"- {', '.join(parameters)}{': ' if parameters else ''}{difference} ({', '.join(where)})"


def _defaults() -> Iterator[str]:
    yield "If a request leaves out a parameter, this is its value:"
    yield ""
    for operation in OPERATIONS:
        if found := parameter_defaults(operation):
            yield f"- {operation.name}: {', '.join(f'`{name}` `{text(value)}`' for name, value in found.items())}"
    activities = ", ".join(f"`{name}` ({'' if available else 'not '}available)" for name, available in ACTIVITIES)
    channels = ", ".join(f"`{name}`" for name in TASK_CHANNELS)
    yield ""
    yield "Resources that are created together with others:"
    yield ""
    yield f"- A new Workspace has the Activities {activities}, and the TaskChannels {channels}."
    yield f"- Template `FIFO` adds the TaskQueue `{SAMPLE_QUEUE}` and the Workflow `{SAMPLE_WORKFLOW}`."
    reached = f"`available` `{text(CHANNEL_AVAILABLE)}`"
    yield f"- A new Worker has `configured_capacity` `{CAPACITY}` and {reached} on each TaskChannel."


def _answers() -> Iterator[str]:
    yield "| Response | Support | Properties |"
    yield "|---|---|---|"
    for name, schema in SCHEMAS.items():
        support = "differs" if any(each.differs for each in schema.values()) else "yes"
        yield f"| `{name}` | {support} | {', '.join(_mark(key, each.differs) for key, each in schema.items())} |"
    yield ""
    yield "Differences:"
    yield ""
    for name, schema in SCHEMAS.items():
        for key, each in schema.items():
            if each.differs:
                yield f"- `{name}.{key}`: {each.differs}"


def _bullets(texts: Iterable[str]) -> str:
    return "\n".join(f"- {text}" for text in texts)


def _parameters(operation: Operation) -> list[tuple[str, str]]:
    """Return (name, difference) of the parameters, and of the ``If-Match`` header."""
    found = [(each.name, each.differs) for each in operation.parameters.all]
    return [*found, ("If-Match", "")] if operation.takes_if_match else found


def _differences(operation: Operation) -> list[tuple[str, str]]:
    """Return (parameter, difference) where there is one; the parameter is empty text for the operation itself."""
    found = [(f"`{name}`", differs) for name, differs in _parameters(operation) if differs]
    return [*found, ("", operation.differs)] if operation.differs else found


def _collect() -> dict[tuple[str, tuple[str, ...]], list[str]]:
    """Return (difference, operations) → parameters, so that each difference is listed once."""
    where: dict[tuple[str, str], list[str]] = {}
    for operation in OPERATIONS:
        for difference in _differences(operation):
            where.setdefault(difference, []).append(operation.name)
    collected: dict[tuple[str, tuple[str, ...]], list[str]] = {}
    for (name, differs), operations in where.items():
        collected.setdefault((differs, tuple(operations)), []).extend(filter(None, [name]))
    return collected


def _mark(name: str, differs: str) -> str:
    return f"`{name}`*" if differs else f"`{name}`"
