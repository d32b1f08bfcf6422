"""Readers of learners' answers, which accept more than one form and raise ``NotYet`` for the others."""

from __future__ import annotations

import dis
import inspect
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from types import CodeType
from typing import Any

from helpers.emulator.display.safe_text import clip, pluralize
from helpers.emulator.display.value_kinds import kind, with_article
from helpers.guide.slips.slips import advise
from helpers.lessons.cell_runs import history
from helpers.lessons.checks.verdict import NotYet

__all__ = [
    "call",
    "describe_error",
    "find_unread",
    "join_words",
    "means_all",
    "normalize",
    "read_function",
    "read_globals",
    "read_letters",
    "read_text",
    "refuse_list",
    "spell",
    "take_sentences",
]

_SENTENCE_END = re.compile(r"(?<=[.?!]) (?=[A-Z“\"'`])")


def spell(answer: object, limit: int = 60) -> str:
    """Return ``answer`` as code of at most ``limit`` characters, or its kind if its ``repr`` fails."""
    try:
        return clip(repr(answer), limit)
    except Exception:  # the answer's own code
        return kind(answer)


def describe_error(error: BaseException) -> str:
    """Return the error as Python's last line says it, at most 120 characters of its text."""
    try:
        told = clip(" ".join(str(error).split()), 120)
    except Exception:  # an answer's own __str__ or __repr__ can raise as well
        told = ""
    return f"{type(error).__name__}: {told}" if told else type(error).__name__


def take_sentences(text: str, count: int) -> str:
    """Return the first sentences of a text."""
    return " ".join(_SENTENCE_END.split(text)[:count])


def normalize(answer: str) -> str:
    """Return the answer in lower case and American spelling, without the spaces, quotes and full stops around it."""
    return answer.strip().strip("\"'`.").strip().lower().replace("cancelled", "canceled")


def read_text(name: str, answer: object, example: str) -> str:
    """Return the answer as text; a list or tuple of one text counts as that text.

    Raises:
        NotYet: it is something else, or empty.
    """
    if isinstance(answer, list | tuple) and len(answer) == 1:
        answer = answer[0]
    if not isinstance(answer, str):
        raise NotYet(
            f"`{name}` is {kind(answer)}; this exercise needs text.", f"Write it in quotes, such as {example}."
        )
    if not answer.strip():
        raise NotYet(f"`{name}` is an empty text.", f"Write something such as {example}.")
    return answer


def means_all(answer: object) -> bool:
    """Return True if the answer names everything with a word such as "all", and so has no letters to read."""
    return isinstance(answer, str) and normalize(answer) in ("all", "all of them", "everything", "every one")


def join_words(items: Iterable[str]) -> str:
    """Return the items joined by commas and "and"."""
    *most, last = list(items)
    return f"{', '.join(most)} and {last}" if most else last


def read_letters(
    name: str, answer: object, letters: Sequence[str], *, item: str, value: str, example: str
) -> dict[str, object]:
    """Return the answer as a dictionary with exactly these letters; a list with a value for each counts as one.

    Args:
        item: word for what the letters stand for.
        value: words for what belongs to each.
        example: such a value.

    Raises:
        NotYet: it is something else, or a letter is missing or too many.
    """
    span = f"the letters {letters[0]} to {letters[-1]}"
    if isinstance(answer, list | tuple) and len(answer) == len(letters):
        answer = dict(zip(letters, answer, strict=True))
    if not isinstance(answer, dict):
        given = f'{{"{letters[0]}": "{example}"}}'
        raise NotYet(f"`{name}` is {kind(answer)}.", f"Write a dictionary with {span}, such as {given}.")
    found = {normalize(key) if isinstance(key, str) else key: each for key, each in answer.items()}
    missing, strange = [key for key in letters if key not in found], [key for key in found if key not in letters]
    if strange:
        rule = f"The letters are {letters[0]} to {letters[-1]}."
        raise NotYet(f"There is no {item} {spell(strange[0])} in this exercise.", rule)
    if missing:
        which = f"letter {missing[0]} is" if len(missing) == 1 else f"letters {join_words(missing)} are"
        raise NotYet(f"The {which} missing.", f"The answer has {span}, with {value} for each.")
    return found


