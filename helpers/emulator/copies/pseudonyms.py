"""Pseudonyms: invented values for contact data, the same for equal values and different for different ones."""

from __future__ import annotations

import re
from collections.abc import Iterable, Set
from dataclasses import dataclass, field

from ..expressions.grammar.tokens import scan
from ..sids import is_sid
from .contact_data import PHONE, PIECES, SCHEMES, WORD, ContactKind, kind_of_key

__all__ = ["Pseudonyms"]

_FEWEST_LETTERS, _FEWEST_DIGITS = 3, 5
"""Length from which a word of a name or address is replaced in other texts, too: "12" or "de" says nothing there."""

_SMALLEST_NUMBER = 1_000

_MOST_KEPT_DIGITS = 6
"""Number of digits of a phone number that can stay for an expression: a prefix or an ending, not the number."""

_CODES = (ContactKind.EMAIL, ContactKind.PHONE, ContactKind.IDENTITY)
"""Kinds of which a value is one piece, and not words."""

_WORDS_OF_A_NAME = 2
"""Number of words from which an identity, such as what stands under ``from``, is taken for somebody's name."""

_ESCAPED = re.compile(r"\\([\s\S])")
_TO_ESCAPE = re.compile(r"""(["'\\])""")


class Pseudonyms:
    """Pseudonyms for the contact data of one Workspace.

    A text is taken apart into pieces, e-mail addresses, phone numbers and words, and each piece that is contact data is
    replaced wherever it stands. So ``==``, ``HAS`` and ``IN`` give what they gave, also ``CONTAINS`` with whole words.
    First ``learn`` everything, then ``hide``.

    Args:
        kept: words that stay, because they are in the names of resources, in small letters.
    """

    def __init__(self, kept: Set[str] = frozenset()) -> None:
        self._kept = kept
        self._kinds: dict[str, ContactKind] = {}
        """Kinds of words and other pieces that were learnt from telling keys, in small letters."""
        self._values: dict[str, ContactKind] = {}
        """Whole texts whose keys promised contact data: in these, short words are replaced, too."""
        self._domains: set[str] = set()
        self._seen: set[str] = set()
        self._fragments: set[str] = set()
        self._given: dict[str, str] = {}
        self._numbers: dict[int, int] = {}
        """Numbers that are contact data, each with the one that stands for it; 0 until there is one."""
        self._seen_numbers: set[int] = set()
        self._latest_numbers: dict[int, int] = {}
        """Latest invented number by its number of digits."""
        self._forms: dict[str, int] = {}
        self._count = 0

    # -- learning --------------------------------------------------------------------------------

    def learn(self, text: str, kind: ContactKind | None = None) -> None:
        """Note what stands in a text, and if its key promises contact data of a kind, that it is some."""
        self._seen.update(word.lower() for word in WORD.findall(text))
        self._seen.add(text.lower())
        self._domains.update(each[0].partition("@")[2] for each in PIECES.finditer(text) if each.lastgroup == "email")
        if is_sid(text, text[:2]):  # of the other party's call, say
            return
        if kind == ContactKind.IDENTITY and len(text.split()) >= _WORDS_OF_A_NAME:
            kind = ContactKind.NAME
        if kind is not None and not {word.lower() for word in WORD.findall(text)} <= self._kept:
            self._values[text] = kind
            for piece in PIECES.finditer(text):
                self._learn_piece(piece[0], piece.lastgroup or "", kind)

    def _learn_piece(self, text: str, group: str, kind: ContactKind) -> None:
        if kind in _CODES:
            if group == "digits":
                self._kinds.setdefault(text.lower(), kind)
            return
        for word in WORD.findall(text) if group not in ("email", "identity") else ():
            if word.lower() not in self._kept and word.lower() not in SCHEMES:
                self._kinds.setdefault(word.lower(), kind)

    def learn_number(self, number: int, kind: ContactKind | None) -> None:
        """Note a number, and if its key promises contact data, that it is some."""
        self._seen_numbers.add(number)
        if kind is not None and abs(number) >= _SMALLEST_NUMBER:
            self._numbers.setdefault(number, 0)

    def learn_expression(self, text: str) -> None:
        """Note what an expression compares with; beside a telling name it is contact data."""
        for clause in _clauses(text):
            for literal in clause.texts:
                self.learn(literal, None if clause.seeks_parts and clause.kind in _CODES else clause.kind)
                if sum(char.isdigit() for char in literal) <= _MOST_KEPT_DIGITS:
                    self._fragments.add(literal)
            for number in clause.numbers:
                self.learn_number(number, clause.kind)

    # -- hiding ----------------------------------------------------------------------------------

    def hide(self, text: str) -> str:
        """Return a text with pseudonyms in place of contact data."""
        kind = self._values.get(text)
        hidden = PIECES.sub(lambda piece: self._hide_piece(piece, is_value=kind is not None), text)
        return self._pseudonym(text, kind) if kind in _CODES and hidden == text else hidden

    def hide_number(self, number: int) -> int:
        """Return another number for one that was learnt, of as many digits where that is possible."""
        if self._numbers.get(number) == 0:
            digits = len(str(abs(number)))
            other = self._latest_numbers.get(digits, 9 * 10 ** (digits - 1)) + 1
            while other in self._seen_numbers:
                other += 1
            self._latest_numbers[digits] = self._numbers[number] = other
        return self._numbers.get(number, number)

    def hide_expression(self, text: str) -> str:
        """Return an expression with pseudonyms in the texts and numbers it compares with."""
        tokens, done = scan(text), 0
        parts: list[str] = []
        for kind, start, end in zip(tokens.kinds, tokens.starts, tokens.ends, strict=True):
            if kind in ("STRING", "NUMBER"):
                parts += [text[done:start], self._hide_literal(text[start:end], kind)]
                done = end
        return "".join([*parts, text[done:]])

    def _hide_literal(self, literal: str, kind: str) -> str:
        if kind == "NUMBER":
            return str(self.hide_number(int(literal))) if literal.lstrip("-").isdigit() else literal
        inner = _ESCAPED.sub(r"\1", literal[1:-1])
        hidden = self.hide(inner)
        return literal if hidden == inner else literal[0] + _TO_ESCAPE.sub(r"\\\1", hidden) + literal[0]

    def _hide_piece(self, piece: re.Match[str], *, is_value: bool) -> str:
        text, group = piece[0], piece.lastgroup
        if group == "email":
            return self._hide_email(text)
        if group == "identity":
            is_phone = PHONE.fullmatch(text) is not None
            return self._pseudonym(text, ContactKind.PHONE if is_phone else ContactKind.IDENTITY)
        if group == "domain" and text in self._domains:
            return self._hide_domain(text)
        if group == "digits" and (kind := self._kinds.get(text.lower())) in _CODES and not PHONE.search(text):
            return self._pseudonym(text, kind)
        if group == "digits" and PHONE.search(text):
            return PHONE.sub(lambda phone: self._pseudonym(phone[0], ContactKind.PHONE), text)
        return WORD.sub(lambda word: self._hide_word(word[0], is_value=is_value), text)

    def _hide_word(self, word: str, *, is_value: bool) -> str:
        kind = self._kinds.get(word.lower())
        return self._pseudonym(word, kind) if kind is not None and (is_value or _tells(word)) else word

    def _hide_email(self, text: str) -> str:
        if text not in self._given:
            domain = self._hide_domain(text.partition("@")[2])
            self._given[text] = f"{self._next(ContactKind.EMAIL.value)}@{domain}"
        return self._given[text]

    def _hide_domain(self, domain: str) -> str:
        if f"@{domain}" not in self._given:
            self._given[f"@{domain}"] = f"{self._next('mail')}.example"
        return self._given[f"@{domain}"]

    def _pseudonym(self, text: str, kind: ContactKind) -> str:
        if text not in self._given:
            has_digits = kind == ContactKind.PHONE or text.isdigit()
            self._given[text] = (self._other_digits(text) if has_digits else "") or self._next(kind.value)
        return self._given[text]

    def _next(self, beginning: str) -> str:
        """Return a word that stands nowhere else."""
        while True:
            self._count += 1
            word = f"{beginning}{self._count}"
            if word.lower() not in self._seen:
                return word

    def _other_digits(self, text: str) -> str:
        """Return a text of the same form with digits that count; a part that an expression looks for stays.

        It is empty if all such texts are taken.
        """
        kept = _covered(text, self._fragments)
        free = [place for place, char in enumerate(text) if char.isdigit() and place not in kept]
        form = "".join("#" if place in free else char for place, char in enumerate(text))
        for number in range(self._forms.get(form, 0), 10 ** len(free)):
            # Invented numbers begin with nines, as no country's do.
            digits = dict(zip(free, f"{10 ** len(free) - 1 - number}".zfill(len(free)), strict=True))
            made = "".join(digits.get(place, char) for place, char in enumerate(text))
            self._forms[form] = number + 1
            if made.lower() not in self._seen:
                return made
        return ""


