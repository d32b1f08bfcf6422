"""Errors for learners: each says what was seen, the rule, and the next step.

::

    HelperError                  the emulator's root error, so that one name catches the errors of both
    ├── ConnectionProblem
    │   ├── BadSetting           the environment or .env has an invalid value
    │   ├── CannotAsk            live mode can't ask the learner before it creates anything
    │   ├── ConsentElsewhere     the consent is another account's
    │   ├── MissingCredentials   the requested mode needs variables that are missing
    │   ├── ModeFixed            this kernel is already in the other mode
    │   ├── EmulatorRefused      the emulator rejected a request to one of its own routes
    │   ├── LedgerProblem        what live mode creates can't be recorded
    │   ├── NoDuration           advance() got something other than a number
    │   ├── NoEmulator           no emulator answers at TASKROUTER_URL
    │   ├── NothingToReset       the TaskRouter isn't the kernel's own emulator
    │   ├── NoLessonClock        this kernel is live, so the clock can't be moved
    │   ├── NotConnected         Twilio refused the first requests, or didn't answer
    │   ├── NotAgreed            the learner didn't agree to what live mode would create
    │   ├── StaysInPage          the browser edition sends nothing out of its page
    │   └── WrongCredential      TWILIO_ACCOUNT_SID or TWILIO_AUTH_TOKEN is something else
    ├── NotInPage                the browser edition has no shell, and so can't run this
    ├── NotShowable              a view got something that it can't draw
    ├── OtherWorld               this belongs to a copy or a branch, not to the connection
    ├── LessonProblem
    │   ├── NotRemoved           catch_up() can't begin afresh
    │   ├── StartMissed          catch_up() didn't reach what the lesson starts with
    │   ├── StoryMissing         the tutorial's world, or part of it, is missing
    │   └── UnknownLesson        there is no lesson with that number
    ├── ListenerError
    │   ├── PortTaken            the port is in use, reserved, or not a port
    │   ├── CannotListen         the listener can't listen for another reason
    │   ├── ListenerStopped      the listener isn't running
    │   ├── BadPublicUrl         Twilio can't reach the listener by that URL
    │   ├── NoAuthToken          nothing from outside could be checked
    │   ├── NotPublic            there is no public URL
    │   ├── NotAWorkflow         expose() got something else
    │   ├── NotOwnWorkflow       expose() got a Workflow that this kernel didn't create
    │   ├── NotADecision         decide() got something that can't decide
    │   ├── NotReplayable        the request to replay is none, or didn't arrive in full
    │   ├── NotSelectable        the inbox can't be searched for that
    │   └── NothingArrived       the wait for a request timed out, or could only do so
    ├── PredictionProblem
    │   ├── NotPredictable       the prediction isn't about a Task
    │   ├── NoSuchChoice         no Worker has that name
    │   └── PredictedTooLate     somebody is reserved already, or the Task has ended
    ├── TimeMachineProblem
    │   ├── NoHistory            this TaskRouter has no past to go back to
    │   ├── UnknownMoment        no such event, Task or stage
    │   └── PastIsFixed          a past moment can't be changed
    ├── WaitingProblem
    │   ├── NotAwaitable         wait_for() got something that it can't wait for
    │   └── WaitedInVain         what was awaited didn't come, or can't come any more
    └── TunnelError
        ├── TunnelLost           the tunnel has ended, and its public URL leads nowhere
        ├── NotReached           a request to the public URL didn't arrive
        ├── TokenMissing         no ngrok authtoken
        ├── TokenRefused         ngrok rejected the authtoken
        ├── TooManySessions      the account allows no further agent
        ├── TooManyTunnels       the account allows no further tunnel
        ├── UrlInUse             another agent serves the URL
        ├── DomainRefused        the account can't use the domain
        ├── AddressRefused       ngrok accepts no agent from this internet address
        ├── NgrokUnreachable     the agent can't connect to ngrok
        ├── AgentMissing         no ngrok agent, and the download failed
        ├── AgentNotExecutable   the agent's file can't be run
        ├── AgentInUse           the agent's file can't be replaced
        ├── AgentTooOld          the agent is too old, for ngrok or for pyngrok
        ├── AgentSettings        the agent's settings don't suit pyngrok
        └── AgentStopped         the agent opened no tunnel, for another reason

Attributes have the data, so that code needn't read the text. No text contains a secret.
"""

