"""What goes wrong for a learner, told as what was seen, the rule, and the next step.

::

    HelperError                      the emulator's root error, so that one name catches what either raises
    ├── ConnectionProblem
    │   ├── BadSetting           the environment or .env holds what cannot be used
    │   ├── MissingCredentials   a mode was asked for without what it needs
    │   ├── ModeFixed            this kernel is already in the other mode
    │   ├── EmulatorRefused      the emulator would not move its clock or begin again
    │   ├── NoDuration           the clock was told to move on by something else than a number
    │   ├── NoEmulator           nothing answers at TASKROUTER_URL
    │   └── NoLessonClock        time cannot be moved here
    ├── NotShowable              a view was given something else than it draws
    ├── LessonProblem
    │   ├── StoryMissing         the tutorial's world is not there, or not whole
    │   └── UnknownLesson        there is no lesson of that number
    ├── ListenerError
    │   ├── PortTaken            the port is in use, reserved or no port at all
    │   ├── ListenerStopped      something needs a running listener
    │   ├── NotADecision         decide() got something that cannot decide
    │   ├── NotReplayable        what is to be sent again is no request, or never arrived in full
    │   ├── NotSelectable        the inbox cannot be searched for that
    │   └── NothingArrived       the wait on the inbox is over
    ├── PredictionProblem
    │   ├── NotPredictable       a prediction about something else than a Task
    │   ├── NoSuchChoice         nobody of that name is there to be reserved
    │   └── PredictedTooLate     it has come out already, or can no longer come
    ├── TimeMachineProblem
    │   ├── NoHistory            this TaskRouter cannot be taken back
    │   ├── UnknownMoment        no such event, Task or stage
    │   └── PastIsFixed          a moment can be looked at, not changed
    └── TunnelError
        ├── TokenMissing         no ngrok authtoken
        ├── TokenRefused         ngrok does not know the authtoken
        ├── TooManySessions      the account's agents are all in use
        ├── AgentMissing         no ngrok agent, and none could be fetched
        ├── AgentNotExecutable   the file is there and cannot be run
        ├── AgentTooOld          the agent lacks what pyngrok asks for
        ├── AgentSettings        the agent's settings do not suit pyngrok
        └── AgentStopped         the agent ended, or never got through

Data stands on the instance, so that code need not read the text. No text holds a secret.
"""

from __future__ import annotations

from collections.abc import Sequence

from helpers.emulator.display.value_kinds import kind
from helpers.emulator.emulator_errors import EmulatorError
from helpers.emulator.masking import masked

__all__ = [
    "AgentMissing",
    "AgentNotExecutable",
    "AgentSettings",
    "AgentStopped",
    "AgentTooOld",
    "BadSetting",
    "ConnectionProblem",
    "EmulatorRefused",
    "HelperError",
    "LessonProblem",
    "ListenerError",
    "ListenerStopped",
    "MissingCredentials",
    "ModeFixed",
    "NoDuration",
    "NoEmulator",
    "NoHistory",
    "NoLessonClock",
    "NoSuchChoice",
    "NotADecision",
    "NotPredictable",
    "NotReplayable",
    "NotSelectable",
    "NotShowable",
    "NothingArrived",
    "PastIsFixed",
    "PortTaken",
    "PredictedTooLate",
    "PredictionProblem",
    "StoryMissing",
    "TimeMachineProblem",
    "TokenMissing",
    "TokenRefused",
    "TooManySessions",
    "TunnelError",
    "UnknownLesson",
    "UnknownMoment",
]


HelperError = EmulatorError
"""Root of everything that the helpers and their emulator raise at a learner."""


class ConnectionProblem(HelperError):
    """There is no connection, or not one that can do what was asked."""


class BadSetting(ConnectionProblem):
    """A setting holds something that cannot be used; ``value`` is that, without passwords."""

    def __init__(self, name: str, value: str, rule: str) -> None:
        value = masked(value)
        super().__init__(f"{name} is {value!r}. {rule} Correct it, then run the set-up cell again.")
        self.name = name
        self.value = value


