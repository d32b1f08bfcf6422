"""Arguments of curl: the options that requests to an API need."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from urllib.parse import quote

from helpers.ground.shell_words import NeedsTerminal

__all__ = ["CurlTrouble", "Transfer", "read_arguments"]

_FLAGS = {
    "f": "fail",
    "g": "globoff",
    "G": "get",
    "i": "include",
    "I": "head",
    "s": "silent",
    "S": "show-error",
}
_WITH_VALUE = {
    "A": "user-agent",
    "d": "data",
    "H": "header",
    "o": "output",
    "u": "user",
    "X": "request",
}
_LONG_WITH_VALUE = {*_WITH_VALUE.values(), "data-binary", "data-raw", "data-urlencode", "json", "url"}
_HELP = "\ncurl: try 'curl --help' or 'curl --manual' for more information"
_GLOB = re.compile(r"[][{}]")


class CurlTrouble(Exception):
    """Error that curl itself reports in these words, with its exit ``code``."""

    def __init__(self, code: int, text: str) -> None:
        super().__init__(text)
        self.code = code


@dataclass
class Transfer:
    """One call of curl: ``flags`` are long names of options without a value, and ``json`` if there is one."""

    url: str | None = None
    method: str = ""
    user: str | None = None
    user_agent: str | None = None
    data: str | None = None
    headers: list[str] = field(default_factory=list)
    is_discarded: bool = False
    flags: set[str] = field(default_factory=set)


def read_arguments(words: Sequence[str]) -> Transfer:
    """Return the transfer that the words after ``curl`` ask for.

    Raises:
        NeedsTerminal: an option that only the real curl has, or that reads or writes a file.
        CurlTrouble: curl would refuse them.
    """
    transfer = Transfer()
    for option, value in _options(iter(words)):
        _apply(transfer, option, value)
    if transfer.url is None:
        raise CurlTrouble(2, f"no URL specified!{_HELP}")
    if transfer.data is not None and "head" in transfer.flags and "get" not in transfer.flags:
        raise CurlTrouble(2, "")  # it warns that there can be one method only, but not if it is silent
    if "globoff" not in transfer.flags and _GLOB.search(transfer.url):
        raise NeedsTerminal("a URL with brackets, which stands for several")
    return transfer


def _options(words: Iterator[str]) -> Iterator[tuple[str, str]]:
    """Yield pairs of an option's long name and its value, which is empty for a flag."""
    for word in words:
        if word.startswith("--"):
            name = word[2:]
            if name not in _LONG_WITH_VALUE and name not in _FLAGS.values():
                raise NeedsTerminal(f"curl's option `{word}`")
            yield name, _value(word, "", words) if name in _LONG_WITH_VALUE else ""
        elif word.startswith("-") and word != "-":
            yield from _short_options(word, words)
        else:
            yield "url", word


def _short_options(word: str, words: Iterator[str]) -> Iterator[tuple[str, str]]:
    """Yield the options in one word, such as ``-sSXPOST``."""
    for place, letter in enumerate(word[1:], 2):
        if letter in _WITH_VALUE:
            yield _WITH_VALUE[letter], _value(f"-{letter}", word[place:], words)
            return
        if letter not in _FLAGS:
            raise NeedsTerminal(f"curl's option `-{letter}`")
        yield _FLAGS[letter], ""


def _value(option: str, rest: str, words: Iterator[str]) -> str:
    value = rest or next(words, None)
    if value is None:
        raise CurlTrouble(2, f"option {option}: requires parameter{_HELP}")
    return value


def _apply(transfer: Transfer, option: str, value: str) -> None:
    if option in _FLAGS.values():
        transfer.flags.add(option)
    elif option == "url":
        if transfer.url is not None:
            raise NeedsTerminal("a second URL in one command")
        transfer.url = value
    elif option == "header":
        _refuse_file(option, value)
        transfer.headers.append(value)
    elif option == "output":
        if value != "/dev/null":
            raise NeedsTerminal(f"a file to write, `{value}`")
        transfer.is_discarded = True
    elif option == "json":
        _refuse_file(option, value)
        transfer.flags.add(option)
        transfer.data = (transfer.data or "") + value
    elif option.startswith("data"):
        if option != "data-raw":
            _refuse_file(option, value)
        value = _encode(value) if option == "data-urlencode" else value
        transfer.data = value if transfer.data is None else f"{transfer.data}&{value}"
    elif option == "user":
        if ":" not in value:
            raise NeedsTerminal("a password to type")
        transfer.user = value
    elif option == "user-agent":
        transfer.user_agent = value
    else:
        transfer.method = value


def _refuse_file(option: str, value: str) -> None:
    reads = "@" in value and "=" not in value if option == "data-urlencode" else value.startswith("@")
    if reads:
        raise NeedsTerminal(f"a file to read, `{value}`")


def _encode(value: str) -> str:
    """Return ``content``, ``=content`` or ``name=content`` with its content encoded."""
    name, equals, content = value.partition("=") if "=" in value else ("", "", value)
    return f"{name}{equals if name else ''}{quote(content, safe='').replace('%20', '+')}"