from __future__ import annotations

from collections.abc import Sequence

from helpers.emulator.display.safe_text import one_line
from helpers.emulator.display.value_kinds import kind
from helpers.emulator.emulator_errors import EmulatorError
from helpers.emulator.masking import mask, shorten

__all__ = [
    "AddressRefused",
    "AgentInUse",
    "AgentMissing",
    "AgentNotExecutable",
    "AgentSettings",
    "AgentStopped",
    "AgentTooOld",
    "BadPublicUrl",
    "BadSetting",
    "CannotAsk",
    "CannotListen",
    "ConnectionProblem",
    "ConsentElsewhere",
    "DomainRefused",
    "EmulatorRefused",
    "HelperError",
    "LedgerProblem",
    "LessonProblem",
    "ListenerError",
    "ListenerStopped",
    "MissingCredentials",
    "ModeFixed",
    "NgrokUnreachable",
    "NoAuthToken",
    "NoDuration",
    "NoEmulator",
    "NoHistory",
    "NoLessonClock",
    "NoSuchChoice",
    "NotADecision",
    "NotAWorkflow",
    "NotAgreed",
    "NotAwaitable",
    "NotConnected",
    "NotInPage",
    "NotOwnWorkflow",
    "NotPredictable",
    "NotPublic",
    "NotReached",
    "NotRemoved",
    "NotReplayable",
    "NotSelectable",
    "NotShowable",
    "NothingArrived",
    "NothingToReset",
    "OtherWorld",
    "PastIsFixed",
    "PortTaken",
    "PredictedTooLate",
    "PredictionProblem",
    "StartMissed",
    "StaysInPage",
    "StoryMissing",
    "TimeMachineProblem",
    "TokenMissing",
    "TokenRefused",
    "TooManySessions",
    "TooManyTunnels",
    "TunnelError",
    "TunnelLost",
    "UnknownLesson",
    "UnknownMoment",
    "UrlInUse",
    "WaitedInVain",
    "WaitingProblem",
    "WrongCredential",
]


HelperError = EmulatorError
"""Root of all errors that the helpers and their emulator raise for a learner."""


class ConnectionProblem(HelperError):
    """Error of a connection: there is none, or it can't do what was asked."""


class BadSetting(ConnectionProblem):
    """Error for a setting with an invalid ``value``, which is kept without passwords."""

    def __init__(self, name: str, value: str, rule: str) -> None:
        value = mask(value)
        super().__init__(f"{name} is {value!r}. {rule} Correct it, then run the set-up cell again.")
        self.name = name
        self.value = value


class MissingCredentials(ConnectionProblem):
    """Error for credentials that a connection needs; ``missing`` has the names of the environment variables."""

    def __init__(self, purpose: str, missing: Sequence[str]) -> None:
        super().__init__(
            f"{purpose} needs {' and '.join(missing)}, in the environment or in .env beside start.py. Set what is "
            "missing and restart the kernel. An emulator in the kernel, `connect('local')` without TASKROUTER_URL, "
            "needs no account."
        )
        self.missing = tuple(missing)


class WrongCredential(ConnectionProblem):
    """Error for a credential with the ``fault`` of being something else; its value is kept nowhere."""

    def __init__(self, name: str, fault: str) -> None:
        super().__init__(
            f"{name} {fault} Correct it in .env, or in the environment from which JupyterLab starts, then run the "
            "cell again."
        )
        self.name = name


class ModeFixed(ConnectionProblem):
    """Error for a second mode in one kernel, which is never both local and live."""

    def __init__(self, mode: str, asked_for: str) -> None:
        super().__init__(
            f"This kernel is {mode}, and a kernel keeps its mode so that nothing meant for the emulator ever "
            f"reaches Twilio. Restart the kernel, then run `connect({asked_for!r})` first."
        )
        self.mode = mode
        self.asked_for = asked_for


