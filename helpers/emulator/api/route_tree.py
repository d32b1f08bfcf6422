"""Router from method and path to an operation, by the path's segments.

With 61 operations, trying regular expressions one by one would take longer than the response itself.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Self

from ..engine.model.refusals import NotFound
from .http.rest_errors import MethodNotAllowed
from .operation import Operation

__all__ = ["Tree"]


class Tree:
    """Node in the tree of paths: a segment matches a fixed name, else it is a SID."""

    __slots__ = ("_any", "_methods", "_named")

    def __init__(self) -> None:
        self._named: dict[str, Tree] = {}
        self._any: Tree | None = None
        self._methods: dict[str, Operation] = {}

    @classmethod
    def of(cls, operations: Iterable[Operation]) -> Self:
        """Return the tree of all ``operations``."""
        root = cls()
        for operation in operations:
            root._add(operation)
        return root

    def find(self, method: str, path: str) -> tuple[Operation, list[str]]:
        """Return the operation, and the segments that its template has names for.

        Raises:
            NotFound: no operation has such a path.
            MethodNotAllowed: no operation has it with this method.
        """
        place, found = self._place(path)
        operation = place._methods.get(method)
        if operation is None:
            raise MethodNotAllowed(method, path, ", ".join(sorted(place._methods)))
        return operation, found

    def methods(self, path: str) -> list[str]:
        """Return the methods of ``path``.

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
            if following is None or not segment:  # an empty segment is no SID
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
