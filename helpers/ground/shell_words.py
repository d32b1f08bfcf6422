"""Words of a shell script that only calls a program: quotes, variables, continued lines, comments."""

from __future__ import annotations

import re
from collections.abc import Mapping

__all__ = ["NeedsTerminal", "split_commands"]

_NAME = re.compile(r"\$(?:(\w+)|\{(\w+)\})", re.ASCII)
_ESCAPED_IN_QUOTES = '$`"\\'
_OPERATORS = "|&;<>()`~"
_BRACES = re.compile(r"\{[^}\n]*(,|\.\.)")
"""Braces that the shell expands, or that were meant to be in quotes."""


class NeedsTerminal(Exception):
    """Script, or part of one, that only a shell on a machine understands."""


def split_commands(script: str, variables: Mapping[str, str]) -> list[list[str]]:
    """Return the words of each command, with variables replaced by their values.

    Raises:
        NeedsTerminal: the script uses more of the shell.
    """
    return _Reader(script, variables).read()


class _Reader:
    """Reader of one script, from left to right."""

    def __init__(self, script: str, variables: Mapping[str, str]) -> None:
        self._rest = script
        self._variables = variables
        self._commands: list[list[str]] = [[]]
        self._word: str | None = None
        """Word that is being read, or None between two."""

    def read(self) -> list[list[str]]:
        """Return all commands with at least one word."""
        while self._rest:
            self._read_on()
        self._end_word()
        return [command for command in self._commands if command]

    def _read_on(self) -> None:
        char = self._rest[0]
        if char == "#" and self._word is None:
            self._rest = self._rest[len(self._rest.partition("\n")[0]) :]
        elif char in " \t\n":
            self._take(1)
            self._end_word()
            if char == "\n":
                self._commands.append([])
        elif char == "\\":
            escaped = self._take(2)[1:]
            self._add(escaped.strip("\n") or None)
        elif char == "'":
            self._add(self._take_quoted())
        elif char == '"':
            self._read_in_quotes()
        elif char == "$":
            self._read_variable()
        elif char in _OPERATORS or _BRACES.match(self._rest):
            raise NeedsTerminal(f"`{char}` outside quotes")
        else:
            self._add(self._take(1))

    def _read_in_quotes(self) -> None:
        self._take(1)
        self._add("")
        while not self._rest.startswith('"'):
            if not self._rest:
                raise NeedsTerminal("a quote that is not closed")
            if self._rest[0] == "`":
                raise NeedsTerminal("`` ` `` in double quotes")
            if self._rest[0] == "$":
                self._add(self._take_variable())
            elif self._rest[0] == "\\" and self._rest[1:2] in (*_ESCAPED_IN_QUOTES, "\n"):
                self._add(self._take(2)[1:].removesuffix("\n"))
            else:
                self._add(self._take(1))
        self._take(1)

    def _read_variable(self) -> None:
        value = self._take_variable()
        if re.search(r"\s", value):
            raise NeedsTerminal("a variable outside quotes whose value has spaces")
        if value:  # without quotes an empty value makes no word
            self._add(value)

    def _take_variable(self) -> str:
        found = _NAME.match(self._rest)
        if found is None:
            if re.match(r"\$([\s\"]|$)", self._rest):
                return self._take(1)
            raise NeedsTerminal(f"`{self._rest[:2]}`")
        self._take(found.end())
        name = found[1] or found[2]
        if name[0].isdigit():
            raise NeedsTerminal(f"`${name}`")
        return self._variables.get(name, "")

    def _take_quoted(self) -> str:
        text, closed, _ = self._rest[1:].partition("'")
        if not closed:
            raise NeedsTerminal("a quote that is not closed")
        self._take(len(text) + 2)
        return text

    def _take(self, length: int) -> str:
        taken, self._rest = self._rest[:length], self._rest[length:]
        return taken

    def _add(self, text: str | None) -> None:
        if text is not None:
            self._word = (self._word or "") + text

    def _end_word(self) -> None:
        if self._word is not None:
            self._commands[-1].append(self._word)
        self._word = None