class NoEmulator(ConnectionProblem):
    """Error for a ``url`` at which no emulator answers."""

    def __init__(self, url: str) -> None:
        url = mask(url)
        super().__init__(
            f"TASKROUTER_URL is {url}, and no emulator answers there. Start one with `python -m helpers.emulator`, "
            "or remove TASKROUTER_URL: then the notebooks bring their own."
        )
        self.url = url


class EmulatorRefused(ConnectionProblem):
    """Error for a request that the emulator rejected at one of its own routes, such as clock/advance."""

    def __init__(self, route: str, message: str) -> None:
        said = message.rstrip(".")
        super().__init__(f"The emulator refused {route}: {said}. Correct the value and run the cell again.")
        self.route = route


class CannotAsk(ConnectionProblem):
    """Error for a kernel that can't ask before it creates something in ``account``, a masked SID."""

    def __init__(self, account: str) -> None:
        super().__init__(
            "Live mode asks before it creates anything, and can't ask here: nobody can type an answer. Nothing was "
            f"created. To agree without being asked, set TASKROUTER_LIVE_CONSENT to the account's SID, {account}, in "
            "full, then run the cell again."
        )
        self.account = account


class ConsentElsewhere(ConnectionProblem):
    """Error for a consent to ``agreed``, which isn't ``account``; both are masked."""

    def __init__(self, agreed: str, account: str) -> None:
        super().__init__(
            f"TASKROUTER_LIVE_CONSENT is {agreed}, and TWILIO_ACCOUNT_SID is {account}: a consent is for one account "
            "alone. Nothing was created. Correct one of them, or remove the consent to be asked."
        )
        self.agreed = agreed
        self.account = account


class NotAgreed(ConnectionProblem):
    """Error for an answer that isn't yes. It isn't shown: it could be anything, even a token."""

    def __init__(self) -> None:
        super().__init__(
            "You didn't type yes, so this kernel is not connected, and nothing was created or changed in the account. "
            "Run the cell again to be asked again, or write `connect('local')`, which needs no account."
        )


class LedgerProblem(ConnectionProblem):
    """Error for a ``folder`` in which nothing can be recorded; nothing is created without a record."""

    def __init__(self, folder: object, reason: str) -> None:
        super().__init__(
            f"The notebooks record what they create, so that they can remove it, and can't do so in {folder}: "
            f"{reason}. Nothing has been created. Put that right, or name another folder in TASKROUTER_LIVE_LEDGER, "
            "and run the cell again."
        )
        self.folder = folder
        self.reason = reason


class NotConnected(ConnectionProblem):
    """Error for a connection to Twilio that didn't come about; ``text`` says why, and what to do."""

    def __init__(self, text: str) -> None:
        super().__init__(text)


class NoLessonClock(ConnectionProblem):
    """Error for moving the clock in live mode."""

    def __init__(self) -> None:
        super().__init__(
            "Only the emulator's clock can be moved, and this kernel is live: Twilio's time is everybody's. "
            "Wait for as long as the lesson says, or run the notebook in local mode."
        )


class StaysInPage(ConnectionProblem):
    """Error for a ``purpose`` that needs the network, in the browser edition."""

    def __init__(self, purpose: str) -> None:
        super().__init__(
            f"{purpose} needs the network, and in the browser edition nothing leaves the page. Install the notebooks "
            "on your machine for that: their README says how. Everything in local mode works here."
        )
        self.purpose = purpose


class NothingToReset(ConnectionProblem):
    """Error for a reset of a TaskRouter that isn't the kernel's own emulator."""

    def __init__(self) -> None:
        super().__init__(
            "Only a kernel's own emulator can be reset, and this TaskRouter has other people's Workspaces, too. "
            "`tidy_up()` deletes what this kernel created; the cell with `catch_up` begins the lesson again."
        )


