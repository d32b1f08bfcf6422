"""Ledger: whatever happens to a kernel, the next one knows what it may have left, and leaves a living one's alone."""

from __future__ import annotations

import os
import resource
import shutil
import signal
import stat
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import dataclass, field

import pytest
from msgspec.structs import replace

from helpers.emulator.store.file.lock import InUse
from helpers.errors.connection_problems import LedgerProblem
from helpers.live.ledger import Agent, Ledger, OwnWorkspace, find_abandoned

URL, ACCOUNT, NAME = "https://taskrouter.twilio.com", "AC" + "1" * 32, "TaskRouter Notebooks 0a1b2c3d"
MADE = OwnWorkspace(1, URL, ACCOUNT, NAME, "WS" + "1" * 32, "2026-03-02T09:00:00Z")

# A kernel that writes to its ledger and is killed at the write with this number, before, in or after it; then it sleeps
# if it lives. What it did stands in its output.
KERNEL = """
import os, signal, sys, time
from pathlib import Path
from msgspec.structs import replace
from helpers.live.ledger import Ledger

folder, fatal, moment = Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
count, write = 0, os.write

def watched(descriptor, data):
    global count
    count += 1
    if count != fatal:
        return write(descriptor, data)
    if moment != "before":
        write(descriptor, data[: len(data) // 2] if moment == "in" else data)
    os.kill(os.getpid(), signal.SIGKILL)

os.write = watched
ledger = Ledger.begin(folder)
first = ledger.expect_workspace("URL", "ACCOUNT", "first"); print("sent first", flush=True)
ledger.note(replace(first, sid="WS1", date_created="now")); print("made first", flush=True)
second = ledger.expect_workspace("URL", "ACCOUNT", "second"); print("sent second", flush=True)
ledger.note_agent("one/ngrok.yml")
ledger.note(replace(first, over="removed")); print("removed first", flush=True)
ledger.note(replace(second, sid="WS2", date_created="now"))
ledger.forget_agent("one/ngrok.yml")
print("done", flush=True)
time.sleep(60)
"""
WRITES = 8  # the first byte, and the seven lines above


@dataclass
class Kernel:
    """A process with a ledger of its own."""

    process: subprocess.Popen[str]
    did: list[str] = field(default_factory=list)

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(10)


@pytest.fixture
def run_kernel(tmp_path):
    """Start such a kernel and wait until it has done all, or has been killed."""
    started = []

    def run(fatal=0, moment="before"):
        command = [sys.executable, "-c", KERNEL, str(tmp_path / "live"), str(fatal), moment]
        kernel = Kernel(subprocess.Popen(command, stdout=subprocess.PIPE, text=True))
        started.append(kernel)
        for line in kernel.process.stdout:
            kernel.did.append(line.strip())
            if line == "done\n":
                break
        return kernel

    yield run
    for kernel in started:
        kernel.kill()
        kernel.process.stdout.close()


def left_in(folder):
    """Return what abandoned ledgers hold, as (name, SID)."""
    found = []
    for ledger in find_abandoned(folder):
        with ledger:
            found += [(each.name, each.sid) for each in ledger.workspaces]
    return found


def test_record_comes_back_as_it_was_noted(tmp_path):
    """A later kernel reads what is left: each Workspace as last noted, and each agent."""
    with Ledger.begin(tmp_path) as ledger:
        ledger.note(replace(ledger.expect_workspace(URL, ACCOUNT, NAME), sid=MADE.sid, date_created=MADE.date_created))
        lost = ledger.expect_workspace(URL, ACCOUNT, NAME)
        ledger.note(replace(ledger.expect_workspace(URL, ACCOUNT, NAME), over="refused"))
        ledger.note_agent("one/ngrok.yml")
        ledger.note_agent("two/ngrok.yml")
        ledger.forget_agent("two/ngrok.yml")

    [again] = find_abandoned(tmp_path)
    with again:
        assert (again.workspaces, again.agents, again.unreadable) == ([MADE, lost], [Agent("one/ngrok.yml")], 0)
    assert lost == OwnWorkspace(2, URL, ACCOUNT, NAME)


def test_only_the_user_reads_it(tmp_path):
    """File and folder are the user's alone."""
    with Ledger.begin(tmp_path / "new" / "live") as ledger:
        modes = [stat.S_IMODE(os.stat(path).st_mode) for path in (ledger.path, ledger.path.parent)]

    assert modes == [0o600, 0o700]


