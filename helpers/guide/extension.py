"""IPython extension: errors in a notebook teach instead of frightening.

``%load_ext helpers.guide.extension`` turns it on; ``connect()`` does that by itself. A cell that ran too early is
told the step it needs, one that was interrupted says where, a refusal by TaskRouter becomes Twilio's own
words and what to do about it, a ``HelperError`` becomes its text. Every other error stays as it is. Below a
cell that succeeded stands what the emulator passed over in its requests, and what it did without effect.
"""

from __future__ import annotations

import sys
import textwrap
from collections.abc import Mapping, Sequence
from json import JSONDecodeError
from subprocess import CalledProcessError
from types import TracebackType
from typing import TYPE_CHECKING, Any

from requests.exceptions import RequestException
from twilio.base.exceptions import TwilioException

from helpers.errors import HelperError
from helpers.guide import missing_steps
from helpers.guide.emulator_advice import in_a_notebook
from helpers.guide.hints import hints
from helpers.guide.slips.syntax_slips import syntax_advice
from helpers.guide.slips.without_effect import remarks
from helpers.lessons import cell_runs
from helpers.wire import Exchange

if TYPE_CHECKING:
    from IPython.core.interactiveshell import ExecutionResult, InteractiveShell

__all__ = ["enable", "load_ipython_extension", "unload_ipython_extension", "watch"]

WIDTH = 100
"""Characters a line; JupyterLab breaks longer ones in the middle of a word."""

_SLIPS = (AttributeError, ImportError, IndexError, JSONDecodeError, KeyError, TypeError)

_TAUGHT = (
    *_SLIPS,
    KeyboardInterrupt,
    NameError,
    CalledProcessError,
    TwilioException,
    RequestException,
    HelperError,
)

_wire: Sequence[Exchange] = ()
_names: Mapping[str, Any] = {}
"""What the cells have defined."""
_seen = 0
"""Number of the last exchange of the cells that ended."""


def load_ipython_extension(ip: InteractiveShell) -> None:
    """Let the errors of this shell teach; twice is as good as once."""
    global _names
    _names = ip.user_ns
    ip.set_custom_exc(_TAUGHT, _show)
    ip.events.register("pre_run_cell", cell_runs.begin)
    ip.events.register("post_run_cell", _end)


def unload_ipython_extension(ip: InteractiveShell) -> None:
    """Show all errors as IPython does by itself."""
    ip.set_custom_exc((), None)
    ip.events.unregister("pre_run_cell", cell_runs.begin)
    ip.events.unregister("post_run_cell", _end)


def enable() -> None:
    """Load the extension where IPython runs; do nothing anywhere else."""
    ipython = sys.modules.get("IPython")  # not imported: then it is not running, and importing it takes its time
    if ipython is not None and (ip := ipython.get_ipython()) is not None:
        load_ipython_extension(ip)


def watch(wire: Sequence[Exchange]) -> None:
    """Look at ``wire`` from now on to see what was really sent when TaskRouter refuses."""
    global _wire, _seen
    _wire, _seen = wire, 0


def _end(result: ExecutionResult) -> None:
    """Say below a cell what its error left unsaid, or what it did without effect."""
    cell_runs.end(result)
    exchanges = _since_last_cell()
    for each in exchanges:
        if each.hint and each.status < 400:  # a refusal shows its own
            _say(f"TaskRouter took this request. The emulator adds: {each.hint}")
    if isinstance(result.error_before_exec, SyntaxError):
        if advice := syntax_advice(result.error_before_exec):
            _say(f"What to do: {advice}")
    elif result.success and result.info is not None:
        for sentence in remarks(result.info.raw_cell or "", _names, result.result, exchanges):
            _say(f"Note: {sentence}")


def _say(text: str) -> None:
    print(*_wrapped(text), sep="\n")


def _since_last_cell() -> list[Exchange]:
    global _seen
    fresh = [each for each in _wire if each.number > _seen]
    _seen = max((each.number for each in _wire), default=0)
    return fresh


def _show(
    ip: InteractiveShell,
    kind: type[BaseException],
    error: BaseException,
    traceback: TracebackType | None,
    tb_offset: int | None = None,
) -> None:
    told = _explain(error, ip.user_ns, traceback)
    lines = ip.InteractiveTB.structured_traceback(kind, error, traceback, tb_offset) if told is None else _wrapped(told)
    ip._showtraceback(kind, error, lines)


def _explain(error: BaseException, namespace: dict[str, Any], traceback: TracebackType | None) -> str | None:
    """What to say instead of a traceback; None where the traceback says more."""
    history = cell_runs.history()
    cell = history[-1].source
    if isinstance(error, HelperError):
        return in_a_notebook(error)
    if isinstance(error, KeyboardInterrupt):
        return _interrupted(traceback, namespace)
    if isinstance(error, CalledProcessError):
        return missing_steps.script_failed(error, history) if cell.startswith("%%") else None
    if isinstance(error, NameError):
        return missing_steps.missing_name(error, namespace, history) if _raised_in_cell(traceback, namespace) else None
    if isinstance(error, _SLIPS):
        return _slip(error, namespace, traceback)
    refused = next((each for each in reversed(_wire) if each.status >= 400), None)
    return hints.explain(error, refused)


def _slip(error: BaseException, namespace: dict[str, Any], traceback: TracebackType | None) -> str | None:
    from helpers.guide.slips import (
        slips,  # here, as it loads every class of TaskRouter that the SDK has, and most cells need none
    )

    own = slips.learners_frame(traceback)
    if own is None or own.tb_frame.f_globals is not namespace:
        return None
    if isinstance(error, IndexError) and slips.listed_nothing(error):
        return missing_steps.empty_list(cell_runs.history())
    advice = slips.advice(error)
    return None if advice is None else f"{type(error).__name__}: {error}\nWhat to do: {advice}"


def _interrupted(traceback: TracebackType | None, namespace: dict[str, Any]) -> str:
    lines = [each.tb_lineno for each in _entries(traceback) if each.tb_frame.f_globals is namespace]
    place = f" in line {lines[-1]}" if lines else ""
    return f"Interrupted{place}. Nothing else is lost: go on with the next cell, or run this one again."


def _wrapped(text: str) -> list[str]:
    lines = (textwrap.wrap(line, WIDTH, break_long_words=False, break_on_hyphens=False) for line in text.splitlines())
    return [part for line in lines for part in line]


def _raised_in_cell(traceback: TracebackType | None, namespace: dict[str, Any]) -> bool:
    entries = _entries(traceback)
    return bool(entries) and entries[-1].tb_frame.f_globals is namespace


def _entries(traceback: TracebackType | None) -> list[TracebackType]:
    entries = []
    while traceback is not None:
        entries.append(traceback)
        traceback = traceback.tb_next
    return entries
