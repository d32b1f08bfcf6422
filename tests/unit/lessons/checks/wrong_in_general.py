"""Wrong answers that fit no exercise: what a learner can hand over by mistake, whatever is asked."""

from __future__ import annotations

from types import SimpleNamespace

from helpers.lessons import story


def accept_spanish(callback):
    """The worked solution of 2.3."""
    return {"instruction": "accept"} if "es" in callback.worker_attributes.get("languages", []) else {}


RIGHT_WITH_OTHERS = {
    "2.3": ("canceled", accept_spanish),
    "3.1": ("canceled", '{"selected_language": "es"}'),
    "5.2": ("reserved", "b"),
}
"""Right answers to exercises that ask for more than one, so that each can be wrong alone."""


class Hostile:
    """An object that can neither be written nor compared nor kept in a set."""

    def __repr__(self):
        raise ValueError("no repr")

    def __eq__(self, other):
        raise ValueError("no comparison")

    __hash__ = None


def in_itself(kind):
    """A list or dictionary that holds itself."""
    if kind is dict:
        answer = {}
        answer["a"] = answer
        return answer
    answer = []
    answer.append(answer)
    return answer


def ask_again(argument):
    """Call itself without end."""
    return ask_again(argument)


def give_nothing(argument):
    """Return nothing."""
    str(argument)


def give_hostile(argument):
    """Return an object that can't be written."""
    return [Hostile(), argument][0]


def give_huge(argument):
    """Return a text that is too long to be shown."""
    return f"{str(argument)[:1]}{'x' * 100_000}"


def fail_at_length(argument):
    """Raise an error with a text that is too long to be shown."""
    raise ValueError("x" * 100_000, argument)


def fail_without_words(argument):
    """Raise an error that can't be written."""
    raise ValueError(Hostile(), argument)


def _unread(desk):
    return desk.workspace.workers(desk.story.alice_sid)


GENERAL = {
    "nothing": None,
    "true": True,
    "number": 7,
    "quoted number": "7",
    "not a number": float("nan"),
    "text": "something else",
    "empty text": "",
    "spaces": "  \n",
    "control characters": "\x00\x1b[31m\u202e",
    "huge text": "x" * 50_000,
    "huge JSON": "[" * 50_000,
    "bytes": b"canceled",
    "empty list": [],
    "list of one text": ["something else"],
    "list of one number": [7],
    "list of nothing": [None],
    "list of one list": [["a"]],
    "list of many": list(range(10_000)),
    "tuple": (1, 2),
    "set": {"a"},
    "empty dictionary": {},
    "letters missing": {"a": "something else"},
    "other letters": dict.fromkeys("vwxyz", "something else"),
    "numbers for letters": dict.fromkeys(range(8), "something else"),
    "values of another kind": dict.fromkeys("abcdef", 7),
    "list in itself": in_itself(list),
    "dictionary in itself": in_itself(dict),
    "hostile": Hostile(),
    "list of hostile": [Hostile()],
    "dictionary of hostile": dict.fromkeys("abcdef", Hostile()),
    "class": SimpleNamespace,
    "instance": SimpleNamespace(sid="WK" + "0" * 32),
    "error": ValueError("WK" + "0" * 32),
    "module": story,
    "built-in function": len,
    "method": "a".join,
    "function of nothing": lambda: None,
    "function that gives nothing": give_nothing,
    "function that gives its argument": lambda argument: argument,
    "function that gives text": lambda argument: "something else",
    "function that gives hostile": give_hostile,
    "function that gives huge text": give_huge,
    "function that calls itself": ask_again,
    "function that fails at length": fail_at_length,
    "function that fails without words": fail_without_words,
    "result of a call": {"instruction": "accept"},
    "SID of a Worker": lambda desk: desk.story.alice_sid,
    "SID of a TaskQueue": lambda desk: desk.story.english_queue_sid,
    "SID of nothing": "WR" + "0" * 32,
    "dictionary of SIDs": lambda desk: dict.fromkeys("abcdef", desk.story.alice_sid),
    "list of SIDs": lambda desk: [desk.story.alice_sid, desk.story.bob_sid],
    "Worker": lambda desk: _unread(desk).fetch(),
    "Worker not read yet": _unread,
    "list of one Worker": lambda desk: [_unread(desk).fetch()],
    "way to every Worker": lambda desk: desk.workspace.workers,
    "method not called": lambda desk: _unread(desk).fetch,
    "Workspace in a list": lambda desk: [desk.workspace.fetch()],
}
"""Answers by name; a function of one argument named ``desk`` makes one from the lesson's names."""

BLANK = {
    "dots": ...,
    "dots in a list": ["a", ...],
    "dots in a dictionary": {"a": "Spanish", "b": ...},
    "dots deep inside": {"a": [("x", {"y": ...})]},
    "dots beside itself": [in_itself(list), in_itself(dict), ...],
    "gap of a hint": "Worker___",
}
"""Answers that still have three dots, or the gap of a hint, somewhere."""