class NoDuration(ConnectionProblem):
    """Error for moving the clock by ``given``, which isn't a number."""

    def __init__(self, given: object) -> None:
        super().__init__(
            f"`advance` moves the clock on by a number of seconds, and got {kind(given)}. Write the number without "
            "quotes, such as `connection.advance(60)`; of a `timedelta` pass its `.total_seconds()`."
        )
        self.given = given


class NotInPage(HelperError):
    """Error for a cell that needs a shell, in the browser edition; ``what`` of it does."""

    def __init__(self, what: str) -> None:
        super().__init__(
            f"The browser edition has no shell: a `%%bash` cell can only call curl, and this cell has {what}. Run it "
            "in a terminal on your machine, with the notebooks installed there."
        )
        self.what = what


class NotShowable(HelperError):
    """Error for an argument ``given`` to a view that can't draw it.

    Args:
        wanted: kind of argument that the view draws.
        example: code that returns a right argument, or the whole call if the argument is only in the wrong place.
    """

    def __init__(self, wanted: str, given: object, example: str, *, is_misplaced: bool = False) -> None:
        instead = f"Write `{example}`." if is_misplaced else f"Pass what `{example}` gives, for instance."
        super().__init__(f"This shows {wanted}, and got {kind(given)}. {instead}")
        self.given = given


class OtherWorld(HelperError):
    """Error for a resource of a copy or a branch, where only one of the connection's will do.

    Args:
        what: function that was called.
        place: expression for the Workspace of the copy or branch.
    """

    def __init__(self, what: str, place: str) -> None:
        super().__init__(
            f"{what} is for Workspaces of this kernel's connection, and you passed something of `{place}`, which has "
            f"the same SIDs. Explain it instead, `explain(...)`, or show tables: `show_tasks({place}.tasks.list())`."
        )
        self.place = place


class LessonProblem(HelperError):
    """Error that keeps a lesson from continuing."""


class StoryMissing(LessonProblem):
    """Error for a ``missing`` resource of the tutorial's world."""

    def __init__(self, missing: str) -> None:
        super().__init__(
            f"There is no {missing} yet. Lesson 1 builds it; run this notebook's set-up cells, which make "
            "everything earlier lessons made."
        )
        self.missing = missing


class NotRemoved(LessonProblem):
    """Error for a Workspace of this kernel that a lesson can't begin without removing; ``told`` says what happened."""

    def __init__(self, told: str) -> None:
        super().__init__(f"The lesson can't begin afresh, and nothing new was created. {told}")
        self.told = told


class StartMissed(LessonProblem):
    """Error for a start of a lesson that isn't as ``expected`` says; ``seen`` is what is there instead."""

    def __init__(self, expected: str, seen: object) -> None:
        super().__init__(
            f"The lesson should start with this: {expected}. TaskRouter's answer was {seen!r} instead. Run the cell "
            "again: it begins from nothing."
        )
        self.expected = expected
        self.seen = seen


class UnknownLesson(LessonProblem):
    """Error for a ``number`` that no lesson has; ``written`` are the lessons' numbers in order."""

    def __init__(self, number: object, written: Sequence[int]) -> None:
        is_missing = type(number) is int and written[0] < number < written[-1]
        first = f"Lesson {number} isn't written yet" if is_missing else f"There is no lesson {number!r}"
        super().__init__(
            f"{first}. The lessons are {_join_ranges(written)}, and {written[-1] + 1} is where lesson {written[-1]} "
            "ends. Use the number in the notebook's file name."
        )
        self.number = number


def _join_ranges(numbers: Sequence[int]) -> str:
    """Return ascending numbers as words, such as "0 to 5 and 7"."""
    begins = [number for number in numbers if number - 1 not in numbers]
    ends = [number for number in numbers if number + 1 not in numbers]
    *most, last = [str(a) if a == b else f"{a} to {b}" for a, b in zip(begins, ends, strict=True)]
    return f"{', '.join(most)} and {last}" if most else last


_MEND = (
    "Run `listener.expose(workflow)`, which opens the tunnel again and sets the Workflow's URL, or `listener.hide()` "
    "to go on without one."
)