class MissingCredentials(ConnectionProblem):
    """``missing`` names the environment variables a connection needs and did not find."""

    def __init__(self, purpose: str, missing: Sequence[str]) -> None:
        super().__init__(
            f"{purpose} needs {' and '.join(missing)}, in the environment or in .env beside start.py. Set what is "
            "missing and restart the kernel, or leave the mode out: local mode needs no account."
        )
        self.missing = tuple(missing)


class ModeFixed(ConnectionProblem):
    """One kernel is never both local and live."""

    def __init__(self, mode: str, asked_for: str) -> None:
        super().__init__(
            f"This kernel is {mode}, and a kernel keeps its mode so that nothing meant for the emulator ever "
            f"reaches Twilio. Restart the kernel, then run `connect({asked_for!r})` first."
        )
        self.mode = mode
        self.asked_for = asked_for


class NoEmulator(ConnectionProblem):
    """Nothing at ``url`` answers as an emulator does."""

    def __init__(self, url: str) -> None:
        url = masked(url)
        super().__init__(
            f"TASKROUTER_URL is {url}, and no emulator answers there. Start one with `python -m helpers.emulator`, "
            "or remove TASKROUTER_URL: then the notebooks bring their own."
        )
        self.url = url


class EmulatorRefused(ConnectionProblem):
    """The emulator answered one of its own routes, such as clock/advance, with a refusal."""

    def __init__(self, route: str, message: str) -> None:
        said = message.rstrip(".")
        super().__init__(f"The emulator refused {route}: {said}. Correct the value and run the cell again.")
        self.route = route


class NoLessonClock(ConnectionProblem):
    """Somebody tried to move Twilio's time."""

    def __init__(self) -> None:
        super().__init__(
            "Only the emulator's clock can be moved, and this kernel is live: Twilio's time is everybody's. "
            "Wait for as long as the lesson says, or run the notebook in local mode."
        )


class NoDuration(ConnectionProblem):
    """The clock was told to move on by something that is no number; ``given`` is that."""

    def __init__(self, given: object) -> None:
        super().__init__(
            f"`advance` moves the clock on by a number of seconds, and got {kind(given)}. Write the number without "
            "quotes, such as `connection.advance(60)`; of a `timedelta` pass its `.total_seconds()`."
        )
        self.given = given


class NotShowable(HelperError):
    """A view was given something that it cannot draw; ``given`` is that.

    Args:
        example: what gives the right thing, or the whole call if what was given only stands in the wrong place.
    """

    def __init__(self, wanted: str, given: object, example: str, *, is_misplaced: bool = False) -> None:
        instead = f"Write `{example}`." if is_misplaced else f"Pass what `{example}` gives, for instance."
        super().__init__(f"This shows {wanted}, and got {kind(given)}. {instead}")
        self.given = given


class LessonProblem(HelperError):
    """A lesson cannot go on from here."""


class StoryMissing(LessonProblem):
    """Something the tutorial builds is not there; ``missing`` names it."""

    def __init__(self, missing: str) -> None:
        super().__init__(
            f"There is no {missing} yet. Lesson 1 builds it; run this notebook's set-up cells, which make "
            "everything earlier lessons made."
        )
        self.missing = missing


class UnknownLesson(LessonProblem):
    """There is no lesson of this number."""

    def __init__(self, number: object, last: int) -> None:
        super().__init__(
            f"There is no lesson {number!r}. Lessons are numbered 0 to {last - 1}, and {last} is where lesson "
            f"{last - 1} ends. Use the number in the notebook's file name."
        )
        self.number = number


class ListenerError(HelperError):
    """The callback listener cannot do what it was asked."""


