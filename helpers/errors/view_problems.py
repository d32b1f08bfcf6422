"""Problems of views and cells: what can't be drawn here, or belongs elsewhere."""

from __future__ import annotations

from helpers.emulator.display.value_kinds import kind
from helpers.errors import HelperError

__all__ = [
    "NoBash",
    "NoCurl",
    "NotInPage",
    "NotShowable",
    "OtherWorld",
]


class NotInPage(HelperError):
    """Error for a cell that needs a shell, in the browser edition; ``what`` of it does."""

    def __init__(self, what: str) -> None:
        super().__init__(
            f"The browser edition has no shell: a `%%bash` cell can only call curl, and this cell has {what}. "
            "Run it in a terminal on your machine, with the notebooks installed there."
        )
        self.what = what


class NoBash(HelperError):
    """Error for a cell that needs bash, on a machine without it; ``what`` of the cell does."""

    def __init__(self, what: str) -> None:
        super().__init__(
            f"This machine has no bash. Without it a `%%bash` cell can only call curl, and this cell has {what}. "
            "Install bash (on Windows, Git for Windows brings it), then start JupyterLab again."
        )
        self.what = what


class NoCurl(HelperError):
    """Error for a cell that calls curl, on a machine without it."""

    def __init__(self) -> None:
        super().__init__("This machine has no curl. Install it, then start JupyterLab again.")


class NotShowable(HelperError):
    """Error for an argument ``given`` to a view that can't draw it.

    Args:
        wanted: kind of argument that the view draws.
        example: code that returns a right argument, or the whole call if the argument is only in the wrong place.
    """

    def __init__(self, wanted: str, given: object, example: str, *, is_misplaced: bool = False) -> None:
        instead = f"Write `{example}`." if is_misplaced else f"Pass, for example, `{example}`."
        super().__init__(f"This view shows {wanted}, but you passed {kind(given)}. {instead}")
        self.given = given


class OtherWorld(HelperError):
    """Error for a resource of a copy or a branch, where only one of the connection's will do.

    Args:
        what: function that was called.
        place: expression for the Workspace of the copy or branch.
    """

    def __init__(self, what: str, place: str) -> None:
        super().__init__(
            f"{what} works for Workspaces of this kernel's connection, but you passed something from `{place}`, "
            "which has the same SIDs. Use `explain(...)` instead, or show tables: "
            f"`show_tasks({place}.tasks.list())`."
        )
        self.place = place