class ListenerError(HelperError):
    """Error of the callback listener."""


class PortTaken(ListenerError):
    """Error for a ``port`` that the listener can't use."""

    def __init__(self, port: int) -> None:
        super().__init__(
            f"The listener cannot use port {port}: another program has it, the system reserves it, or it is no "
            "port (1 to 65535). Leave `port` out, and the listener takes a free one; with `public_url`, lead the "
            "tunnel to another port, and give that."
        )
        self.port = port


class CannotListen(ListenerError):
    """Error for a ``port`` that is free, or may be, and at which the listener still can't listen."""

    def __init__(self, port: int, reason: str) -> None:
        super().__init__(
            f"The listener cannot listen at port {port} of 127.0.0.1: {reason}. Put that right, then run the cell "
            "again."
        )
        self.port = port


class ListenerStopped(ListenerError):
    """Error for a stopped listener; ``asked_for`` needs a running one."""

    def __init__(self, asked_for: str) -> None:
        super().__init__(
            f"{asked_for} needs a running listener, and this one is stopped. Run `listener.start()`, or the "
            "set-up cell again."
        )
        self.asked_for = asked_for


class BadPublicUrl(ListenerError):
    """Error for a ``public_url`` of one's own at which Twilio can't reach the listener; ``rule`` says why."""

    def __init__(self, public_url: str, rule: str) -> None:
        super().__init__(f"public_url={shorten(public_url)!r} can't be used. {rule}")
        self.rule = rule


class NoAuthToken(ListenerError):
    """Error for opening a listener that has no auth token to the outside."""

    def __init__(self) -> None:
        super().__init__(
            "The listener has no auth token to check signatures with, so it could answer nobody outside. Run "
            "`listener = connection.listen()`, which gives it the account's, then the cell again."
        )


class NotPublic(ListenerError):
    """Error for sharing what only a public URL can be shared by."""

    def __init__(self) -> None:
        super().__init__(
            "There is no public URL that leads to this listener. Run `listener.expose()`, then the cell again."
        )


class NotAWorkflow(ListenerError):
    """Error for exposing a listener to ``given``, which isn't a Workflow."""

    def __init__(self, given: object) -> None:
        super().__init__(
            f"expose() got {kind(given)}. Its first argument is the Workflow whose callbacks come here, such as "
            "`workspace.workflows(workflow_sid).fetch()`; ngrok's token is `auth_token=…`."
        )


class NotOwnWorkflow(ListenerError):
    """Error for exposing a listener to a Workflow that this kernel didn't create; ``name`` is its friendly name."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"Workflow “{one_line(name)}” is in a Workspace that this kernel didn't create, so expose() leaves it as "
            "it is: an application may depend on its callbacks. Run the cell with `catch_up` again, which creates a "
            "Workflow for you. If you do want this one to call here, run `listener.expose()`, then "
            "`workflow.update(assignment_callback_url=listener.assignment_url)`."
        )


class NotADecision(ListenerError):
    """Error for an argument of ``decide`` that can't answer an assignment callback."""

    def __init__(self, given: str) -> None:
        super().__init__(
            f"decide() got {given}. It wants the function itself, taking one argument, the callback: write "
            "`listener.decide(my_function)` without calling it, and `def my_function(callback): ...`."
        )
        self.given = given


class NotReplayable(ListenerError):
    """Error for replaying ``given``, which isn't a received request, or didn't arrive in full."""

    def __init__(self, given: object) -> None:
        number = getattr(given, "number", None)
        seen = f"`replay` got {kind(given)}, and takes a request"
        if number is not None:
            seen = f"Request {number} was refused before all of it had arrived, so it cannot be sent again"
        super().__init__(f"{seen}. Choose one of the inbox that arrived complete, such as `listener.inbox.last`.")
        self.given = given


