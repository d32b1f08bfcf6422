"""View of a quiz: questions with choices, and what is true about those that were chosen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ..blocks import Block, Fields, Sentence, View

__all__ = ["Answerable", "recall_view"]


@dataclass(frozen=True)
class Answerable:
    """Question with its choices by letter. ``told`` is about the chosen one, and empty before."""

    text: str
    choices: Mapping[str, str]
    chosen: str | None = None
    told: str = ""


def recall_view(name: str, title: str, questions: Sequence[Answerable], code: str) -> View:
    """Show the questions one below the other.

    Args:
        code: the call that gave the last answer, or one that could give the first.
    """
    has_answer = any(each.chosen for each in questions)
    blocks: list[Block] = [Sentence(title)]
    for number, each in enumerate(questions, 1):
        blocks.append(Fields(f"{number}. {each.text}", tuple(each.choices.items())))
        if each.chosen:
            blocks.append(Sentence(f"You chose {each.chosen}. {each.told}"))
    if not has_answer:
        blocks.append(Sentence(f"Choose, type {code}, or skip this."))
    state = {
        "title": title,
        "questions": [
            {
                "number": number,
                "text": f"{number}. {each.text}",
                "choices": [{"value": letter, "label": f"{letter}. {text}"} for letter, text in each.choices.items()],
                "chosen": each.chosen,
                "said": each.told,
            }
            for number, each in enumerate(questions, 1)
        ],
        "code": code if has_answer else "",
    }
    return View(kind="recall", name=name, blocks=tuple(blocks), state=state)
