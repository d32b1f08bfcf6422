"""View of an explanation: its first sentences, the changes, and the facts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import takewhile
from typing import Any

from ...display.blocks import Block, Fields, Preformatted, Sentence, View
from ..search.search import Fix
from ..sentences.phrases import IN_SHORT
from ..spelling import Spelling

__all__ = ["explanation_view"]

_TONES = {"pending": "wait", "canceled": "bad", "gone": "plain"}


def explanation_view(status: str, blocks: Sequence[Block], fixes: Sequence[Fix], spelling: Spelling) -> View:
    """Return the view; its words are ``blocks``, which contain everything that is drawn."""
    lead = list(takewhile(lambda block: isinstance(block, Sentence), blocks))
    codes = {fix.code(spelling) for fix in fixes}
    ways = [block for block in blocks if isinstance(block, Preformatted) and block.text in codes]
    facts = [block for block in blocks[len(lead) :] if block not in ways]
    state = {
        "tone": _TONES.get(status, "good"),
        "lead": [_sentence(block) for block in lead if isinstance(block, Sentence)],
        "ways": [{"title": way.title, "code": way.text} for way in ways],
        "facts": list(_facts(facts)),
    }
    return View(kind="explanation", name=f"Explanation({status})", blocks=tuple(blocks), state=state)


def _sentence(sentence: Sentence) -> dict[str, Any]:
    return {"text": sentence.text, "strong": sentence.text.startswith(IN_SHORT)}


def _facts(blocks: Iterable[Block]) -> Iterable[dict[str, Any]]:
    for block in blocks:
        match block:
            case Sentence(text):
                yield {"text": text}
            case Preformatted(title, text, _):
                yield {"title": title, "text": text}
            case Fields(title, pairs, empty, _):
                yield {"title": title, "pairs": [list(pair) for pair in pairs], "empty": empty}
            case _:
                raise TypeError(f"an explanation is not told in {type(block).__name__}")