class NotSelectable(ListenerError):
    """Error for searching the inbox by a parameter ``name`` whose value isn't text, or that is a misspelled timeout."""

    def __init__(self, name: str, value: object) -> None:
        if name.startswith("timeout"):
            rule = "it would be looked for among the parameters of requests. To limit the wait, write `timeout=5`."
        else:
            instead = "Pass its SID, `.sid`." if hasattr(value, "sid") else "Write it in quotes."
            rule = f"the parameters of a request are text, and this is {kind(value)}. {instead}"
        super().__init__(f"`{name}`: {rule}")
        self.name = name


class NothingArrived(ListenerError):
    """Error for a wait on the inbox that timed out, or that was given up because nothing can arrive.

    ``awaited`` describes the expected request, ``came`` has a text for each kind of request in
    the inbox, ``timeout_seconds`` is the time limit, None if it was given up. ``trouble`` is the sentence that says why
    callbacks can't arrive any more, or None.
    """

    def __init__(
        self,
        awaited: str,
        came: Sequence[str],
        timeout_seconds: float | None,
        next_step: str,
        trouble: str | None = None,
    ) -> None:
        seen = "The inbox holds instead: " + "; ".join(came) + "." if came else "Nothing else is in the inbox."
        if trouble is not None:
            told, next_step = f"Stopped waiting for {awaited}: {trouble}", _MEND
        elif timeout_seconds is None:
            told = f"Did not wait for {awaited}: while this cell runs, nothing else in the page can send anything."
        else:
            told = f"Waited {timeout_seconds:g} s for {awaited}, in vain."
        super().__init__(f"{told} {seen} {next_step}")
        self.awaited = awaited
        self.came = tuple(came)
        self.timeout_seconds = timeout_seconds
        self.trouble = trouble


class PredictionProblem(HelperError):
    """Error of a prediction."""


class NotPredictable(PredictionProblem):
    """Error for a prediction about ``given``, which isn't a Task."""

    def __init__(self, given: str) -> None:
        super().__init__(
            f'A prediction is about a Task, and this is {given}. Write `predict(task, "Alice")` with a Task of '
            '`workspace.tasks.list()`, or `predict("Alice")` for the next Reservation, whatever its Task.'
        )
        self.given = given


class NoSuchChoice(PredictionProblem):
    """Error for the name ``given``, which isn't one of the ``choices``."""

    def __init__(self, given: str, choices: Sequence[str], meant: str | None) -> None:
        did_you_mean = f" Did you mean {meant!r}?" if meant else ""
        super().__init__(
            f"There is no Worker {given!r} in this Workspace.{did_you_mean} Choose one of: {', '.join(choices)}."
        )
        self.given = given
        self.choices = tuple(choices)


class PredictedTooLate(PredictionProblem):
    """Error for a prediction after the fact; ``seen`` says what has happened."""

    def __init__(self, seen: str, next_step: str) -> None:
        super().__init__(f"{seen} A prediction comes before the fact: {next_step}")
        self.seen = seen


class TimeMachineProblem(HelperError):
    """Error of the time machine."""


class NoHistory(TimeMachineProblem):
    """Error for going back in a TaskRouter that isn't the kernel's own emulator."""

    def __init__(self) -> None:
        super().__init__(
            "Only the emulator inside a notebook's kernel remembers its past; Twilio, and a server at TASKROUTER_URL, "
            "tell what happened as events: `workspace.events.list()`. To go back in time run the lesson in local "
            "mode, without TASKROUTER_URL."
        )


class UnknownMoment(TimeMachineProblem):
    """Error for ``given``, which doesn't name a moment."""

    def __init__(self, given: str, rule: str) -> None:
        super().__init__(f"{given} {rule}")
        self.given = given


class PastIsFixed(TimeMachineProblem):
    """Error for a request to a past moment that would change it; ``method`` is its HTTP method."""

    def __init__(self, method: str) -> None:
        super().__init__(
            f"This client looks at the past, and a {method} request would change it. Take a branch, which may go "
            "another way: `branch = then.branch()`, and make the change with `branch.workspace`."
        )
        self.method = method


class WaitingProblem(HelperError):
    """Error of a wait for what TaskRouter does by itself."""


