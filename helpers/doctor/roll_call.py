"""Report about a room: who is ready, and who needs help with what, from the codes that learners sent."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from helpers.doctor.machine_checks import ROOM_NEEDED
from helpers.doctor.readiness_code import BrokenCode, ReadinessCode, find_codes, plain
from helpers.emulator import __version__

__all__ = ["HELP", "Answer", "find_silent", "last_answers", "read_answers", "report"]

HELP = {
    "disk": f"its folder can't be written, or less than {ROOM_NEEDED} MB are free: move the project, or make room",
    "installation": "the packages couldn't be installed: look at what start.py says there, and at .local/set-up.log",
    "kernel": "no kernel starts: delete .venv, then run python start.py",
    "live_mode": "its settings can't be read: look at the file .env",
    "network": "it has no network: bring the folder wheels (python start.py bundle)",
    "packages": "packages are missing or in a wrong version: delete .venv, then run python start.py",
    "ports": "127.0.0.1 can't be reached: exclude it from firewall and VPN",
    "progress": "progress can't be read or saved: look at .local/progress.json",
    "proxy": "a proxy gets this machine's own requests: set NO_PROXY=127.0.0.1,localhost",
    "python": "its Python is too old: install Python 3.11 or newer",
    "sqlite": "its Python has no SQLite: install another Python",
    "wheels": "its copy of the folder wheels is damaged: copy it again",
    "widgets": "widgets can't be drawn: delete .venv, then run python start.py",
}
"""Meaning of a check's name in a code, with what to do, for an instructor."""

# Chats say when somebody wrote: "[11/30/26, 18:00:11] Alice: ", "18:00 From Alice to Everyone:", "Alice  6:00 PM", or
# the time in a line of its own below the name.
_TIME = (
    r"(?:\[[^\]\n]{0,30}\d:\d\d[^\]\n]{0,12}\]"
    r"|(?:\d[\d./-]{3,9},? |(?:yester|to)day at )?(?<![\d:])\d{1,2}:\d\d(?::\d\d)?"
    r"(?: ?[ap]\.?m\b\.?)?(?! ?[ap]\.?m\b|:?\d))"
)
_SENDER = re.compile(
    rf"^[\s>|]*(?:From:(.{{1,200}})|(?:On .{{1,100}}(?:,|{_TIME}) )?([^,\n]{{1,100}}) wrote:)",
    re.MULTILINE | re.IGNORECASE,
)
_CHAT = re.compile(
    rf"^[\s>|]*(?:{_TIME}[\s-]*(?:from\s+)?([^:\n]{{1,60}}?)(?:\s+to\s+[^:\n]{{1,60}})?[ \t]*(?::|$)"
    rf"|(?=[^\W\d])([^:\[\n]{{1,60}}?)[ \t,-]*(?:\n[ \t]*(?::\w+:)?)?[ \t]*{_TIME}:?[ \t]*$)",
    re.MULTILINE | re.IGNORECASE,
)
_SEAT = re.compile(r"^[\s>|*-]*(seat \d{1,4})\b", re.MULTILINE | re.IGNORECASE)
_AROUND = " \t>|*\"'`<([{:;,=-.\u2022"


class Answer(NamedTuple):
    """Code with the name, seat or number that goes with it."""

    who: str
    code: ReadinessCode | BrokenCode


def read_answers(text: str) -> list[Answer]:
    """Return the answers in ``text``: lists, mails or chats as pasted, with whatever else there is.

    A name or seat is the last sender since the code before, with what the line has before the code. If there is
    neither, it is the answer's number.
    """
    text = plain(text)
    answers: list[Answer] = []
    end = 0
    for begin, next_end, code in find_codes(text):
        who = _name(text[end:begin]) or f"answer {len(answers) + 1}"
        answers.append(Answer(who, code))
        end = next_end
    return answers


def find_silent(text: str, answers: list[Answer]) -> list[str]:
    """Return who wrote something in ``text``, or has a seat in a list there, and sent none of the ``answers``."""
    headed = _CHAT.sub(r"From: \1\2\n", plain(text))
    names = ["".join(found) for pattern in (_SENDER, _SEAT) for found in pattern.findall(headed)]
    named = {name.casefold(): name for name in (re.sub("<.*", "", each).strip(_AROUND) for each in names) if name}
    told = "\n".join(each.who for each in answers)
    return [name for name in named.values() if not re.search(rf"(?<!\w){re.escape(name)}(?!\w)", told, re.IGNORECASE)]


def _name(before: str) -> str:
    """Return the name in the text before a code, after the code that came earlier."""
    before = _CHAT.sub(r"From: \1\2\n", before)
    above, _, line = before.rpartition("\n")
    senders = ["".join(found) for found in _SENDER.findall(above)]
    # Both: two people may write "My code:" on that line, and one sender may write for two seats.
    names = [re.sub("<.*", "", each).strip(_AROUND) for each in (*senders[-1:], line)]
    if _SEAT.match(line) and _SEAT.match(names[0]):
        names = names[-1:]  # the other seat sent no code
    return ": ".join(filter(None, names))[:60]


def last_answers(answers: list[Answer]) -> list[Answer]:
    """Return the last answer of each name, however it is written."""
    return list({each.who.casefold(): each for each in answers}.values())


def report(answers: list[Answer], silent: list[str]) -> Iterator[str]:
    """Yield the lines of a report: first how many, then who needs help, whose code is broken, and who is ready.

    Who is ``silent`` wrote without a code, perhaps to somebody else: nobody counts them.

    If a name is there more than once, its last answer counts.
    """
    last = last_answers(answers)
    often = Counter(who.casefold() for who, _ in answers)
    read = [(who, code) for who, code in last if isinstance(code, ReadinessCode)]
    broken = [(who, code.text) for who, code in last if isinstance(code, BrokenCode)]
    ready = [who for who, code in read if not code.failed]
    yield f"{len(ready)} of {len(last)} ready; need help: {len(read) - len(ready)}; broken codes: {len(broken)}"
    for who, code in read:
        if code.failed:
            yield f"\n{who} needs help ({code.machine}, Python {code.python}):"
            yield from (f"  {name}: {HELP.get(name, 'a check that only another version has')}" for name in code.failed)
    if broken:
        yield "\nBroken codes: a character is wrong or missing. Ask for the line again, copied rather than typed:"
        yield from (f"  {who}: {text}" for who, text in broken)
    if silent:
        yield f"\nNo such line from: {', '.join(silent)}"
    others = [f"{who} ({code.version})" for who, code in read if code.version != __version__]
    if others:
        yield f"\nAnother version than yours, {__version__}, so the lessons may differ: {', '.join(others)}"
    repeated = [f"{who} ({often[who.casefold()]})" for who, _ in last if often[who.casefold()] > 1]
    if repeated:
        yield f"\nThere more than once, the last counts: {', '.join(repeated)}"
    if ready:
        yield f"\nReady: {', '.join(ready)}"
