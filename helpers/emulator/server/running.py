"""Running emulator: what Python can do with it, on a thread or in place."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Mapping
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any, Protocol, Self, TypeVar, cast

import msgspec
from starlette.types import ASGIApp

from ..callbacks.faults import Fault
from ..clock import Millis
from ..emulator import Emulator
from ..engine.model.changes import Alert
from ..engine.model.refusals import Refused
from ..masking import mask
from ..settling import Home
from ..store.callback_log import DeliveryEntry
from .service import Service

if TYPE_CHECKING:
    from ..explanations import Explanation, Spelling
    from ..portal.program_portal import ProgramPortal
    from ..sdk.http_client import EmulatorGone
    from .administration.phone import Phone
    from .simulated_call import SimulatedCall

__all__ = ["HasEnded", "Runner", "RunningEmulator", "gone"]

T = TypeVar("T")

__tracebackhide__ = True  # pytest reads it, and shows the test's own line, not how the emulator came to refuse it

_ALL = 1_000_000
"""Number of lines larger than any log."""


class HasEnded(Exception):
    """The emulator was stopped, before the coroutine or while it ran."""


class Runner(Protocol):
    """Runner of an emulator's coroutines, one at a time between two waits."""

    @property
    def app(self) -> ASGIApp:
        """Application that answers the emulator's requests; call it where the coroutines run."""
        ...

    def run(self, coroutine: Coroutine[Any, Any, T]) -> T:
        """Run ``coroutine`` and return its result.

        Raises:
            HasEnded: after :meth:`stop`, or meanwhile.
        """
        ...

    def stop(self) -> None:
        """Answer open requests, and release what the emulator holds; a second call does nothing."""
        ...