class NotAwaitable(WaitingProblem):
    """Error for an argument of ``wait_for`` that it can't work with."""

    def __init__(self, given: str, rule: str) -> None:
        super().__init__(f"`wait_for` got {given}. {rule}")
        self.given = given


class WaitedInVain(WaitingProblem):
    """Error for a wait whose end can't be reached, or wasn't reached in time.

    ``awaited`` describes what should have come, ``seen`` what is there instead, and ``seconds`` how long it was
    waited for; None if nothing could come, so that there was no wait.
    """

    def __init__(self, awaited: str, seen: str, seconds: float | None, next_step: str) -> None:
        if seconds is None:
            told = f"Didn't wait for {awaited}: the emulator's clock stands still, so nothing more comes by itself."
        else:
            told = f"Waited {seconds:.0f} s for {awaited}, in vain."
        super().__init__(f"{told} {seen} {next_step}".rstrip())
        self.awaited = awaited
        self.seen = seen
        self.seconds = seconds


class TunnelError(HelperError):
    """Error of a tunnel; for most of them, it couldn't be opened."""


class TunnelLost(TunnelError):
    """Error for a public URL that no longer leads here; ``trouble`` is the sentence that says so."""

    def __init__(self, trouble: str) -> None:
        super().__init__(f"{trouble} {_MEND}")
        self.trouble = trouble


class NotReached(TunnelError):
    """Error for a public ``url`` by which a request of our own didn't arrive; ``came_back`` says what came instead."""

    def __init__(self, url: str, came_back: str) -> None:
        super().__init__(
            f"A signed request to {url} didn't get through to this listener and back, so callbacks won't either. "
            f"{came_back} Run `listener.expose(workflow)` to try again, or `listener.hide()` to close what is open."
        )
        self.url = url
        self.came_back = came_back


class TokenMissing(TunnelError):
    """Error for a missing ngrok authtoken."""

    def __init__(self) -> None:
        super().__init__(
            "A public URL needs an ngrok authtoken, and there is none. Copy yours from dashboard.ngrok.com into .env "
            "beside start.py, as NGROK_AUTHTOKEN=..., and run the cell again. A variable in the environment overrides "
            ".env, even if it is empty. Local mode needs no tunnel."
        )


class TokenRefused(TunnelError):
    """Error for an authtoken that ngrok rejects."""

    def __init__(self) -> None:
        super().__init__(
            "ngrok refused the authtoken: it is mistyped, revoked, or of another kind (an API key, say), or the "
            "account isn't verified. Copy it from dashboard.ngrok.com into NGROK_AUTHTOKEN and run the cell again."
        )


class TooManySessions(TunnelError):
    """Error for an account whose limit of ngrok agents is reached."""

    def __init__(self) -> None:
        super().__init__(
            "ngrok allows this account no further agent: others are still running, perhaps in another notebook. "
            "Stop them (`listener.hide()` there, or on dashboard.ngrok.com/agents) and run the cell again."
        )


class TooManyTunnels(TunnelError):
    """Error for an account whose limit of tunnels is reached; ``said`` is ngrok's own text."""

    def __init__(self, said: str) -> None:
        super().__init__(
            f'ngrok allows no further tunnel: "{said}". Close those that you don\'t need, with `ngrok.disconnect(url)` '
            "if you opened them through pyngrok, and run the cell again."
        )
        self.said = said


class UrlInUse(TunnelError):
    """Error for a URL that another agent serves; ``said`` is ngrok's own text."""

    def __init__(self, said: str) -> None:
        super().__init__(
            f'ngrok says: "{said.partition(". Either")[0]}". Another agent of your account serves it, for another '
            "notebook perhaps: a free account has one URL. Run `listener.hide()` there, or stop the agent on "
            "dashboard.ngrok.com/agents, and run the cell again. After a crash ngrok can take a minute to notice."
        )
        self.said = said


class DomainRefused(TunnelError):
    """Error for a domain that the account can't use; ``said`` is ngrok's own text."""

    def __init__(self, said: str) -> None:
        super().__init__(
            f'ngrok refused the domain: "{said}". Compare NGROK_DOMAIN, or what you passed as `domain`, with '
            "dashboard.ngrok.com/domains, or leave it out, and run the cell again."
        )
        self.said = said