def refuse_list(name: str, answer: object, noun: str) -> None:
    """Raise ``NotYet`` for a list of resources, where one of them is needed; ``noun`` is the word for one."""
    if isinstance(answer, list | tuple) and answer and kind(answer[0]) == with_article(noun):
        held = f"a list with {pluralize(len(answer), noun)}"
        raise NotYet(f"`{name}` is {held}.", "Take one of its items: `[0]` is the first.")


def read_function(name: str, answer: object, *arguments: str) -> Callable[..., Any]:
    """Return the answer as a function of these arguments.

    Raises:
        NotYet: it isn't a plain function, or can't be called with so many arguments.
    """
    first_line = f"`def {name}({', '.join(arguments)}):`"
    if inspect.iscoroutinefunction(answer):
        raise NotYet(f"`{name}` is an `async def`, which only makes a coroutine.", "Write a plain `def`.")
    if not callable(answer):
        called = isinstance(answer, dict) or answer is None or f"{name}(" in history()[-1].source
        wrong = f"`{name}` is {kind(answer)}, not a function."
        before = f"Pass the function itself, `{name}` without parentheses. " if called else ""
        raise NotYet(wrong, f"{before}Begin with {first_line}.")
    try:
        inspect.signature(answer).bind(*arguments)
    except TypeError:
        count = "one argument" if len(arguments) == 1 else f"{len(arguments)} arguments"
        raise NotYet(f"`{name}` can't be called with {count}.", f"Begin with {first_line}.") from None
    except ValueError:  # some built-in functions have no signature
        pass
    return answer


def find_unread(function: Callable[..., Any]) -> str:
    """Return the first argument that the function's code never reads, or an empty text."""
    code = getattr(function, "__code__", None)
    if code is None:
        return ""
    read = {*code.co_cellvars, *_local_names(function)}
    return next((name for name in code.co_varnames[: code.co_argcount] if name not in read), "")


def read_globals(function: Callable[..., Any]) -> dict[str, Any]:
    """Return the global variables that the function's code reads, also inside of its loops and lambdas."""
    code, known = getattr(function, "__code__", None), getattr(function, "__globals__", {})
    return {} if code is None else {name: known[name] for name in _global_names(code) if name in known}


def call(
    name: str, function: Callable[..., Any], *arguments: object, case: str = "", needs_result: bool = False
) -> Any:
    """Call the function with ``arguments`` and return its result.

    Raises:
        NotYet: it raises, or calls ``exit()``; the text has the error, the line and, if known, what to do. Or it
            returns None, where a result is needed.
    """
    try:
        result = function(*arguments)
    except (Exception, SystemExit) as error:
        line = _line(error, function)
        wrong = f"{case}`{name}` stops with {describe_error(error)}{line}."
        raise NotYet(wrong, take_sentences(advise(error) or "", 2)) from error
    if needs_result and result is None:
        raise NotYet(f"{case}`{name}` returned nothing.", "Add a `return`; `print` only shows a value.")
    return result


def _line(error: BaseException, function: Callable[..., Any]) -> str:
    """Return the line of the learner's function that led to the error, counted from its ``def``."""
    code, traceback = getattr(function, "__code__", None), error.__traceback__
    place = None
    while traceback is not None:
        if traceback.tb_frame.f_code is code:
            place = traceback.tb_lineno
        traceback = traceback.tb_next
    return "" if place is None or code is None else f" (line {place - code.co_firstlineno + 1} of the function)"


def _global_names(code: CodeType) -> Iterator[str]:
    yield from (each.argval for each in dis.get_instructions(code) if each.opname == "LOAD_GLOBAL")
    for inner in code.co_consts:
        if isinstance(inner, CodeType):
            yield from _global_names(inner)


def _local_names(function: Callable[..., Any]) -> Iterable[str]:
    """Return the local names that the function's code reads; one instruction can read two of them."""
    reading = (each.argval for each in dis.get_instructions(function) if "LOAD_FAST" in each.opname)
    return (name for names in reading for name in (names if isinstance(names, tuple) else (names,)))