def test_settled_ledger_is_removed(tmp_path):
    """A file in which nothing is left to do goes with its kernel, or with the kernel that settles it."""
    with Ledger.begin(tmp_path) as ledger:
        ledger.note(replace(ledger.expect_workspace(URL, ACCOUNT, NAME), over="removed"))
        assert ledger.path.exists()
    assert not ledger.path.exists()

    with Ledger.begin(tmp_path) as ledger:
        left = ledger.expect_workspace(URL, ACCOUNT, NAME)
    [again] = find_abandoned(tmp_path)
    with again:
        again.note(replace(left, over="removed"))
    assert list(tmp_path.iterdir()) == []


def test_living_kernels_ledger_is_left_alone(tmp_path, run_kernel):
    """Of two kernels at once neither takes the other's ledger; once one is killed, the next one has it."""
    one, other = run_kernel(), run_kernel()
    assert left_in(tmp_path / "live") == []

    one.kill()
    assert left_in(tmp_path / "live") == [("second", "WS2")]
    [ledger] = find_abandoned(tmp_path / "live")
    with ledger:
        assert list(find_abandoned(tmp_path / "live")) == []  # one kernel alone cleans up
        with pytest.raises(InUse):
            Ledger(ledger.path)

    other.kill()
    assert left_in(tmp_path / "live") == [("second", "WS2")] * 2


@pytest.mark.parametrize("moment", ["before", "in", "after"])
@pytest.mark.parametrize("fatal", range(1, WRITES + 1))
def test_kernel_killed_at_any_write(tmp_path, run_kernel, fatal, moment):
    """Whatever was sent is known afterwards, and what was removed is not."""
    did = run_kernel(fatal, moment).did

    left = left_in(tmp_path / "live")

    names = [name for name, _ in left]
    assert "done" not in did
    assert ("first" in names) >= (
        "sent first" in did and "removed first" not in did and (fatal, moment) != (6, "after")
    )
    assert ("first" in names) <= ("removed first" not in did)
    assert ("second" in names) >= ("sent second" in did)
    if "made first" in did and "first" in names:
        assert ("first", "WS1") in left


@pytest.mark.parametrize(
    "garbage", [b"\n{", b"\n\x00\xff", b'\n{"type":"workspace"}', b"\n5", b"\n" + b"[" * 100_000, b'\n{"type":"agent"']
)
def test_garbage_is_counted_and_passed_over(tmp_path, garbage):
    """A torn or foreign line costs itself alone, and is told; the file stays, for somebody to look at."""
    with Ledger.begin(tmp_path) as ledger:
        record = ledger.expect_workspace(URL, ACCOUNT, NAME)
        with ledger.path.open("ab") as file:
            file.write(garbage)
        ledger.note(replace(record, sid=MADE.sid, date_created=MADE.date_created))
        with ledger.path.open("ab") as file:
            file.write(garbage)

    [again] = find_abandoned(tmp_path)
    with again:
        assert (again.workspaces, again.unreadable) == ([MADE], 2)
        again.note(replace(MADE, over="removed"))
    assert again.path.exists()


def test_folder_that_cannot_be_written(tmp_path):
    """A clear error comes before anything is created, and names the folder, the reason and the way out."""
    (tmp_path / "file").write_text("no folder")

    with pytest.raises(LedgerProblem, match=r"file/live: Not a directory.*Nothing was created.*TASKROUTER_LIVE_"):
        Ledger.begin(tmp_path / "file" / "live")


def test_folder_that_cannot_be_locked(tmp_path, monkeypatch):
    """Nor is anything created where the system has no locks."""

    def refuse(descriptor):
        raise OSError("no locks here")

    monkeypatch.setattr("helpers.emulator.store.file.lock._lock", refuse)

    with pytest.raises(LedgerProblem, match=r"no locks here"):
        Ledger.begin(tmp_path)


