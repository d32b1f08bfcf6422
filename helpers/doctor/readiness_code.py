"""The line that a learner sends back: version, system, Python and result, and a check against slips of the pen.

``TRN-0.1.0-win-amd64-3.12.1-ok-EPVM``, or instead of ``ok`` the checks that failed: ``kernel+widgets``. Nothing else is
in it: no name, no path, no address. The last four characters are made from the others, so that a wrong one is noticed.
"""

from __future__ import annotations

import hashlib
import itertools
import platform
import re
import sys
import sysconfig
import unicodedata
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from helpers.emulator import __version__

__all__ = ["READY", "BrokenCode", "ReadinessCode", "find_codes", "plain", "write_code"]

READY = "ok"
LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # no I, L, O or U: as Crockford's base 32
_SAME = str.maketrans("ilo", "110")

# Where a mail may break the line; it may mark the next as a quotation. All lengths are limited, so that no text takes
# long to search.
_BREAK = r"[\s>|]{0,8}"
_DASH = rf"{_BREAK}-{_BREAK}"
_CODE = re.compile(
    rf"(?<![a-z0-9])(?P<body>trn{_DASH}(?P<version>[\w.]{{1,30}}){_DASH}(?P<system>[a-z]\w{{0,20}}(?:{_DASH}[\w.]{{1,20}}){{0,3}}?)"
    rf"{_DASH}(?P<python>3\.[\w.]{{1,12}}){_DASH}(?P<result>[a-z_]{{2,20}}(?:{_BREAK}\+{_BREAK}[a-z_]{{2,20}}){{0,20}}))"
    rf"{_DASH}(?P<check>\w{{4}})(?!\w)",
    re.IGNORECASE,
)
_BEGUN = re.compile(
    r"(?<![a-z0-9])trn ?-\S{0,200}"
    # Its beginning is wrong, but the rest is as in no path and no file's name.
    r"|(?<![\w/\\])\w{1,5}[- ]?\d[\w.]{0,20}(?:-[\w.]{1,20}){1,4}-3\.\d[\w.]{0,12}-[a-z_+]{2,200}-\w{4}(?!\w)",
    re.IGNORECASE,
)
_WRAP = re.compile(r"[ \t]*\n[\s>|]{0,8}")
LONGEST = 400
"""Characters of a code with the breaks in it."""


@dataclass(frozen=True)
class ReadinessCode:
    """Result of the doctor on one machine."""

    version: str
    """Version of the project."""
    machine: str
    """System and processor, such as ``win-amd64``."""
    python: str
    failed: tuple[str, ...]
    """Names of checks that failed, none if the machine is ready."""


@dataclass(frozen=True)
class BrokenCode:
    """Text that was meant to be a code."""

    text: str


def write_code(failed: Collection[str]) -> str:
    """Return the code of this machine, given the names of the checks that failed."""
    machine = f"macos-{platform.machine()}" if sys.platform == "darwin" else sysconfig.get_platform()
    python = ".".join(str(part) for part in sys.version_info[:3])
    body = f"TRN-{__version__}-{machine}-{python}-{'+'.join(dict.fromkeys(failed)) or READY}"
    return f"{body}-{_check(body)}"


def find_codes(text: str) -> Iterator[tuple[int, int, ReadinessCode | BrokenCode]]:
    """Yield each code in ``text``, or what was meant to be one, with where it begins and ends.

    ``text`` is as ``plain`` returns it.
    """
    position = 0
    while begun := _BEGUN.search(text, position):
        length, code = _read(text[begun.start() : begun.start() + LONGEST]) or (len(begun[0]), BrokenCode(begun[0]))
        position = begun.start() + length
        yield begun.start(), position, code


def _read(text: str) -> tuple[int, ReadinessCode] | None:
    """Return the code with which ``text`` begins, and its length there; None if it is broken."""
    wraps = ((wrap.start(), wrap.end()) for wrap in itertools.islice(_WRAP.finditer(text), 3))
    for start, end in [(0, 0), *wraps]:  # a program that wraps lines may do so within a word
        whole = _CODE.match(text[:start] + text[end:])
        if whole and _check(_without_breaks(whole["body"])) == whole["check"].lower().translate(_SAME).upper():
            system, result = _without_breaks(whole["system"]), _without_breaks(whole["result"])
            failed = () if result == READY else tuple(result.split("+"))
            return whole.end() + end - start, ReadinessCode(whole["version"], system, whole["python"], failed)
    return None


def plain(text: str) -> str:
    """Return ``text`` without what programs make of it: other dashes and spaces, escapes, what can't be seen."""
    text = unicodedata.normalize("NFKC", re.sub(r"=\r?\n|\\(?=[_+-])", "", text))
    kinds = ((character, unicodedata.category(character)) for character in text)
    seen = (pair for pair in kinds if pair[0] in "\n\t" or pair[1] not in ("Cc", "Cf"))
    return "".join("-" if kind == "Pd" or character == "\u2212" else character for character, kind in seen)


def _without_breaks(text: str) -> str:
    return re.sub(r"[\s>|]", "", text).lower()


def _check(body: str) -> str:
    """Return four characters, 20 bits, made from all others of a code."""
    number = int.from_bytes(hashlib.sha256(body.lower().encode()).digest()[:4], "big")
    return "".join(LETTERS[number >> shift & 31] for shift in (15, 10, 5, 0))
