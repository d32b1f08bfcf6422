"""The board as a program: it starts, says what to do, and ends."""

from __future__ import annotations

import signal
import subprocess
import sys

import httpx
import pytest

from helpers.room.board_command import main


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_answers_until_it_is_stopped(number):
    """Ctrl+C and a Hub's SIGTERM end it, also while a page is open; then nothing answers."""
    command = [sys.executable, "-m", "helpers.room", "--port", "0", "--room", "ROOM22"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    url = process.stdout.readline().removeprefix("Room board: ").strip()
    with httpx.Client(verify=False) as client:
        feed = client.stream("GET", url.replace("/board?", "/board/counts?"))
        with feed as counts:
            line = next(counts.iter_lines())
            process.send_signal(number)
            output, _ = process.communicate(timeout=20)
        with pytest.raises(httpx.ConnectError):
            client.get(url)

    assert line.startswith('data: {"seats":0')
    assert output.endswith("The board has ended, and nothing of it is left.\n")
    assert process.returncode == 0


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--room", "x"], "6 to 32 letters"),
        (["--port", "99999"], "Port 99999"),
        (["--host", "203.0.113.1"], "on 203.0.113.1 cannot be used"),
        (["--also-known-as", "http://hub"], "Give the name alone"),
    ],
)
def test_wrong_option_is_one_sentence(capsys, arguments, sentence):
    """And exit code 1."""
    assert main(arguments) == 1
    assert sentence in (told := capsys.readouterr().err)
    assert told.startswith("board: ")
    assert len(told.splitlines()) == 1
