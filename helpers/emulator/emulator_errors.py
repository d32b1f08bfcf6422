"""Errors that the emulator raises at its users. Each says what was seen, the rule, and the next step.

::

    EmulatorError
    ├── BadStart             the emulator can't start like that
    ├── NotTaskRouter        a call goes to another service of Twilio's
    ├── EmulatorGone         nothing answers at the emulator's address; in ``sdk.http_client``
    ├── NotTrusted           the emulator's certificate isn't trusted; in ``sdk.http_client``
    ├── StoreRefused         the data file can't be used
    ├── StoreFailed          a write or a read of the data file failed
    ├── NotCopyable          a copy can't be made of what was given
    ├── OnlyReads            a Client that only reads was about to change something
    ├── NothingRemembered    this emulator keeps no history
    ├── MomentForgotten      too long ago, or before everything began again
    └── ExplainProblem
        ├── BadAttributes    a Task's attributes that no Task could have
        ├── NotExplainable   explain() got something it knows nothing of
        ├── NothingToApply   there is no change that apply() could make
        └── WorkspaceChanged the Workspace changed while it was read

``Refused``, in ``engine.model.refusals`` with a tree of its own, is an ``EmulatorError``, too: something that
TaskRouter would refuse, in a seed document for instance.

Data stands on the instance, so that code need not read the text. No text holds a secret. Two of these classes are
errors of ``requests``, too. They live beside the SDK's transport, because a server starts without that library.
"""

from __future__ import annotations

from pathlib import Path

__all__ = [
    "BadAttributes",
    "BadStart",
    "EmulatorError",
    "ExplainProblem",
    "MomentForgotten",
    "NotCopyable",
    "NotExplainable",
    "NotTaskRouter",
    "NothingRemembered",
    "NothingToApply",
    "OnlyReads",
    "StoreFailed",
    "StoreRefused",
    "WorkspaceChanged",
]


class EmulatorError(Exception):
    """Root of the errors that the emulator raises at its users."""


class BadStart(EmulatorError):
    """The emulator was asked to start in a way it cannot; ``what`` names the setting."""

    def __init__(self, what: str, text: str) -> None:
        super().__init__(text)
        self.what = what


class NotTaskRouter(EmulatorError):
    """A Client of the emulator was about to call something that is not TaskRouter; ``host`` is what."""

    def __init__(self, host: str) -> None:
        super().__init__(
            f"This request goes to {host}. The emulator is TaskRouter only (client.taskrouter.v1...), and nothing "
            "leaves this machine. Leave out the request, or send it with a Client that has no `http_client`."
        )
        self.host = host


class StoreRefused(EmulatorError):
    """The file cannot be used; it was left as it is.

    ``path`` is the file, ``reason`` says what was found there, ``next_step`` what to do.
    """

    def __init__(self, path: Path, reason: str, next_step: str) -> None:
        super().__init__(f"{path}: {reason} {next_step} The file was left as it is.")
        self.path = path
        self.reason = reason
        self.next_step = next_step


class StoreFailed(EmulatorError):
    """A write could not be kept, and nothing of it was: the disk is full, or fails."""


class NotCopyable(EmulatorError):
    """A copy of a Workspace can't be made of what was given."""


class OnlyReads(EmulatorError):
    """A Client that only reads was about to send a request with this ``method``."""

    def __init__(self, method: str) -> None:
        super().__init__(
            f"This Client sends only GET requests, and this is a {method}. It must not change the original. Change "
            "the copy instead, with `copy.client` or `copy.workspace`."
        )
        self.method = method


class NothingRemembered(EmulatorError):
    """This emulator keeps no history."""

    def __init__(self) -> None:
        super().__init__(
            "This emulator keeps no history. Start it with `remembers=True` and a `seed`. `workspace.events.list()` "
            "shows what happened before."
        )


class MomentForgotten(EmulatorError):
    """The moment is before what is remembered; ``kept`` is how many commands are."""

    def __init__(self, kept: int) -> None:
        super().__init__(
            f"The emulator no longer has that moment. It keeps its latest {kept:,} commands, and a reset or a restored "
            "snapshot deletes them. Choose a later event from `workspace.events.list()`."
        )
        self.kept = kept


class ExplainProblem(EmulatorError):
    """``explain`` cannot do what it was asked."""


class BadAttributes(ExplainProblem):
    """``attributes`` are not what a Task could have, or go with something else than a Workflow."""

    def __init__(self, seen: str) -> None:
        super().__init__(
            f"{seen} Pass a dict, or its JSON text: "
            '`explain(workflow, {"selected_language": "es"})` shows where such a Task would go.'
        )


class NotExplainable(ExplainProblem):
    """``explain`` was given something it cannot explain; ``given`` says what."""

    def __init__(self, given: str, advice: str) -> None:
        super().__init__(
            f"You passed {given} to explain(). Pass a Task, a Worker, or a Workflow with a Task's attributes, as the "
            f"SDK returns them. {advice}"
        )
        self.given = given


class NothingToApply(ExplainProblem):
    """There is no change to make, or it was made already."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"There's nothing to apply: {reason}")
        self.reason = reason


class WorkspaceChanged(ExplainProblem):
    """Workspace that changed while it was read, so that what was read doesn't fit together."""

    def __init__(self, seen: BaseException) -> None:
        super().__init__(
            "The Workspace was read several times, but the results don't match. It seems to change faster than it "
            f"can be read. Try again when it changes less. (Seen: {type(seen).__name__}: {seen})"
        )
