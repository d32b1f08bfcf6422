"""Advice on cells that aren't valid Python, where Python's own message doesn't help a learner."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

__all__ = ["advise_on_syntax"]

_SHELL = re.compile(r"^\s*(?:curl|pip|export|cd|ls)\s+[^\s=]", re.MULTILINE)


def advise_on_syntax(error: SyntaxError) -> str | None:
    """Return what to do; None where Python's message says it, as in "expected ':'"."""
    line = error.text or ""
    return next((advice for rule in _RULES if (advice := rule(error.msg, line))), None)


def _character(message: str, line: str) -> str:
    if found := re.search(r"invalid (?:non-printable )?character (?:'(.)' )?\(?U\+([0-9A-F]+)", message):
        seen = found[1] or f"U+{found[2]}"
        if len(seen) == 1 and "QUOTATION MARK" in unicodedata.name(seen, ""):
            return f"{seen} is a typographic quote, as text programs make them. Write straight ones: \" or '."
        return f"{seen} is no character of Python; it probably came with pasted text. Type it again."
    return ""


def _quote(message: str, line: str) -> str:
    if "unterminated" not in message:
        return ""
    return "a text begins with a quote and has none at its end: write the same quote, \" or ', on both sides."


def _bracket(message: str, line: str) -> str:
    if "incomplete input" in message or "unexpected EOF" in message or "was never closed" in message:
        return "something was opened and isn't closed: compare each ( [ { with its ) ] }, and look at the quotes."
    return ""


def _shell(message: str, line: str) -> str:
    if line.lstrip().startswith("%%"):
        return "a magic with two percent signs, such as `%%bash`, has to be the first line of its cell."
    if _SHELL.match(line):
        return "this is a command of the shell: write `%%bash` into the first line of the cell, above it."
    return ""


def _dictionary(message: str, line: str) -> str:
    if re.search(r"\(\s*([\"'])\w+\1\s*:", line):
        return 'a dictionary stands in braces: `json.dumps({"selected_language": "es"})`.'
    if re.search(r"[(,]\s*([\"'])\w+\1\s*=(?!=)", line):
        return "the name of a parameter has no quotes: `attributes=…`. In a dictionary a colon follows the key."
    if re.search(r"\{\s*([\"']?)\w+\1\s*=(?!=)", line):
        return 'in a dictionary a colon follows the key: `{"selected_language": "es"}`.'
    return ""


def _next_line(message: str, line: str) -> str:
    return "a call that goes on in the next line stands in parentheses as a whole." if line.lstrip()[:1] == "." else ""


def _dots(message: str, line: str) -> str:
    if re.search(r"=\s*\.\.\.\s*\S|\S\s*\.\.\.\s*$", line):
        return "the three dots hold the place of your answer: take them away."
    return ""


_RULES: tuple[Callable[[str, str], str], ...] = (_character, _shell, _dictionary, _next_line, _dots, _quote, _bracket)
