"""Kill first starts, and damage closed and killed files; see that no acknowledged write is lost without a word.

``.venv/bin/python -m tests.unit.emulator.store.damage_rounds`` kills 25 first starts, and damages 28 files of each
kind: bytes are flipped, zeroed or cut off, in the database and in the log beside it.
"""

from __future__ import annotations

import random
import re
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from signal import SIGKILL, SIGTERM
from subprocess import DEVNULL, Popen

import httpx

from helpers.emulator.emulator_errors import StoreRefused
from helpers.emulator.server import RunningEmulator, start
from helpers.emulator.server.factory import FILE_NAME
from tests.unit.emulator.process import Process

__all__ = ["damage_rounds", "killed_starts"]

TASKS = 120

Damage = Callable[[bytearray, random.Random], None]


def _flip(content: bytearray, chance: random.Random) -> None:
    for _ in range(chance.choice((1, 3))):
        content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)


def _zero(content: bytearray, chance: random.Random) -> None:
    first = chance.randrange(len(content))
    content[first : first + 4096] = bytes(len(content[first : first + 4096]))


def _cut(content: bytearray, chance: random.Random) -> None:
    del content[chance.randrange(len(content)) :]


_DAMAGES: tuple[Damage, ...] = (_flip, _zero, _cut)


def killed_starts(number: int, folder: Path) -> list[str]:
    """What keeps a file from being used whose first start was killed; empty if nothing does."""
    trouble, took = [], _start_seconds(folder / "timed")
    for each in range(number):
        data = folder / f"start-{each}"
        command = [sys.executable, "-m", "helpers.emulator", "--data", str(data)]
        with Popen(command, stdout=DEVNULL, stderr=DEVNULL) as process:
            time.sleep(took * (0.5 + 0.6 * each / number))  # the file is made late in a start
            process.send_signal(SIGKILL)
        again = Process("--data", str(data))
        _, _, said = again.end(SIGTERM)
        trouble += [] if again.ready else [said]
    return trouble


def damage_rounds(number: int, folder: Path, *, killed: bool, seed: int = 8) -> tuple[list[str], list[str]]:
    """Start damaged files: what each start said, and what was lost without a word, which is to be nothing."""
    tasks = _fill(folder / "sound", killed=killed)
    said, lost = [], []
    for each in range(number):
        data = folder / f"damaged-{each}"
        shutil.copytree(folder / "sound", data)
        _damage(data, each, random.Random(seed * 1000 + each), killed=killed)
        try:
            running = start(clock="real", data=data)
        except StoreRefused as refusal:
            said.append(str(refusal))
            continue
        with running:
            lost += [f"round {each}: {sid} is gone" for sid in tasks - _tasks(running)]
        said.append("nothing")
    return said, lost


def _start_seconds(data: Path) -> float:
    started = time.perf_counter()
    emulator = Process("--data", str(data))
    took = time.perf_counter() - started
    emulator.end(SIGKILL)
    return took


def _fill(data: Path, *, killed: bool) -> set[str]:
    emulator = Process("--data", str(data))
    workspace = emulator.create("", FriendlyName="Desk", Template="FIFO")["sid"]
    tasks = {emulator.create(f"/{workspace}/Tasks", Attributes=f'{{"number":{n}}}')["sid"] for n in range(TASKS)}
    emulator.end(SIGKILL if killed else SIGTERM)
    return tasks


def _damage(data: Path, each: int, chance: random.Random, *, killed: bool) -> None:
    file = data / (f"{FILE_NAME}-wal" if killed and each % 2 else FILE_NAME)
    content = bytearray(file.read_bytes())
    _DAMAGES[each // 2 % len(_DAMAGES)](content, chance)
    file.write_bytes(content)


def _tasks(running: RunningEmulator) -> set[str]:
    """The Tasks there are, and that have an event, too."""
    with httpx.Client(base_url=running.url, auth=(running.account_sid, running.auth_token), trust_env=False) as http:
        found = [each["sid"] for each in http.get("/v1/Workspaces").json()["workspaces"]]
        if not found:
            return set()
        tasks = http.get(f"/v1/Workspaces/{found[0]}/Tasks?PageSize=1000").json()["tasks"]
        events = http.get(f"/v1/Workspaces/{found[0]}/Events?PageSize=1000&EventType=task.created").text
    return {task["sid"] for task in tasks} & set(re.findall(r"WT[0-9a-f]{32}", events))


def main() -> int:
    """The full numbers; 1 if anything was lost without being named."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        trouble = killed_starts(25, folder / "starts")
        print(f"25 first starts killed, {len(trouble)} files refused", *trouble, sep="\n  ")
        for kind in ("closed", "killed"):
            said, lost = damage_rounds(28, folder / kind, killed=kind == "killed")
            trouble += lost
            print(f"28 {kind} files damaged, {len(lost)} Tasks lost without a word", *said, *lost, sep="\n  ")
    return int(bool(trouble))


if __name__ == "__main__":
    sys.exit(main())