class PortTaken(ListenerError):
    """The listener could not have the port."""

    def __init__(self, port: int) -> None:
        super().__init__(
            f"The listener cannot use port {port}: another program has it, the system reserves it, or it is no "
            "port (1 to 65535). Leave `port` out, and the listener takes a free one."
        )
        self.port = port


class ListenerStopped(ListenerError):
    """Something was asked of a listener that does not run."""

    def __init__(self, asked_for: str) -> None:
        super().__init__(
            f"{asked_for} needs a running listener, and this one is stopped. Run `listener.start()`, or the "
            "set-up cell again."
        )
        self.asked_for = asked_for


class NotADecision(ListenerError):
    """``decide`` was given something that cannot answer an assignment callback."""

    def __init__(self, given: str) -> None:
        super().__init__(
            f"decide() got {given}. It wants the function itself, taking one argument, the callback: write "
            "`listener.decide(my_function)` without calling it, and `def my_function(callback): ...`."
        )
        self.given = given


class NotReplayable(ListenerError):
    """What isn't a received request, or did not arrive in full, cannot be sent again; ``given`` is that."""

    def __init__(self, given: object) -> None:
        number = getattr(given, "number", None)
        seen = f"`replay` got {kind(given)}, and takes a request"
        if number is not None:
            seen = f"Request {number} was refused before all of it had arrived, so it cannot be sent again"
        super().__init__(f"{seen}. Choose one of the inbox that arrived complete, such as `listener.inbox.last`.")
        self.given = given


class NotSelectable(ListenerError):
    """The inbox was asked for requests with a parameter that none can have; ``name`` is its name."""

    def __init__(self, name: str, value: object) -> None:
        if name.startswith("timeout"):
            rule = "it would be looked for among the parameters of requests. To limit the wait, write `timeout=5`."
        else:
            instead = "Pass its SID, `.sid`." if hasattr(value, "sid") else "Write it in quotes."
            rule = f"the parameters of a request are text, and this is {kind(value)}. {instead}"
        super().__init__(f"`{name}`: {rule}")
        self.name = name


class NothingArrived(ListenerError):
    """The time limit of a wait on the inbox is over.

    ``awaited`` says what was waited for, ``came`` what is in the inbox instead, one text
    for each kind of request, ``timeout_seconds`` how long the wait was.
    """

    def __init__(self, awaited: str, came: Sequence[str], timeout_seconds: float, next_step: str) -> None:
        seen = "The inbox holds instead: " + "; ".join(came) + "." if came else "Nothing else is in the inbox."
        super().__init__(f"Waited {timeout_seconds:g} s for {awaited}, in vain. {seen} {next_step}")
        self.awaited = awaited
        self.came = tuple(came)
        self.timeout_seconds = timeout_seconds


class PredictionProblem(HelperError):
    """A prediction cannot be made."""


class NotPredictable(PredictionProblem):
    """``given`` is nothing that a prediction can be about."""

    def __init__(self, given: str) -> None:
        super().__init__(
            f'A prediction is about a Task, and this is {given}. Write `predict(task, "Alice")` with a Task of '
            '`workspace.tasks.list()`, or `predict("Alice")` for the next Reservation, whatever its Task.'
        )
        self.given = given


class NoSuchChoice(PredictionProblem):
    """``given`` is nobody's name; ``choices`` are those there are."""

    def __init__(self, given: str, choices: Sequence[str], meant: str | None) -> None:
        did_you_mean = f" Did you mean {meant!r}?" if meant else ""
        super().__init__(
            f"There is no Worker {given!r} in this Workspace.{did_you_mean} Choose one of: {', '.join(choices)}."
        )
        self.given = given
        self.choices = tuple(choices)


class PredictedTooLate(PredictionProblem):
    """What was to be predicted has come out; ``seen`` says how."""

    def __init__(self, seen: str, next_step: str) -> None:
        super().__init__(f"{seen} A prediction comes before the fact: {next_step}")
        self.seen = seen


class TimeMachineProblem(HelperError):
    """The time machine cannot go there, or not do that."""


