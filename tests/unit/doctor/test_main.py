"""The doctor's command: a line to send back at the end, and thirty of them read from wherever they are."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from types import SimpleNamespace

import pytest

import start
from helpers.doctor import machine_checks
from helpers.doctor.__main__ import main
from helpers.doctor.machine_checks import Finding
from helpers.doctor.readiness_code import write_code


@pytest.fixture
def only(monkeypatch):
    """Let the doctor make only the given checks."""
    return lambda *checks: monkeypatch.setattr(machine_checks, "CHECKS", checks)


@pytest.fixture
def typed(monkeypatch):
    """Let these bytes be what is typed or piped."""
    return lambda data, tty=False: monkeypatch.setattr(
        sys, "stdin", SimpleNamespace(buffer=io.BytesIO(data), isatty=lambda: tty)
    )


def cake():
    yield Finding(True, "all there")


def tea():
    yield Finding(False, "no tea", "boil water")


def test_exit_code_is_zero_when_ready(only, capsys):
    """A machine on which every check is fine gives 0, and ends with its code."""
    only(cake)

    assert main([]) == 0
    *_, ready, send, code = capsys.readouterr().out.splitlines()
    assert (ready, code) == ("doctor: this machine is ready", write_code([]))
    assert send.startswith("Send this line to your instructor")


def test_exit_code_is_one_with_fix_shown(only, capsys):
    """One thing missing gives 1, its line names the fix, and the code names the check."""
    only(cake, tea)

    assert main([]) == 1
    assert capsys.readouterr().out.startswith(
        "ok   all there\nFIX  no tea -> boil water\ndoctor: 1 of 2 checks failed\n"
    )
    assert "-tea-" in write_code(["tea"])


def test_machine_without_packages_has_a_code(tmp_path):
    """Python alone, with no package at all, writes why nothing was installed; start.py calls it so."""
    command = [sys.executable, "-S", "-P", "-m", "helpers.doctor", "--not-installed=network"]
    environment = {"PYTHONPATH": str(start.ROOT)}
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True)

    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout.splitlines()[-1] == write_code(["network"])


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_room_is_read_from_files(tmp_path, monkeypatch, capsys, encoding):
    """Files as editors on every system write them, by their names from where the reader is."""
    (tmp_path / "codes.txt").write_text(f"Señora 1: {write_code([])}\n", encoding=encoding)
    monkeypatch.chdir(tmp_path)

    assert main(["--room", "codes.txt"]) == 0
    assert "Ready: Señora 1" in capsys.readouterr().out


def test_room_is_read_from_the_command_line_or_the_keyboard(typed, capsys):
    """Codes as arguments, or pasted; someone who needs help makes the exit code 1."""
    assert main(["--room", write_code([]), write_code(["kernel"])]) == 1
    typed(write_code([]).encode(), tty=True)
    assert main(["--room"]) == 0

    printed = capsys.readouterr()
    assert "1 of 2 ready; need help: 1" in printed.out
    assert "paste the codes" in printed.err


def test_codes_are_piped_in_any_encoding(typed, capsys):
    """A pipe gets what a file gets."""
    typed(f"Señora 1: {write_code([])}\n".encode("utf-16"))

    assert main(["--room"]) == 0
    assert "Ready: Señora 1" in capsys.readouterr().out


def test_last_answer_of_a_name_is_the_exit_code(typed, capsys):
    """Whoever repaired their machine is ready, for the exit code as for the report."""
    typed(f"Bob: {write_code(['kernel'])}\nbob: {write_code([])}\n".encode())

    assert main(["--room"]) == 0
    assert "1 of 1 ready" in capsys.readouterr().out


def test_room_without_packages_is_read(capsys):
    """The instructor may be somebody for whom nothing was installed."""
    assert main(["--room", write_code([]), "--not-installed=network"]) == 0


def test_reader_that_goes_away_is_no_traceback(tmp_path):
    """As with `doctor --room codes.txt | head -1`."""
    (tmp_path / "codes.txt").write_text("TRN-x\n" * 100_000, encoding="utf-8")
    command = [sys.executable, "-m", "helpers.doctor", "--room", str(tmp_path / "codes.txt")]
    with subprocess.Popen(command, cwd=start.ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as doctor:
        doctor.stdout.close()
        assert doctor.stderr.read() == b""
    assert doctor.returncode == 1


def test_letters_that_the_output_lacks_are_replaced(tmp_path):
    """A report that Windows writes into a file, for instance."""
    (tmp_path / "codes.txt").write_text(f"Łukasz: {write_code([])}\n", encoding="utf-8")
    command = [sys.executable, "-m", "helpers.doctor", "--room", str(tmp_path / "codes.txt")]
    environment = {**os.environ, "PYTHONIOENCODING": "cp1252"}
    done = subprocess.run(command, cwd=start.ROOT, env=environment, capture_output=True)

    assert (done.returncode, done.stderr) == (0, b"")
    assert b"Ready: ?ukasz" in done.stdout


@pytest.mark.parametrize("data", [b"", b"\xff\xfe\x00", b"hello", b"\x00" * 1000], ids=repr)
def test_room_without_codes_is_one_sentence(typed, tmp_path, capsys, data):
    """Nothing, something else, or no text at all."""
    typed(data)
    (tmp_path / "codes").write_bytes(data)

    for arguments in (["--room"], ["--room", str(tmp_path / "codes")]):
        assert main(arguments) == 1
        assert capsys.readouterr().err.startswith("doctor: no code found. A code is the last line of")


def test_file_that_cannot_be_read_is_one_sentence(tmp_path, capsys):
    """A name that nothing has, and a folder."""
    for name in ("codez.txt", "."):
        assert main(["--room", str(tmp_path / name)]) == 1
        assert capsys.readouterr().err.startswith(f"doctor: can't read {tmp_path / name}: ")


def test_broken_code_is_not_ready(capsys):
    """A room with a code that can't be read isn't ready."""
    assert main(["--room", write_code([])[:-1]]) == 1
    assert "broken codes: 1" in capsys.readouterr().out
