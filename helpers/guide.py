"""IPython extension: errors in a notebook teach instead of frightening.

``%load_ext helpers.guide`` turns it on; ``connect()`` does that by itself. A name that is not
there yet becomes the step that makes it, a refusal by TaskRouter becomes Twilio's own words and
what to do about it, a ``HelperError`` becomes its text. Every other error stays as it is.
"""

from __future__ import annotations

import difflib
import sys
from collections.abc import Mapping, Sequence
from types import TracebackType
from typing import TYPE_CHECKING, Any

from requests.exceptions import RequestException
from twilio.base.exceptions import TwilioException

from . import hints, steps
from .errors import HelperError
from .wire import Exchange

if TYPE_CHECKING:
    from IPython.core.interactiveshell import ExecutionInfo, ExecutionResult, InteractiveShell

__all__ = ["enable", "history", "load_ipython_extension", "missing_name", "unload_ipython_extension", "watch"]

_TAUGHT = (NameError, TwilioException, RequestException, HelperError)

_wire: Sequence[Exchange] = ()
_finished: list[str] = []
_running = ""


def load_ipython_extension(ip: InteractiveShell) -> None:
    """Let the errors of this shell teach; twice is as good as once."""
    ip.set_custom_exc(_TAUGHT, _show)
    ip.events.register("pre_run_cell", _begin)
    ip.events.register("post_run_cell", _end)


def unload_ipython_extension(ip: InteractiveShell) -> None:
    """Show all errors as IPython does by itself."""
    ip.set_custom_exc((), None)
    ip.events.unregister("pre_run_cell", _begin)
    ip.events.unregister("post_run_cell", _end)


def history() -> list[str]:
    """The cells run in this kernel, the present one last. IPython's own ``In`` stays empty under nbval."""
    return [*_finished, _running]


def enable() -> None:
    """Load the extension where IPython runs; do nothing anywhere else."""
    ipython = sys.modules.get("IPython")  # not imported: then it is not running, and importing it takes its time
    if ipython is not None and (ip := ipython.get_ipython()) is not None:
        load_ipython_extension(ip)


def watch(wire: Sequence[Exchange]) -> None:
    """Look at ``wire`` from now on to see what was really sent when TaskRouter refuses."""
    global _wire
    _wire = wire


def missing_name(error: NameError, namespace: Mapping[str, object], history: Sequence[str]) -> str:
    """Say which step makes the name that ``error`` misses.

    Args:
        namespace: the names that exist.
        history: the cells run so far, the failing one last; they tell which lesson this is.
    """
    name = error.name or ""
    every = steps.lessons()
    here = steps.lesson_of(history, every)
    step = steps.step_making(name, here.steps if here else [step for each in every for step in each.steps])
    if step is None:
        return f"{error}, and no step makes it. {_similar(name, namespace)}"
    return (
        f"`{name}` is not there yet: the step “{step.heading}” makes it, and that has not run in this kernel. "
        "Run that step first, or all steps up to here: menu Run > Run All Above Selected Cell."
    )


def _similar(name: str, namespace: Mapping[str, object]) -> str:
    close = difflib.get_close_matches(name, [known for known in namespace if not known.startswith("_")], n=1)
    return f"Did you mean `{close[0]}`?" if close else "Compare the spelling with the cell that made it."


def _begin(info: ExecutionInfo) -> None:
    global _running
    _running = info.raw_cell or ""


def _end(result: ExecutionResult) -> None:
    if result.info is not None and result.info.raw_cell:
        _finished.append(result.info.raw_cell)


def _show(
    ip: InteractiveShell,
    kind: type[BaseException],
    error: BaseException,
    traceback: TracebackType | None,
    tb_offset: int | None = None,
) -> None:
    if isinstance(error, NameError) and not _raised_in_cell(traceback, ip.user_ns):
        lines = ip.InteractiveTB.structured_traceback(kind, error, traceback, tb_offset)
    else:
        lines = [_explain(error, ip.user_ns)]
    ip._showtraceback(kind, error, lines)


def _explain(error: BaseException, namespace: dict[str, Any]) -> str:
    if isinstance(error, NameError):
        return missing_name(error, namespace, history())
    if isinstance(error, HelperError):
        return str(error)
    refused = next((each for each in reversed(_wire) if each.status >= 400), None)
    return hints.explain(error, refused)


def _raised_in_cell(traceback: TracebackType | None, namespace: dict[str, Any]) -> bool:
    while traceback is not None and traceback.tb_next is not None:
        traceback = traceback.tb_next
    return traceback is not None and traceback.tb_frame.f_globals is namespace
