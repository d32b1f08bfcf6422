"""IPython extension that replaces tracebacks in a notebook by what happened and what to do.

``%load_ext helpers.guide.extension`` turns it on; ``connect()`` does so too. A cell that ran too early names the
step it needs, an interrupted one its line, an error from TaskRouter has Twilio's message and advice, a slip in
Python has advice, and a ``HelperError`` becomes its text. Every other error stays as it is. Below every cell come
the emulator's hints on requests that it accepted, and below one that succeeded, notes on code without effect.
"""

from __future__ import annotations

import sys
import textwrap
from collections.abc import Mapping, Sequence
from json import JSONDecodeError
from subprocess import CalledProcessError
from types import TracebackType
from typing import TYPE_CHECKING, Any

from twilio.base.exceptions import TwilioException

from helpers.errors import HelperError
from helpers.errors.connection_problems import NoLessonClock
from helpers.errors.time_machine_problems import NoHistory
from helpers.ground.choice import current_ground
from helpers.guide import missing_steps
from helpers.guide.emulator_advice import in_a_notebook
from helpers.guide.hints import hints
from helpers.guide.passed_over import stand_in
from helpers.guide.slips.syntax_slips import advise_on_syntax
from helpers.guide.slips.without_effect import find_remarks
from helpers.lessons import cell_runs
from helpers.webapp import app_magic
from helpers.wire import Exchange

if TYPE_CHECKING:
    from IPython.core.interactiveshell import ExecutionResult, InteractiveShell

__all__ = ["enable", "load_ipython_extension", "unload_ipython_extension", "watch"]

WIDTH = 100
"""Characters in a line; JupyterLab breaks longer ones in the middle of a word."""

_SLIPS = (AttributeError, ImportError, IndexError, JSONDecodeError, KeyError, TypeError)

_TAUGHT = (
    *_SLIPS,
    KeyboardInterrupt,
    NameError,
    CalledProcessError,
    TwilioException,
    OSError,  # as `requests` has it
    HelperError,
)

_wire: Sequence[Exchange] = ()
_names: Mapping[str, Any] = {}
"""Names that the cells have defined."""
_seen = 0
"""Number of the last exchange made by a cell that has ended."""


def load_ipython_extension(ip: InteractiveShell) -> None:
    """Register the extension in this shell; a second call changes nothing."""
    global _names
    _names = ip.user_ns
    ip.set_custom_exc(_TAUGHT, _show)
    ip.events.register("pre_run_cell", cell_runs.begin)
    ip.events.register("post_run_cell", _end)
    app_magic.register(ip)
    current_ground().equip(ip)  # last, so that a wrong ground is told as every other error is


def unload_ipython_extension(ip: InteractiveShell) -> None:
    """Show every error as IPython does by default."""
    ip.set_custom_exc((), None)
    ip.events.unregister("pre_run_cell", cell_runs.begin)
    ip.events.unregister("post_run_cell", _end)


def enable() -> None:
    """Load the extension in IPython; do nothing elsewhere."""
    ipython = sys.modules.get("IPython")  # if it isn't imported, it isn't running, and importing it takes long
    if ipython is not None and (ip := ipython.get_ipython()) is not None:
        load_ipython_extension(ip)


def watch(wire: Sequence[Exchange]) -> None:
    """Read from ``wire``, from now on, what was sent when TaskRouter returns an error."""
    global _wire, _seen
    _wire, _seen = wire, 0


def _end(result: ExecutionResult) -> None:
    """Print hints, advice on a syntax error, and notes on code without effect, below the cell."""
    cell_runs.end(result)
    exchanges = _take_new_exchanges()
    for each in exchanges:
        if each.hint and each.status < 400:  # an error shows its own
            _say(f"TaskRouter accepted this request. The emulator adds: {each.hint}")
    if isinstance(result.error_before_exec, SyntaxError):
        if advice := advise_on_syntax(result.error_before_exec):
            _say(f"What to do: {advice}")
    elif result.success and result.info is not None:
        for sentence in find_remarks(result.info.raw_cell or "", _names, result.result, exchanges):
            _say(f"Note: {sentence}")


def _say(text: str) -> None:
    print(*_wrap(text), sep="\n")


def _take_new_exchanges() -> list[Exchange]:
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
    lines = ip.InteractiveTB.structured_traceback(kind, error, traceback, tb_offset) if told is None else _wrap(told)
    ip._showtraceback(kind, error, lines)


def _explain(error: BaseException, namespace: dict[str, Any], traceback: TracebackType | None) -> str | None:
    """Return what to show instead of a traceback; None where the traceback says more."""
    history = cell_runs.history()
    cell = history[-1].source
    if isinstance(error, NoHistory | NoLessonClock):
        stand_in(cell, namespace, error)
    if isinstance(error, HelperError):
        return in_a_notebook(error)
    if hints.is_about_requests(error):
        return hints.explain(error, _wire)
    if isinstance(error, KeyboardInterrupt):
        return _explain_interrupt(traceback, namespace)
    if isinstance(error, CalledProcessError):
        return missing_steps.explain_script(error, history) if cell.startswith("%%") else None
    if isinstance(error, NameError):
        in_cell = _raised_in_cell(traceback, namespace)
        return missing_steps.explain_missing_name(error, namespace, history) if in_cell else None
    if isinstance(error, _SLIPS):
        return _explain_slip(error, namespace, traceback)
    return None


def _explain_slip(error: BaseException, namespace: dict[str, Any], traceback: TracebackType | None) -> str | None:
    from helpers.guide.slips import slips  # here, because it loads the SDK's TaskRouter, which takes long

    own = slips.find_learners_frame(traceback)
    if own is None or own.tb_frame.f_globals is not namespace:
        return None
    if isinstance(error, IndexError) and slips.is_from_empty_list(error):
        return missing_steps.explain_empty_list(cell_runs.history())
    advice = slips.advise(error)
    return None if advice is None else f"{type(error).__name__}: {error}\nWhat to do: {advice}"


def _explain_interrupt(traceback: TracebackType | None, namespace: dict[str, Any]) -> str:
    lines = [each.tb_lineno for each in _entries(traceback) if each.tb_frame.f_globals is namespace]
    place = f" in line {lines[-1]}" if lines else ""
    return f"You interrupted the cell{place}. Nothing else is lost. Run the next cell, or run this one again."


def _wrap(text: str) -> list[str]:
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