class RunningEmulator:
    """Running emulator that answers at ``url`` until :meth:`stop`; also a context manager.

    ``emulator`` belongs to the thread that it runs on: use it with :meth:`call`. ``app``, the ASGI application that
    answers, too: only where the emulator runs in place can others call it.

    Raises:
        EmulatorGone: a method is called after :meth:`stop`, or hasn't finished before.
    """

    def __init__(self, service: Service, runner: Runner, url: str) -> None:
        self.url = url
        self.app = runner.app
        self.emulator: Emulator = service.emulator
        account = next(iter(self.emulator.accounts.values()))
        self.account_sid = account.sid
        self.auth_token = account.auth_token
        self._service = service
        self._runner = runner
        self._home = Home()

    def __repr__(self) -> str:
        return f"RunningEmulator({self.url!r}, account_sid={self.account_sid!r})"

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.stop()

    def advance(self, seconds: float) -> Millis:
        """Advance the clock by ``seconds``, firing timers on the way, and return the new time.

        Raises:
            Invalid: ``seconds`` is negative, not finite, or more than ten years.
        """
        return self._await(self._service.controls.advance(seconds, patient=self._home.is_here()))

    def pause(self) -> Millis:
        """Pause the clock and return its time; from now on only writes, a step each, and :meth:`advance` move it."""
        return self.call(lambda emulator: self._service.controls.pause())

    def set_step(self, seconds: float) -> Millis:
        """Let each write take ``seconds`` while the clock is paused, until the next reset, and return the time.

        Raises:
            Invalid: ``seconds`` is not a number from 0 to 86,400.
        """
        return self.call(lambda emulator: self._service.controls.set_step(seconds))

    def run(self) -> Millis:
        """Let the clock run from its present time, and return that.

        Raises:
            Invalid: it runs in place, where nothing would fire timers meanwhile.
        """
        return self.call(lambda emulator: self._service.controls.run())

    def read_clock(self, workspace_sid: str | None = None) -> dict[str, Any]:
        """Return the clock's ``now_ms``, whether it is ``running``, and the ``next`` timer; None if there is none.

        Args:
            workspace_sid: only timers of this Workspace; without it, those of all.
        """
        return self.look(lambda emulator: self._service.controls.read_clock(workspace_sid))

    def settle(self) -> bool:
        """Wait until the callbacks caused so far have been answered; return False if it takes longer than six seconds.

        Don't call it while you answer a callback yourself: it would wait for you. In place it then returns at once.
        """
        queue = self._service.queue
        return not queue.outstanding or self._await(queue.settle())

    def settle_at_home(self) -> None:
        """Wait as :meth:`settle` does, but only on the thread that started the emulator."""
        if self._home.is_here():
            self.settle()

    def reset(self) -> None:
        """Delete all state, history, logs and faults; the clock, as it was started, and SIDs begin again."""
        self.settle_at_home()
        self._await(self._service.controls.reset())

    # -- state ---------------------------------------------------------------------------------

    def seed(self, document: Mapping[str, Any]) -> list[str]:
        """Create the Workspaces of a seed document (``seed_file`` shows one), and return their SIDs.

        Those whose name exists are left alone and not returned.

        Raises:
            Invalid: it is no seed document, or TaskRouter would refuse a part of it.
        """
        return self._await(self._service.controls.seed(msgspec.json.encode(document)))

    def snapshot(self, *, events: bool = False) -> dict[str, Any]:
        """Return the state as one document of plain values, for :meth:`restore`; with ``events`` the events, too."""
        return self.look(lambda emulator: msgspec.to_builtins(self._service.controls.snapshot(events=events)))

    def restore(self, document: Mapping[str, Any]) -> None:
        """Replace the state by a snapshot, clock and SIDs included; in place, its clock stands still.

        Raises:
            Invalid: it cannot be restored; nothing has changed.
        """
        self.settle_at_home()
        self._await(self._service.controls.restore(msgspec.json.encode(document)))

    # -- the portal ----------------------------------------------------------------------------

    @cached_property
    def portal(self) -> ProgramPortal:
        """Portal for programs: what its page shows and asks, and its address."""
        from ..portal.program_portal import ProgramPortal  # here, because few runs need it

        return ProgramPortal(self.call(lambda emulator: self._service.portal), self.account_sid, self.url, self._await)

    # -- explanations --------------------------------------------------------------------------

    def explain(self, given: Any, attributes: Mapping[str, Any] | None = None) -> Explanation:
        """Explain a Task, a Worker, or a Workflow with the attributes of a future Task, by its SID.

        ``explanations.explain`` takes an object of the SDK, from Twilio too; a test often has no more than the SID of a
        Task that its application created.

        Args:
            given: the SID, or an object of the SDK.

        Raises:
            NothingToExplain: there is no such resource, and no event about it.
            Invalid: a Task can't have these attributes, or ``given`` isn't a Workflow.
            NotReadable: the Workspace changes faster than it can be read.
        """
        from ..explanations import Spelling  # here, because a server must start without the SDK
        from .explaining.explainable import find_explainable
        from .explaining.explanation_in_process import explain_in_process

        sid = str(getattr(given, "sid", given))
        found = self.look(lambda emulator: find_explainable(emulator, sid))
        return explain_in_process(self.emulator, found, attributes, Spelling, self._await)

    def report_tasks(self, spelling: type[Spelling] | None = None, *, names_pages: bool = False) -> str:
        """Return why Tasks wait or were canceled, who is asked for the others, and which alerts there are.

        The text is empty if all Tasks are accepted and there is no alert. It doesn't wait for callbacks.

        Args:
            spelling: spelling of the code; None for readers over HTTP.
            names_pages: name the portal's pages of the Tasks; only where a server answers at ``url``.
        """
        from .explaining.task_report import report_tasks  # here, because few runs need it

        portal, explainer = self.url if names_pages else "", self._service.controls.explainer
        return self._await(report_tasks(self.emulator, explainer, spelling=spelling, portal=portal))

    # -- callbacks -----------------------------------------------------------------------------

    def deliveries(self, workspace_sid: str | None = None, *, after: int = 0) -> list[DeliveryEntry]:
        """Return the callbacks that were sent, with attempts and replies, oldest first.

        Args:
            workspace_sid: only those of this Workspace; without it, those of all.
            after: only those with a higher ``number``.
        """
        found = self.look(lambda emulator: emulator.store.deliveries(workspace_sid, after_number=after, limit=_ALL))
        return _mask(found, list[DeliveryEntry])

    def replay(self, number: int) -> DeliveryEntry:
        """Send the callback with this ``number`` in :meth:`deliveries` again, and return the new log entry.

        Raises:
            NotFound: there is no such callback.
        """
        return _mask(self._await(self._service.controls.replay(number)), DeliveryEntry)

    def alerts(self, workspace_sid: str | None = None, *, after: int = 0) -> list[Alert]:
        """Return the lines that Twilio's debugger would show, oldest first; arguments as for :meth:`deliveries`."""
        found = self.look(lambda emulator: emulator.store.alerts(workspace_sid, after_number=after, limit=_ALL))
        return _mask(found, list[Alert])

    def add_fault(
        self,
        fault: str,
        *,
        kind: str = "any",
        event_type: str = "",
        after: int = 0,
        every: int = 1,
        times: int = 1,
        seconds: float = 0.0,
        status: int = 500,
        until: str = "",
    ) -> None:
        """Add a fault to the next callbacks, or to the next requests to the API.

        Args:
            fault: of a callback: ``slow`` (sent ``seconds`` late), ``fail`` (answered with ``status`` in place of the
                application), ``signature`` (a wrong one), ``duplicate`` (sent twice), ``reorder`` (sent after the next,
                or after the next event of type ``until``). Of the reply: ``late_reply`` (by ``seconds``), ``empty``
                (200 without a body) or ``no_instruction`` (a body without one). ``busy`` answers a request to the API
                with 429.
            kind: of callbacks: ``assignment``, ``event``, ``status``, ``voice`` (requests for TwiML) or ``any``.
            event_type: of event callbacks, such as ``reservation.accepted``.
            after: number of such callbacks or requests that go well first.
            every: 3 strikes the first of them, the fourth, and so on.
            times: number of callbacks or requests that it happens to.

        Raises:
            Invalid: a value is not one of the allowed ones.
        """
        asked = partial(
            Fault,
            fault=fault,
            kind=kind,
            event_type=event_type,
            after=after,
            every=every,
            times=times,
            seconds=seconds,
            status=status,
            until=until,
        )
        self.call(lambda emulator: self._service.controls.faults.add(asked()))

    def faults(self) -> list[Fault]:
        """Return the faults that haven't happened yet."""
        return self.look(lambda emulator: list(self._service.controls.faults.pending))

    def clear_faults(self) -> None:
        """Remove the faults that haven't happened yet, and send the callbacks that wait to be overtaken."""
        self.call(lambda emulator: self._service.controls.clear_faults())

    # -- calls ---------------------------------------------------------------------------------

    def dial(
        self, url: str = "", *, twiml: str = "", digits: str = "", worker_answers: bool = True, **more: str
    ) -> SimulatedCall:
        """Call the number of an application, and return the call when the application has answered all that it asks.

        Args:
            url: where the number leads, which answers with TwiML.
            twiml: a document in place of ``url``.
            digits: keys to press as soon as ``<Gather>`` asks for some.
            worker_answers: let a Worker's phone be answered as soon as it rings.
            more: ``from_number``, ``to_number``, ``method``, ``status_callback`` (a URL), ``workspace_sid`` (needed if
                there are several), and locations such as ``from_city`` and ``to_country``.

        Raises:
            Invalid: a value is none of the allowed ones.
        """
        from .simulated_call import SimulatedCall  # here, because few runs need it

        given = {name.removesuffix("_number"): text for name, text in more.items()}
        given |= {name: text for name, text in (("url", url), ("twiml", twiml)) if text}
        given |= {"digits": digits, "worker_answers": str(worker_answers).lower()}
        return SimulatedCall(self._use_phone, lambda phone: phone.dial(self.account_sid, given, patient=False))

    def _use_phone(self, action: Callable[[Phone], Coroutine[Any, Any, T]]) -> T:
        done = self._await(action(self._service.controls.phone))
        self.settle_at_home()
        return done

    # -- the server ----------------------------------------------------------------------------

    def call(self, function: Callable[[Emulator], T]) -> T:
        """Return ``function(emulator)``, run between two requests."""

        async def run() -> T:
            self.emulator.keep()  # it must not see what isn't stored yet
            return function(self.emulator)

        return self._await(run())

    def look(self, function: Callable[[Emulator], T]) -> T:
        """Return ``function(emulator)``, run after the callbacks caused so far have been answered."""
        self.settle_at_home()
        return self.call(function)

    def watch(self, watcher: Callable[[], object]) -> None:
        """Call ``watcher`` after every change from now on, where the emulator runs. It must return at once."""
        self._service.watch(watcher)

    def stop(self) -> None:
        """Answer open requests, release port and file, and end the thread; a second call does nothing."""
        self._runner.stop()

    def _await(self, coroutine: Coroutine[Any, Any, T]) -> T:
        try:
            return self._runner.run(coroutine)
        except HasEnded:
            raise gone(self.url) from None
        except Refused as refused:  # its text says all; where in the emulator it was raised helps nobody
            raise refused.with_traceback(None) from None


def gone(url: str) -> EmulatorGone:
    """Return the error of an emulator that was stopped."""
    from ..sdk.http_client import EmulatorGone  # here, because a server must start without the SDK

    return EmulatorGone(url)


def _mask(found: T, kind: Any) -> T:
    """Return ``found``, which has the type ``kind``, with user and password in URLs masked."""
    return cast(T, msgspec.json.decode(mask(msgspec.json.encode(found).decode()), type=kind))
