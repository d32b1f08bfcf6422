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
        super().__init__(f"There's no {file} yet. Run the cells that start with `%%app`, from the first one on.")
        self.file = file


class AppUnreadable(AppProblem):
    """Error for a ``file`` that isn't text in UTF-8, as Python files are."""

    def __init__(self, file: str) -> None:
        super().__init__(
            f"The file {file} can't be read, because it isn't UTF-8 text. Perhaps an editor saved it in a "
            "different encoding. Save it as UTF-8, or delete it and run the cells that start with `%%app` "
            "again, from the first one on."
        )
        self.file = file


class AppSyntax(AppProblem):
    """Error for a ``file`` that isn't valid Python: ``reason`` is Python's own word for it, ``text`` the line."""

    def __init__(self, file: str, line: int, text: str, reason: str) -> None:
        super().__init__(
            f"{file}, line {line}, isn't valid Python: {reason}. The line is `{text}`. Fix it in the cell that wrote "
            "it, run that cell, then this one again."
        )
        self.file = file
        self.line = line
        self.reason = reason


class AppPortTaken(AppProblem):
    """Error for a ``port`` at which the application can't answer."""

    def __init__(self, port: object) -> None:
        super().__init__(
            f"Your app can't use port {port!r}. Another program uses it (perhaps your app in a terminal), the system "
            "reserves it, or it isn't a port (1 to 65535). Run `run_app()` without a port: it chooses a free one."
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
            f"Your app wasn't ready after {seconds:g} s, so it was stopped. Look for a line outside the routes that "
            "waits, for example `time.sleep` or a request to a server that doesn't respond."
        )
        self.seconds = seconds


class AppUnreachable(AppProblem):
    """Error for giving Twilio the address of an application on this machine."""

    def __init__(self) -> None:
        super().__init__(
            "In live mode TaskRouter can't call your app, because the app is reachable only from this machine. The "
            "Workflow hasn't changed. To give your app a public address, open a tunnel to its port, as lesson 7 does "
            "for the listener."
        )
