"""Faults that no verdict should have, whatever the answer."""

from __future__ import annotations

import re

from helpers.lessons.checks.answers import take_sentences

__all__ = ["faults_of"]

LONG_SID = re.compile(r"[A-Z]{2}[0-9a-f]{5}")
POINTER = re.compile(r"[`“A-Z].{10,240}[.?`]")


def faults_of(verdict):
    """Return what is wrong with the text of a verdict: it is long, or shows a SID, or isn't in sentences.

    Only what TaskRouter refused has lines, its own text and then the hint, as outside of a check.
    """
    said = verdict.text
    faults = {
        "is long": len(said) > 500,
        "has more than three sentences": "\n" not in said and take_sentences(said, 3) != said,
        "begins small": said[:1].islower(),
        "has a long SID": LONG_SID.search(said) is not None,
        "has a pointer that is no sentence": verdict.pointer != "" and not POINTER.fullmatch(verdict.pointer),
    }
    return [f"{fault}: {said}" for fault, is_so in faults.items() if is_so]
