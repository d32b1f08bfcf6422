"""Thirty codes with noise around become a list of who needs help with what."""

from __future__ import annotations

import pytest

from helpers.doctor import machine_checks, readiness_code
from helpers.doctor.readiness_code import BrokenCode, write_code
from helpers.doctor.roll_call import HELP, find_silent, read_answers, report
from helpers.emulator import __version__
from start import DamagedWheels, NoNetwork, NotInstalled


def lines(text: str) -> list[str]:
    answers = read_answers(text)
    return [line for line in "\n".join(report(answers, find_silent(text, answers))).splitlines() if line]


@pytest.fixture
def older(monkeypatch) -> str:
    """Code of an older version."""
    with monkeypatch.context() as patch:
        patch.setattr(readiness_code, "__version__", "0.0.9")
        return write_code([])


def test_thirty_codes_five_of_them_broken(older):
    """Lists, mails and quotations: everyone is in the report once, by name or seat."""
    ready = write_code([])
    room = "Codes of TRN, please don't edit\nseat,code\n"
    room += "".join(f"seat {number}: {ready}\n" for number in range(1, 22))
    room += f"From: Alice <alice@example.com>\nHi! My line:\n> {write_code(['kernel', 'widgets'])}\n-- \nmy phone\n"
    room += "On Mon, 30 Nov 2026, Bob wrote:\n> " + write_code(["network"]).replace("-", "-\n> ", 2) + "\n"
    room += f"seat 24\t{older}\nseat 25: {write_code(['installation']).lower()}\n"
    room += f"seat 26 {ready[:-1]}\nseat 27: {ready.replace('3.', '3.9')}\nseat 28: {ready.replace('TRN', 'TNR')}\n"
    room += f"seat 29: {ready[:15]}\nseat 30: TRN-\n"
    said = lines(room)

    assert said[0] == "22 of 30 ready; need help: 3; broken codes: 5"
    assert [line.split(" needs")[0] for line in said if " needs help " in line] == ["Alice", "Bob", "seat 25"]
    assert said[2:4] == [f"  kernel: {HELP['kernel']}", f"  widgets: {HELP['widgets']}"]
    assert [line.split(":")[0].strip() for line in said if line.startswith("  seat")] == [
        f"seat {number}" for number in range(26, 31)
    ]
    assert f"Another version than yours, {__version__}, so the lessons may differ: seat 24 (0.0.9)" in said
    assert said[-1].startswith("Ready: seat 1, seat 2,")


def test_every_name_in_a_code_has_words():
    """Each check of the doctor, and each reason why nothing could be installed; no words are for nothing."""
    names = {check.__name__ for check in machine_checks.CHECKS}

    assert set(HELP) == names | {each.why for each in (NotInstalled, NoNetwork, DamagedWheels)}


@pytest.mark.parametrize(
    ("before", "who"),
    [
        ("seat 12: ", "seat 12"),
        ("> 12 | ", "12"),
        ("- **Bob**, ", "Bob"),
        ("Alice <alice@example.com>; ", "Alice"),
        ('"Bob",', "Bob"),
        ("Señor Ñandú\t", "Señor Ñandú"),
        ("From: Alice <alice@example.com>\n\n", "Alice"),
        ("> From: Bob\n> Subject: ready\n>\n> ", "Bob"),
        ("On Monday, Alice wrote:\n> ", "Alice"),
        ("On Mon, Nov 30, 2026 at 6:00 PM Alice <alice@example.com> wrote:\n> ", "Alice"),
        ("[11/30/26, 18:00:11] Alice: ", "Alice"),
        ("\u200e[30.11.26, 18:00:11] Alice: \u200e", "Alice"),
        ("30/11/2026, 18:00 - Alice: Hi!\n", "Alice"),
        ("18:00:03 From Alice to Everyone:\n\t", "Alice"),
        ("18:00:03\t From  Alice : ", "Alice"),
        ("[11/30 6:00\u202fPM] Alice\n", "Alice"),
        ("Alice  [6:00 PM]\nhere it is\n", "Alice"),
        ("Alice\n  6:00 PM\n", "Alice"),
        ("Bob\n:house:  6:00 PM\n`", "Bob"),
        ("Alice \u2014 Today at 6:00 PM\n", "Alice"),
        ("Alice, [30 Nov 2026 at 18:00:11]:\n", "Alice"),
        ("From: Alice\nDate: Mon, 30 Nov 2026 18:00:00 +0100\nSent: Monday 18:00\n\n", "Alice"),
        ("6:01 PM\n", "answer 1"),
        ("From: Bob\nHi!\nMy code: ", "Bob: My code"),
        ("Send this line to your instructor:\n", "answer 1"),
        ("", "answer 1"),
    ],
)
def test_name_or_seat_before_a_code_is_its_own(before, who):
    """What the line has before the code, or who sent it; otherwise its number."""
    assert [answer.who for answer in read_answers(before + write_code([]))] == [who]


def test_senders_do_not_reach_beyond_their_code():
    """Codes without a name keep none."""
    code = write_code([])

    assert [each.who for each in read_answers(f"From: Bob\n{code}\n{code}")] == ["Bob", "answer 2"]


def test_last_of_several_answers_counts():
    """Someone who repaired their machine sends again; that a name is there twice is said, for it may be two people."""
    said = lines(f"Bob: {write_code(['kernel'])}\nAlice: {write_code([])}\nbob: {write_code([])}")

    assert said[0] == "2 of 2 ready; need help: 0; broken codes: 0"
    assert "There more than once, the last counts: bob (2)" in said


def test_words_before_a_code_do_not_make_one_of_two_senders():
    """Nobody who needs help hides behind another's answer."""
    mails = f"From: Alice\nMy code: {write_code(['kernel'])}\nFrom: Bob\nMy code: {write_code([])}\n"

    assert lines(mails)[0] == "1 of 2 ready; need help: 1; broken codes: 0"


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("From: Alice\nEverything works!\n\nFrom: Bob\nCODE\n", "Alice"),
        ("18:00:03 From Alice to Everyone:\n\tHi!\n18:01:11 From Bob to Everyone:\n\tCODE\n", "Alice"),
        ("Seat 18: TRN ok\nSeat 19: CODE\n", "Seat 18"),
        ("From: Seat 18\nIt works.\nseat 19: CODE\n", "Seat 18"),
        ("Seat 1: later\nSeat 11: CODE\nFrom: Bob\nseat 12: CODE\n", "Seat 1"),
    ],
)
def test_who_sent_no_code_is_named(text, who):
    """A message or a line of a list without a code is seen, and its name goes to nobody else's code."""
    said = lines(text.replace("CODE", write_code([])))

    assert f"No such line from: {who}" in said
    assert who not in said[-1].removeprefix("Ready: ").split(", ")


def test_check_that_only_another_version_has_is_named():
    """An unknown name is shown as it is."""
    assert "  telepathy: a check that only another version has" in lines(write_code(["telepathy"]))


def test_empty_text_has_no_answers():
    """Nothing is made up."""
    assert read_answers("") == read_answers("Dear Alice,\nI can't make it. Bob\n") == []


def test_long_names_are_cut():
    """A letter before a code is no name; the report stays readable."""
    [answer] = read_answers("blah " * 100_000 + write_code([]))

    assert len(answer.who) <= 60
    assert not isinstance(answer.code, BrokenCode)