class AddressRefused(TunnelError):
    """Error for a machine from whose internet address ngrok accepts no agent."""

    def __init__(self) -> None:
        super().__init__(
            "ngrok accepts no agent from this machine's internet address, and makes no exceptions: it excludes some "
            "countries, Tor and anonymizing proxies. Try without a VPN, or with another tunnel: docs/tunnels.md."
        )


class NgrokUnreachable(TunnelError):
    """Error for an agent that can't connect to ngrok; ``said`` is the agent's own text."""

    def __init__(self, said: str) -> None:
        super().__init__(
            f'The ngrok agent cannot reach ngrok: "{said}". Check the network connection. A firewall can be in the '
            "way, or a proxy that opens TLS connections; in another network it may work. Then run the cell again."
        )
        self.said = said


class AgentMissing(TunnelError):
    """Error for an ngrok agent that isn't there.

    Args:
        path: file that a setting names, empty if the agent was to be downloaded.
        reason: why it couldn't be downloaded, in the words of whatever failed.
    """

    def __init__(self, path: str = "", reason: str = "") -> None:
        seen = f"There is no ngrok agent at {path}. Leave PYNGROK_NGROK_PATH out to have it downloaded"
        if not path:
            why = f": {shorten(reason, 200)}. Put that right" if reason else ". Try again"
            seen = f"The ngrok agent is not on this machine and could not be downloaded{why}"
        super().__init__(f"{seen}, or install ngrok and name its file in PYNGROK_NGROK_PATH. Then run the cell again.")
        self.path = path
        self.reason = reason


class AgentNotExecutable(TunnelError):
    """Error for an ngrok agent that can't be started, for the ``reason`` that the operating system gives."""

    def __init__(self, reason: str) -> None:
        super().__init__(
            f"The ngrok agent cannot be started: {reason}. If its file is not executable, make it so (`chmod +x`); if "
            "it is made for another kind of machine, delete it to have it downloaded again. Then run the cell again."
        )
        self.reason = reason


class AgentInUse(TunnelError):
    """Error for an ngrok agent whose file can't be replaced, for the ``reason`` that the operating system gives."""

    def __init__(self, reason: str) -> None:
        super().__init__(
            f"The ngrok agent's file cannot be replaced: {reason}. Stop the agents that run, in other notebooks too, "
            "and run the cell again."
        )
        self.reason = reason


class AgentTooOld(TunnelError):
    """Error for an agent that ngrok doesn't accept any more, as ``said`` by it, or that pyngrok can't use."""

    def __init__(self, said: str = "") -> None:
        seen = f'ngrok says: "{said}".' if said else "The ngrok agent on this machine is too old for pyngrok."
        super().__init__(
            f"{seen} Run `listener.renew_agent()`, which downloads the present one in place of the one that pyngrok "
            "downloaded earlier, and run the cell again. If PYNGROK_NGROK_PATH names a file of yours, update that."
        )
        self.said = said


class AgentSettings(TunnelError):
    """Error for settings of the agent that pyngrok doesn't support."""

    def __init__(self) -> None:
        super().__init__(
            "The ngrok agent's settings do not suit pyngrok: it needs `log_format` term or logfmt, `log_level` "
            "info or debug, and `web_addr` left on. Correct the agent's settings file and run the cell again."
        )


class AgentStopped(TunnelError):
    """Error for an agent that opened no tunnel.

    Args:
        said: ngrok's own text, empty if it was silent.
        code: ngrok's own, such as ERR_NGROK_115.
    """

    def __init__(self, said: str = "", code: str | None = None) -> None:
        seen = f': "{said}".' if said else ", and did not say why."
        where = f"See ngrok.com/docs/errors about {code}, then run" if code else "Run"
        super().__init__(f"The ngrok agent started and did not open a tunnel{seen} {where} the cell again.")
        self.said = said
        self.code = code
