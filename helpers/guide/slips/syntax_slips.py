"""Advice on cells that aren't valid Python, where Python's own message doesn't help a learner."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

__all__ = ["advise_on_syntax"]

_OPERATOR = re.compile(r"\b(?:HAS|CONTAINS|NOT\s+IN|IN|AND|OR)\b")
"""Words of TaskRouter's expressions that Python's own keywords aren't: in capitals."""
_SHELL = re.compile(r"^\s*(?:curl|pip|export|cd|ls)\s+[^\s=]", re.MULTILINE)


def advise_on_syntax(error: SyntaxError) -> str | None:
    """Return what to do; None where Python's message says it, as in "expected ':'"."""
    line = error.text or ""
    return next((advice for rule in _RULES if (advice := rule(error.msg, line))), None)


def _character(message: str, line: str) -> str:
    if found := re.search(r"invalid (?:non-printable )?character (?:'(.)' )?\(?U\+([0-9A-F]+)", message):
        seen = found[1] or f"U+{found[2]}"
        if len(seen) == 1 and "QUOTATION MARK" in unicodedata.name(seen, ""):
            return f"{seen} is a typographic quote. Write a straight one: \" or '."
        return f"Python doesn't allow the character {seen}. It probably came with pasted text: type it again."
    return ""


def _quote(message: str, line: str) -> str:
    if "unterminated" not in message:
        return ""
    return "A string starts with a quote and has none at its end. Write the same quote, \" or ', on both sides."


def _bracket(message: str, line: str) -> str:
    if "incomplete input" in message or "unexpected EOF" in message or "was never closed" in message:
        return "A bracket or a quote is still open. Check that each ( [ { has its ) ] }, and check the quotes."
    return ""


def _shell(message: str, line: str) -> str:
    if line.lstrip().startswith("%%"):
        return "A magic with two percent signs, such as `%%bash`, must be the first line of its cell."
    if _SHELL.match(line):
        return "This is a shell command. Write `%%bash` above it, in the first line of the cell."
    return ""


def _dictionary(message: str, line: str) -> str:
    if re.search(r"\(\s*([\"'])\w+\1\s*:", line):
        return 'Write a dictionary in braces: `json.dumps({"selected_language": "es"})`.'
    if re.search(r"[(,]\s*([\"'])\w+\1\s*=(?!=)", line):
        return "A parameter's name has no quotes: `attributes=…`. In a dictionary, write a colon after the key."
    if re.search(r"\{\s*([\"']?)\w+\1\s*=(?!=)", line):
        return 'In a dictionary, write a colon after the key: `{"selected_language": "es"}`.'
    return ""


def _expression(message: str, line: str) -> str:
    name, equals, value = line.strip().partition("=")
    if equals and _OPERATOR.search(re.sub(r"([\"']).*?\1", "", value)):
        return (
            f"An expression for TaskRouter is text. Put quotes around all of it: `{name.strip()} = {value.strip()!r}`. "
            "Python's own operators are lowercase: in, not in, and, or."
        )
    return ""


def _next_line(message: str, line: str) -> str:
    if line.lstrip()[:1] == ".":
        return "If a call continues on the next line, put parentheses around the whole call."
    return ""


def _dots(message: str, line: str) -> str:
    if re.search(r"=\s*\.\.\.\s*\S|\S\s*\.\.\.\s*$", line):
        return "The three dots mark the place of your answer. Delete them."
    return ""


_RULES: tuple[Callable[[str, str], str], ...] = (
    _character,
    _shell,
    _dictionary,
    _expression,
    _next_line,
    _dots,
    _quote,
    _bracket,
)
