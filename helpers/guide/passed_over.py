"""Names of a cell that was passed over, so that what needs them later is passed over quietly, too."""

from __future__ import annotations

from typing import Any, NoReturn

from helpers.errors import HelperError
from helpers.lessons.lesson_steps import find_names

__all__ = ["PassedOver", "stand_in"]


class PassedOver:
    """Value of a name that a cell would have given, if it could have run here; ``error`` says why it couldn't.

    ``compare`` shows nothing for it. Whatever else is asked of it raises the error again.
    """

    def __init__(self, error: HelperError) -> None:
        self.error = error

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):  # Python and IPython ask for these
            raise AttributeError(name)
        self._refuse()

    def __call__(self, *arguments: object, **more: object) -> Any:
        self._refuse()

    def __iter__(self) -> Any:
        self._refuse()

    def __getitem__(self, key: object) -> Any:
        self._refuse()

    def _refuse(self) -> NoReturn:
        raise self.error.with_traceback(None)  # or it would grow with each raise

    def __repr__(self) -> str:
        return "skipped, because the cell that creates it can't run here"


def stand_in(source: str, namespace: dict[str, Any], error: HelperError) -> None:
    """Give the names that a cell defines, and that are still missing, a value that says why."""
    for name in find_names(source):
        namespace.setdefault(name, PassedOver(error))
