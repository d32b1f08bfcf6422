"""From method and path to an operation, by a walk along the path's segments.

With 61 operations a list of regular expressions would cost more than the answer itself.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Self

from ..engine.model.refusals import NotFound
from .http.rest_errors import MethodNotAllowed
from .operation import Operation

__all__ = ["Tree"]


class Tree:
    """One place in the tree of paths: fixed names first, then the place of a SID."""

    __slots__ = ("_any", "_methods", "_named")

    def __init__(self) -> None:
        self._named: dict[str, Tree] = {}
        self._any: Tree | None = None
        self._methods: dict[str, Operation] = {}

    @classmethod
    def of(cls, operations: Iterable[Operation]) -> Self:
        """The tree that holds all ``operations``."""
        root = cls()
        for operation in operations:
            root._add(operation)
        return root

    def find(self, method: str, path: str) -> tuple[Operation, list[str]]:
        """The operation and what stands in its path where the template has names.

        Raises:
            NotFound: no operation has such a path.
            MethodNotAllowed: some have, but none for this method.
        """
        place, found = self._place(path)
        operation = place._methods.get(method)
        if operation is None:
            raise MethodNotAllowed(method, path, ", ".join(sorted(place._methods)))
        return operation, found

    def methods(self, path: str) -> list[str]:
        """The methods that ``path`` knows.

        Raises:
            NotFound: no operation has such a path.
        """
        return sorted(self._place(path)[0]._methods)

    def _place(self, path: str) -> tuple[Tree, list[str]]:
        place: Tree = self
        found: list[str] = []
        for segment in path.split("/")[1:]:
            following = place._named.get(segment)
            if following is None:
                following = place._any
                found.append(segment)
            if following is None or not segment:
                raise NotFound(path)
            place = following
        if not place._methods:
            raise NotFound(path)
        return place, found

    def _add(self, operation: Operation) -> None:
        place: Tree = self
        for segment in operation.path.split("/")[1:]:
            if segment.startswith("{"):
                place._any = place._any or Tree()
                place = place._any
            else:
                place = place._named.setdefault(segment, Tree())
        place._methods[operation.method] = operation