def _tells(word: str) -> bool:
    return len(word) >= (_FEWEST_DIGITS if word.isdigit() else _FEWEST_LETTERS)


@dataclass
class _Clause:
    """Part of an expression between ``AND`` and ``OR``: its literals, and the kind of contact data in them."""

    kind: ContactKind | None = None
    seeks_parts: bool = False
    texts: list[str] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)


def _clauses(expression: str) -> list[_Clause]:
    tokens, clauses = scan(expression), [_Clause()]
    for kind, start, end in zip(tokens.kinds, tokens.starts, tokens.ends, strict=True):
        text, clause = expression[start:end], clauses[-1]
        if kind in ("AND", "OR"):
            clauses.append(_Clause())
        elif kind == "REFERENCE":
            clause.kind = clause.kind or kind_of_key(text.partition("[")[0].rpartition(".")[2])
        elif kind == "OPERATOR":
            clause.seeks_parts = clause.seeks_parts or text.upper() == "CONTAINS"
        elif kind == "STRING":
            clause.texts.append(_ESCAPED.sub(r"\1", text[1:-1]))
        elif kind == "NUMBER" and text.lstrip("-").isdigit():
            clause.numbers.append(int(text))
    return clauses


def _covered(text: str, fragments: Iterable[str]) -> set[int]:
    """Return the places of a text at which a shorter fragment of it stands."""
    covered: set[int] = set()
    for each in fragments:
        if 1 < len(each) < len(text) and (start := text.find(each)) >= 0:
            covered |= set(range(start, start + len(each)))
    return covered