class NoHistory(TimeMachineProblem):
    """Nothing remembers the past here."""

    def __init__(self) -> None:
        super().__init__(
            "Only the emulator inside a notebook's kernel remembers its past; Twilio, and a server at TASKROUTER_URL, "
            "tell what happened as events: `workspace.events.list()`. To go back in time run the lesson in local "
            "mode, without TASKROUTER_URL."
        )


class UnknownMoment(TimeMachineProblem):
    """``given`` names no moment."""

    def __init__(self, given: str, rule: str) -> None:
        super().__init__(f"{given} {rule}")
        self.given = given


class PastIsFixed(TimeMachineProblem):
    """Somebody tried to change a moment; ``method`` is that of the request."""

    def __init__(self, method: str) -> None:
        super().__init__(
            f"This client looks at the past, and a {method} request would change it. Take a branch, which may go "
            "another way: `branch = then.branch()`, and make the change with `branch.workspace`."
        )
        self.method = method


class TunnelError(HelperError):
    """No public URL leads to the listener."""


class TokenMissing(TunnelError):
    """There is no ngrok authtoken to open a tunnel with."""

    def __init__(self) -> None:
        super().__init__(
            "A public URL needs an ngrok authtoken, and there is none. Copy yours from dashboard.ngrok.com, set "
            "NGROK_AUTHTOKEN to it (in .env, say), and run the cell again; local mode needs no tunnel."
        )


class TokenRefused(TunnelError):
    """ngrok does not accept the authtoken."""

    def __init__(self) -> None:
        super().__init__(
            "ngrok refused the authtoken: it is mistyped, revoked, or of another kind (an API key, say). Copy it "
            "again from dashboard.ngrok.com into NGROK_AUTHTOKEN and run the cell again."
        )


class TooManySessions(TunnelError):
    """Other ngrok agents use up what the account allows."""

    def __init__(self) -> None:
        super().__init__(
            "ngrok allows this account no further agent: others are still running, perhaps in another notebook. "
            "Stop them (`listener.hide()` there, or on dashboard.ngrok.com) and run the cell again."
        )


class AgentMissing(TunnelError):
    """No ngrok agent is installed, and it could not be downloaded."""

    def __init__(self) -> None:
        super().__init__(
            "The ngrok agent is not on this machine and could not be downloaded. Check the network connection, "
            "or install ngrok and name its file in PYNGROK_NGROK_PATH, and run the cell again."
        )


class AgentNotExecutable(TunnelError):
    """The file named as ngrok agent cannot be run."""

    def __init__(self) -> None:
        super().__init__(
            "The ngrok agent's file cannot be run: it is not executable, or made for another kind of machine. "
            "Make it executable (`chmod +x`), or delete it to have it downloaded again, and run the cell again."
        )


class AgentTooOld(TunnelError):
    """The agent does not know what pyngrok asks of it."""

    def __init__(self) -> None:
        super().__init__(
            "The ngrok agent on this machine is too old for pyngrok. Run `ngrok update`, or delete the file to "
            "have the present one downloaded, and run the cell again."
        )


class AgentSettings(TunnelError):
    """The agent's settings are such that pyngrok cannot follow it."""

    def __init__(self) -> None:
        super().__init__(
            "The ngrok agent's settings do not suit pyngrok: it needs `log_format` term or logfmt, `log_level` "
            "info or debug, and `web_addr` left on. Correct the agent's settings file and run the cell again."
        )


class AgentStopped(TunnelError):
    """The agent ended or did not connect in time; ``code`` is ngrok's own (ERR_NGROK_…)."""

    def __init__(self, code: str | None = None) -> None:
        reason = f" ngrok's code is {code} (see ngrok.com/docs/errors)." if code else ""
        super().__init__(
            f"The ngrok agent started and did not open a tunnel.{reason} Check that this machine reaches the "
            "internet (a firewall or proxy may stand between), and run the cell again."
        )
        self.code = code
