"""The first word chooses the command, and every word that is none is told."""

from __future__ import annotations

import subprocess
import sys

import pytest

from helpers.emulator import __version__
from helpers.emulator.command import main
from helpers.emulator.command.command_line import COMMANDS
from helpers.emulator.server import start


def test_version_is_printed(capsys):
    """It is the package's own."""
    with pytest.raises(SystemExit) as ended:
        main(["--version"])

    assert (ended.value.code, capsys.readouterr().out) == (0, f"taskrouter-emulator {__version__}\n")


@pytest.mark.parametrize("word", ["sevre", "WT" + "0" * 32, ""])
def test_unknown_command_is_told(capsys, word):
    """One sentence names all there are."""
    assert main([word]) == 2

    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.startswith(f"{word!r} isn't a command.")
    assert all(name in told.err for name in COMMANDS)


def test_serve_is_the_default(capsys):
    """With and without its name it refuses in the same words."""
    assert [main([*words, "--port", "70000"]) for words in ([], ["serve"])] == [2, 2]

    first, second = capsys.readouterr().err.splitlines()
    assert first == second


@pytest.mark.parametrize("name", COMMANDS)
@pytest.mark.parametrize("program", ["/somewhere/bin/taskrouter-emulator", r"C:\Scripts\taskrouter-emulator.exe"])
def test_help_names_the_program(monkeypatch, capsys, name, program):
    """What is installed under a name is called by it."""
    monkeypatch.setattr(sys, "argv", [program, name])
    with pytest.raises(SystemExit):
        main([name, "--help"])

    assert capsys.readouterr().out.startswith("usage: taskrouter-emulator ")


def test_help_names_every_command(capsys):
    """Who asks for help learns what else there is."""
    with pytest.raises(SystemExit):
        main(["--help"])

    told = " ".join(capsys.readouterr().out.split())
    assert all(f"{name}: {does}" in told for name, does in COMMANDS.items())


@pytest.mark.parametrize("name", COMMANDS)
def test_interrupt_ends_without_a_traceback(monkeypatch, name):
    """As a shell expects it, wherever the command is."""

    def interrupt(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(f"helpers.emulator.command.{name}_command.run", interrupt)

    assert main([name]) == 130


def test_output_that_nobody_reads_is_no_traceback(tmp_path):
    """As in ``taskrouter-emulator check DATA | head -0``."""
    start(data=tmp_path).stop()
    command = [sys.executable, "-m", "helpers.emulator", "check", str(tmp_path)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    process.stdout.close()

    with process:
        assert process.stderr.read() == b""

    assert process.returncode == 1
