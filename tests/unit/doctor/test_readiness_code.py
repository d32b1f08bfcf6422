"""The line to send back survives mail programs, and a slip of the pen in it is noticed."""

from __future__ import annotations

import getpass
import platform
import sys
from string import ascii_lowercase

import pytest

import start
from helpers.doctor.readiness_code import LETTERS, BrokenCode, ReadinessCode, find_codes, plain, write_code
from helpers.emulator import __version__


def codes_in(text):
    return [code for _, _, code in find_codes(plain(text))]


@pytest.fixture
def code() -> str:
    """Code of this machine, on which two checks failed."""
    return write_code(["kernel", "widgets", "kernel"])


@pytest.fixture
def meaning(code) -> ReadinessCode:
    [meaning] = codes_in(code)
    return meaning


def test_code_says_version_machine_python_and_result(meaning):
    """What was written is read again; a check with two findings is named once."""
    machine, _, python = start.machine_name().partition(" python ")

    assert (meaning.version, meaning.machine) == (__version__, machine.lower())
    assert meaning.python == platform.python_version()
    assert meaning.python.startswith(python)
    assert meaning.failed == ("kernel", "widgets")


def test_ready_machine_has_a_short_code():
    """One line of a mail, even with a quotation mark before it."""
    code = write_code([])

    assert [each.failed for each in codes_in(code)] == [()]
    assert len(code) < 60


def test_code_has_nothing_of_the_reader(code, monkeypatch):
    """Neither user, host nor path: it is the same wherever the project is."""
    for name in (getpass.getuser(), platform.node(), sys.prefix, "/", "\\", "@"):
        assert name not in code.replace(__version__, "")
    monkeypatch.setenv("HOME", "/home/alice")
    monkeypatch.chdir("/")

    assert write_code(["kernel", "widgets"]) == code


@pytest.mark.parametrize(
    "change",
    [
        str.lower,
        str.upper,
        lambda code: code.replace("-", "\u2013"),
        lambda code: code.replace("-", "\u2011"),
        lambda code: code.replace("-", " - "),
        lambda code: code.replace("-", "\u200b-"),
        lambda code: code.replace("-", "-\n> ", 3),
        lambda code: code.replace("-", "-=\r\n"),
        lambda code: code.replace("+", "+\n"),
        lambda code: f"{code[:6]}\n> {code[6:]}",
        lambda code: f"{code[:-2]}\r\n{code[-2:]}\nBob",
        lambda code: code.replace("_", "\\_"),
        lambda code: f"> > {code}",
        lambda code: f"({code}).",
        lambda code: f"seat-{code}, from my phone",
        lambda code: f"\ufeff{code}\xa0",
        lambda code: f"It printed:{code}\nRegards",
    ],
)
def test_mail_programs_do_no_harm(code, meaning, change):
    """Dashes, spaces, line breaks, quotations and what surrounds a code leave it as it was."""
    assert codes_in(change(code)) == [meaning]


def test_letters_that_look_like_digits_are_read_as_them(meaning):
    """Someone who types a code from the screen may take a 0 for an O; neither O nor I nor L is used."""
    assert not set("ILOU") & set(LETTERS)
    tries = (write_code([f"try_{letter}"]) for letter in ascii_lowercase)
    code = next(code for code in tries if set("01") & set(code[-4:]))
    typed = code[:-4] + code[-4:].replace("0", "O").replace("1", "l")

    assert codes_in(typed) == codes_in(code)


def test_each_wrong_missing_or_doubled_character_is_noticed(code, meaning):
    """Whatever one slip makes of a code, it is said to be broken, or it isn't taken for a code."""
    slips = [code[:at] + new + code[at + 1 :] for at in range(len(code)) for new in "x7 " if new != code[at].lower()]
    slips += [code[:at] + code[at + 1 :] for at in range(len(code))]
    slips += [code[:at] + code[at] + code[at:] for at in range(len(code)) if code[at] != "-"]
    found = [codes_in(slip) for slip in slips]

    assert all(isinstance(each, BrokenCode) or each == meaning for codes in found for each in codes)
    assert sum(meaning in codes for codes in found) <= 1  # such as a blank before a dash
    assert sum(not codes for codes in found) <= len(code) // 5


@pytest.mark.parametrize("text", ["TRN-", "trn-0.1.0", "TNR-0.1.0-win-amd64-3.12.1-ok-7F3K", "TRN -x"])
def test_what_was_meant_to_be_a_code_is_told(text):
    """A piece of one, or one whose beginning is wrong."""
    assert codes_in(f"Alice: {text}\nBob") == [BrokenCode(text)]


@pytest.mark.parametrize(
    "text",
    [
        *("", "turn-around", "TRN", "3.12.1", "2026-11-30", "see python-3.12.1-amd64.exe"),
        *("abc-def-3.11-env", "/home/my-conda-3.11-env/lib/python3.11/site-packages/a.py", "python-3.11-slim-bookworm"),
        *("numpy-2.1-cp-3.11-x86.whl", "twilio-9.8-py3-3.1-none-any.whl", "linux-x86_64-3.12.1-foo"),
    ],
)
def test_other_words_are_no_codes(text):
    """Neither the project's short name alone nor paths and versions of something else."""
    assert codes_in(text) == []


@pytest.mark.parametrize(
    "unit", ["trn-", "a-", "trn-0.1.0-win-", "TRN>>>>>>", "x" * 50, "-3.1-", "\x1b[2J", "trn - > > > - "], ids=repr
)
def test_hostile_text_is_searched_once(unit):
    """A megabyte made to be searched again and again is no trouble, and nothing of it moves a terminal's cursor."""
    found = codes_in(unit * (1_000_000 // len(unit)))

    assert not any("\x1b" in each.text for each in found)
