"""Problems of the learner's own web application: it isn't there, can't be started, or doesn't run any more."""

from __future__ import annotations

from helpers.errors import HelperError

__all__ = [
    "AppMissing",
    "AppPortTaken",
    "AppProblem",
    "AppStopped",
    "AppSyntax",
    "AppTooSlow",
    "AppUnreachable",
    "AppUnreadable",
]


class AppProblem(HelperError):
    """Error of the learner's application."""


class AppMissing(AppProblem):
    """Error for an application whose ``file`` isn't there."""

    def __init__(self, file: str) -> None:
        super().__init__(f"There is no {file} yet. Run the cells that begin with `%%app`, from the first one on.")
        self.file = file


class AppUnreadable(AppProblem):
    """Error for a ``file`` that isn't text in UTF-8, as Python files are."""

    def __init__(self, file: str) -> None:
        super().__init__(
            f"{file} isn't text in UTF-8, so it can't be read; perhaps an editor saved it in another encoding. Save it "
            "as UTF-8 there, or delete it and run the cells that begin with `%%app` again, from the first one on."
        )
        self.file = file


class AppSyntax(AppProblem):
    """Error for a ``file`` that isn't valid Python: ``reason`` is Python's own word for it, ``text`` the line."""

    def __init__(self, file: str, line: int, text: str, reason: str) -> None:
        super().__init__(
            f"{file}, line {line}, isn't valid Python: {reason}. The line is `{text}`. Mend it in the cell that wrote "
            "it, run that cell, then this one again."
        )
        self.file = file
        self.line = line
        self.reason = reason


class AppPortTaken(AppProblem):
    """Error for a ``port`` at which the application can't answer."""

    def __init__(self, port: object) -> None:
        super().__init__(
            f"Your app can't use port {port!r}: another program has it, perhaps your app in a terminal, or the system "
            "reserves it, or it's no port (1 to 65535). Run `run_app()` without a port, which takes a free one."
        )
        self.port = port


class AppStopped(AppProblem):
    """Error for an application that ended by itself, or was stopped; ``log`` is the end of what it wrote."""

    def __init__(self, told: str, log: str, advice: str) -> None:
        wrote = f" The last lines of its log:\n{log}\n" if log else " "
        super().__init__(f"{told}{wrote}{advice}")
        self.log = log


class AppTooSlow(AppProblem):
    """Error for an application that wasn't ready to answer after ``seconds``."""

    def __init__(self, seconds: float) -> None:
        super().__init__(
            f"Your app wasn't ready after {seconds:g} s, and was stopped. Look for a line outside of the routes that "
            "waits: `time.sleep`, or a request to a server that doesn't answer."
        )
        self.seconds = seconds


class AppUnreachable(AppProblem):
    """Error for giving Twilio the address of an application on this machine."""

    def __init__(self) -> None:
        super().__init__(
            "Live, TaskRouter can't call your app: it answers on this machine alone. The Workflow stays as it is. To "
            "give an app a public address, lead a tunnel to its port, as lesson 7 does for the listener."
        )