@pytest.fixture
def little_room():
    """Let files grow to a few bytes only, as on a full disk, inside a block: pytest's own output can be a file, too."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)

    @contextmanager
    def limit(size):
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
        try:
            yield
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, before)

    yield limit
    signal.signal(signal.SIGXFSZ, ignored)


def test_full_disk_at_the_beginning(tmp_path, little_room):
    """A ledger that can't have its first byte isn't begun."""
    with little_room(0), pytest.raises(LedgerProblem, match="Nothing was created"):
        Ledger.begin(tmp_path)
    little_room(resource.RLIM_INFINITY)  # before pytest writes about this test, perhaps to a file


def test_full_disk_before_a_request(tmp_path, little_room):
    """What can't be recorded isn't sent; what was recorded before, and comes after, is whole."""
    with Ledger.begin(tmp_path) as ledger:
        first = ledger.expect_workspace(URL, ACCOUNT, "first")
        with little_room(ledger.path.stat().st_size + 20), pytest.raises(LedgerProblem):
            ledger.expect_workspace(URL, ACCOUNT, "second")
        assert ledger.workspaces == [first]
        third = ledger.expect_workspace(URL, ACCOUNT, "third")

    [again] = find_abandoned(tmp_path)
    with again:
        assert (again.workspaces, again.unreadable) == ([first, third], 1)


def test_full_disk_before_an_agent(tmp_path, little_room):
    """A program that a later kernel couldn't find must not be started."""
    with Ledger.begin(tmp_path) as ledger:
        with little_room(ledger.path.stat().st_size), pytest.raises(LedgerProblem):
            ledger.note_agent("one/ngrok.yml")
        assert ledger.agents == []


def test_answer_that_cannot_be_written(tmp_path, little_room):
    """The kernel knows what it noted; a later one knows that something was sent."""
    with Ledger.begin(tmp_path) as ledger:
        sent = ledger.expect_workspace(URL, ACCOUNT, NAME)
        with little_room(ledger.path.stat().st_size):
            ledger.note(replace(sent, sid=MADE.sid, date_created=MADE.date_created))
        assert ledger.workspaces == [MADE]

    [again] = find_abandoned(tmp_path)
    with again:
        assert again.workspaces == [sent]


def test_folder_that_is_deleted_meanwhile(tmp_path):
    """The README says to delete `.local` against some trouble: a living kernel writes, and locks, everything again."""
    with Ledger.begin(tmp_path / "live") as ledger:
        first = ledger.expect_workspace(URL, ACCOUNT, "first")
        shutil.rmtree(tmp_path / "live")
        second = ledger.expect_workspace(URL, ACCOUNT, "second")
        assert list(find_abandoned(tmp_path / "live")) == []

    [again] = find_abandoned(tmp_path / "live")
    with again:
        assert again.workspaces == [first, second]


def test_ledger_that_is_just_being_begun_is_passed_over(tmp_path):
    """Between the making of the file and its first byte nobody else takes it; other files aren't looked at."""
    (tmp_path / "20260302-090000-00000000.jsonl").touch()
    (tmp_path / "notes.txt").write_text("mine")

    assert list(find_abandoned(tmp_path)) == []
    assert list(find_abandoned(tmp_path / "nowhere")) == []
    assert len(list(tmp_path.iterdir())) == 2


def test_folder_that_is_gone_and_cannot_be_made(tmp_path):
    """The real reason is told as often as it is tried, no other file is closed, and with a folder it works again."""
    with Ledger.begin(tmp_path / "live") as ledger:
        shutil.rmtree(tmp_path / "live")
        (tmp_path / "live").touch()
        for _ in range(3):
            with pytest.raises(LedgerProblem, match="File exists"):
                ledger.expect_workspace(URL, ACCOUNT, NAME)
            with (tmp_path / "another").open("w") as another:  # it has the number that the lock had
                with pytest.raises(LedgerProblem, match="File exists"):
                    ledger.expect_workspace(URL, ACCOUNT, NAME)
                another.write("still open")
        (tmp_path / "live").unlink()
        made = ledger.expect_workspace(URL, ACCOUNT, NAME)

    assert left_in(tmp_path / "live") == [(made.name, "")]


def test_closed_ledger_records_nothing(tmp_path):
    """After its connection has ended nothing can be created through it; closing it again does nothing."""
    ledger = Ledger.begin(tmp_path)
    ledger.close()
    with (tmp_path / "another").open("w") as another:
        ledger.close()
        with pytest.raises(LedgerProblem, match="this connection has ended"):
            ledger.expect_workspace(URL, ACCOUNT, NAME)
        another.write("still open")

    assert list(tmp_path.glob("*.jsonl")) == []


def test_no_number_is_given_twice(tmp_path):
    """An answer that comes after its Workspace was removed changes no other record."""
    with Ledger.begin(tmp_path) as ledger:
        slow = ledger.expect_workspace(URL, ACCOUNT, NAME)
        ledger.note(replace(slow, sid=MADE.sid, over="removed"))
        other = ledger.expect_workspace(URL, ACCOUNT, NAME)
        ledger.note(replace(slow, sid=MADE.sid, date_created=MADE.date_created))

        assert {each.number: each.sid for each in ledger.workspaces} == {slow.number: MADE.sid, other.number: ""}
