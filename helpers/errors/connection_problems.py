"""Problems of a connection: there is none, or it can't do what was asked."""

from __future__ import annotations

from collections.abc import Sequence

from helpers.emulator.display.value_kinds import kind
from helpers.emulator.masking import mask
from helpers.errors import HelperError

__all__ = [
    "BadSetting",
    "CannotAsk",
    "ConnectionProblem",
    "ConsentElsewhere",
    "EmulatorRefused",
    "LedgerProblem",
    "MissingCredentials",
    "ModeFixed",
    "NoDuration",
    "NoEmulator",
    "NoLessonClock",
    "NoSimulatedCall",
    "NotAgreed",
    "NotConnected",
    "NotExportable",
    "NothingToReset",
    "StaysInPage",
    "WrongCredential",
]


class ConnectionProblem(HelperError):
    """Error of a connection: there is none, or it can't do what was asked."""


class BadSetting(ConnectionProblem):
    """Error for a setting with an invalid ``value``, which is kept without passwords; None if it can't be read."""

    def __init__(self, name: str, value: str | None, rule: str) -> None:
        value = None if value is None else mask(value)
        seen = f"{name} can't be read." if value is None else f"{name} is {value!r}."
        super().__init__(f"{seen} {rule} Correct it, then run the cell again.")
        self.name = name
        self.value = value


class MissingCredentials(ConnectionProblem):
    """Error for credentials that a connection needs; ``missing`` has the names of the environment variables."""

    def __init__(self, purpose: str, missing: Sequence[str]) -> None:
        super().__init__(
            f"{purpose} needs {' and '.join(missing)}. Add what's missing to a file .env beside start.py or this "
            "notebook, and run the cell again. Or set all of it in the environment, which overrides .env, and start "
            "JupyterLab again. An emulator in the kernel, `connect('local')` without TASKROUTER_URL, needs no account."
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
            f"This kernel is in {mode} mode and stays in it, so that nothing meant for the emulator reaches Twilio. "
            f"Restart the kernel, then run `connect({asked_for!r})` first."
        )
        self.mode = mode
        self.asked_for = asked_for


class NoEmulator(ConnectionProblem):
    """Error for a ``url`` at which no emulator answers."""

    def __init__(self, url: str) -> None:
        url = mask(url)
        super().__init__(
            f"TASKROUTER_URL is {url}, but no emulator responds there. Start one with `python -m helpers.emulator`, "
            "or remove TASKROUTER_URL, so that the notebook starts its own."
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
            "Live mode asks before it creates anything, but you can't type an answer here. Nothing was created. To "
            f"agree without being asked, set TASKROUTER_LIVE_CONSENT to the account's full SID ({account}), then run "
            "the cell again."
        )
        self.account = account


class ConsentElsewhere(ConnectionProblem):
    """Error for a consent to ``agreed``, which isn't ``account``; both are masked."""

    def __init__(self, agreed: str, account: str) -> None:
        super().__init__(
            f"TASKROUTER_LIVE_CONSENT is {agreed}, but TWILIO_ACCOUNT_SID is {account}. Your consent is for one "
            "account only. Nothing was created. Correct one of them, or remove TASKROUTER_LIVE_CONSENT to be asked."
        )
        self.agreed = agreed
        self.account = account


class NotAgreed(ConnectionProblem):
    """Error for an answer that isn't yes. It isn't shown: it could be anything, even a token."""

    def __init__(self) -> None:
        super().__init__(
            "You didn't type yes, so this kernel isn't connected. Nothing was created or changed in the account. Run "
            "the cell again to be asked again, or write `connect('local')`, which needs no account."
        )


class LedgerProblem(ConnectionProblem):
    """Error for a ``folder`` in which nothing can be recorded; nothing is created without a record."""

    def __init__(self, folder: object, reason: str) -> None:
        super().__init__(
            "The notebooks record what they create, so that they can remove it later, but they can't write to "
            f"{folder}: {reason}. Nothing was created. Make the folder writable, or set TASKROUTER_LIVE_LEDGER to a "
            "different folder. Then run the cell again."
        )
        self.folder = folder
        self.reason = reason


class NotConnected(ConnectionProblem):
    """Error for a connection to Twilio that didn't come about; ``text`` says why, and what to do."""

    def __init__(self, text: str) -> None:
        super().__init__(text)


class NoSimulatedCall(ConnectionProblem):
    """Error for a simulated call in live mode."""

    def __init__(self) -> None:
        super().__init__(
            "Only the emulator simulates calls, and this kernel is in live mode. A real call costs money, so nothing "
            "here dials by itself: set the Voice URL of your Twilio number to your app's public address, and call it "
            "with a phone."
        )


class NoLessonClock(ConnectionProblem):
    """Error for moving the clock in live mode."""

    def __init__(self) -> None:
        super().__init__(
            "You can advance only the emulator's clock, and this kernel is in live mode. Wait as long as the lesson "
            "says, or run the notebook in local mode."
        )


class StaysInPage(ConnectionProblem):
    """Error for a ``purpose`` that needs the network, in the browser edition."""

    def __init__(self, purpose: str) -> None:
        super().__init__(
            f"{purpose} needs the network, and in the browser edition nothing leaves the page. To use it, get the "
            "notebooks' folder on your machine, and run `python start.py` there. Everything in local mode works here."
        )
        self.purpose = purpose


class NothingToReset(ConnectionProblem):
    """Error for a reset of a TaskRouter that isn't the kernel's own emulator."""

    def __init__(self) -> None:
        super().__init__(
            "You can reset only the kernel's own emulator, and this TaskRouter has other people's Workspaces, too. "
            "`tidy_up()` deletes what this kernel created. The `catch_up` cell starts the lesson again."
        )


class NoDuration(ConnectionProblem):
    """Error for moving the clock by ``given``, which isn't a number."""

    def __init__(self, given: object) -> None:
        super().__init__(
            f"`advance` needs a number of seconds, but you passed {kind(given)}. Write the number without quotes, "
            "for example `connection.advance(60)`. For a `timedelta`, pass its `.total_seconds()`."
        )
        self.given = given


class NotExportable(ConnectionProblem):
    """Error for a variable ``name`` that programs can't get from the environment, or not with this value."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(
            f"connection.export can't set {name!r}: {reason}. A variable's name has letters, digits and _, and its "
            "value is text without null characters, for example `WORKSPACE_SID=story.workspace_sid`. Nothing was "
            "set."
        )
        self.name = name
