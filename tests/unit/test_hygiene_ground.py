"""Threads, sockets, processes, files and sleep are reached in few rooms only, for a web page has none of them."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from functools import cache

import pytest

from tests.unit.test_hygiene_code import MODULES, is_for_types, name_of, nodes_of, within

# What is reached in which room or module. Locks and identities of threads are no threads: a page has them, too.
REACHED_IN = {
    # The edge of a process: its arguments, its files, its signals.
    "helpers.emulator.command": "files processes sockets",
    # A machine's server. What else needs a thread or a socket is handed one at the start.
    "helpers.emulator.server.administration.world_file": "files",
    "helpers.emulator.server.factory": "files",
    "helpers.emulator.server.machine": "sockets threads",
    "helpers.emulator.server.web": "sockets threads",
    # The ways out and in over HTTP, each made by whoever wants it.
    "helpers.emulator.callbacks.transport": "sockets threads",
    "helpers.emulator.sdk.async_http_client": "sockets",
    # State that outlives its process.
    "helpers.emulator.store": "files processes threads",
    # A fault that delays a callback; who starts the emulator can hand in something else.
    # The package's own files, which are there wherever it is.
    "helpers.emulator.display.assets": "files",
    "helpers.lessons": "files",
    # Records that outlive a kernel; only a machine is ever live.
    "helpers.live.ledger": "files",
    # What helpers stand on, and whether this machine is ready.
    "helpers.ground.machine": "files processes sockets threads waits",
    # The learner's own file: a page keeps it in memory.
    "helpers.ground.page.app_in_page": "files",
    # Whether the browser's storage is there, for the learner's progress.
    "helpers.ground.page.page": "files",
    # A room's board, on the instructor's machine, and the way to it, which a page refuses before.
    "helpers.room.board_page": "files",
    "helpers.room.board_post": "sockets",
    "helpers.room.board_server": "processes sockets",
    "helpers.webapp.app_file": "files",
    "helpers.doctor": "files processes sockets",
}
MODULES_OF = {
    "files": "dotenv fcntl fileinput glob mmap msvcrt shutil tarfile tempfile zipfile",
    "processes": "multiprocessing psutil pty pyngrok runpy signal subprocess webbrowser",
    "sockets": "aiohttp ftplib http.server httpcore httptools httpx select selectors smtplib socket socketserver ssl "
    "urllib.request urllib3.request uvicorn uvloop xmlrpc helpers.emulator.server.machine "
    "helpers.emulator.server.web.limited_protocol helpers.emulator.server.web.server_thread",
    "threads": "_thread anyio.to_thread concurrent.futures.process concurrent.futures.thread starlette.concurrency",
}
# Names of functions, whole or their ends; Python's own names of them, whatever a file calls them.
FUNCTIONS_OF = {
    "files": ".exists .glob .is_dir .is_file .iterdir .mkdir .open .read_bytes .read_text .rglob .stat .touch .unlink "
    ".write_bytes .write_text open sqlite3.connect",
    "processes": ".create_subprocess_exec .create_subprocess_shell",
    "sockets": ".create_connection .create_datagram_endpoint .create_server .open_connection .start_server",
    "threads": ".ProcessPoolExecutor .Thread .ThreadPoolExecutor .run_in_executor .to_thread threading.Timer",
    "waits": "time.sleep",
}
# Of ``os``, all but what a page has, too.
OF_OS = re.compile(
    r"os\.(?!(?:PathLike|environ|fspath|name|strerror)\b)"
    r"(?P<process>exec|fork|kill|popen|posix_spawn|spawn|system|wait)?\w*"
)
NO_FILE = re.compile(r"(transaction|tunnel)\.open")
BY_TEXT = re.compile(r"__import__|(importlib\.)?import_module")


def test_few_rooms_reach_the_ground():
    """No module uses threads, sockets, processes, files or sleep but those in the table."""
    astray = [
        f"{name}: {kind} by {what}" for name, kind, what in all_uses() if kind not in words_of(name, REACHED_IN.items())
    ]

    assert not astray, "\n".join(astray)


def test_each_permission_is_needed():
    """Each room in the table reaches what the table says, and no row repeats what a wider one allows."""
    rows = [(room, kind) for room, kinds in REACHED_IN.items() for kind in kinds.split()]
    needless = [row for row in rows if not any(within(name, row[0]) and kind == row[1] for name, kind, _ in all_uses())]
    repeated = [row for row in rows if row[1] in words_of(row[0].rpartition(".")[0], REACHED_IN.items())]

    assert (needless, repeated) == ([], [])


@pytest.mark.parametrize(
    ("code", "kinds"),
    [
        ("threading.Thread(target=work).start()", "threads"),
        ("from threading import Timer as Alarm", "threads"),
        ("from concurrent.futures import ThreadPoolExecutor", "threads"),
        ("await asyncio.to_thread(work)", "threads"),
        ("loop.run_in_executor(None, work)", "threads"),
        ("import socket", "sockets"),
        ("from http.server import HTTPServer", "sockets"),
        ("def late():\n    import httpx", "sockets"),
        ("await asyncio.start_server(serve)", "sockets"),
        ("from subprocess import run", "processes"),
        ("os.fork()", "processes"),
        ("open('notes')", "files"),
        ("os.open('notes', 0)", "files"),
        ("Path('notes').open()", "files"),
        ("(folder / 'notes').write_text('')", "files"),
        ("import tempfile", "files"),
        ("threading.Lock(); threading.get_ident(); tunnel.open(url); read_text(answer); Timer(1)", ""),
        ("from concurrent import futures\nwith futures.ThreadPoolExecutor() as pool: pass", "threads"),
        ("make = threading.Thread", "threads"),
        ("from starlette.concurrency import run_in_threadpool", "threads"),
        ("importlib.import_module('socket')", "sockets"),
        ("import urllib.request as web", "sockets"),
        ("import os as system\nsystem.popen('ls')", "processes"),
        ("from os import execv", "processes"),
        ("await asyncio.create_subprocess_exec('ls')", "processes"),
        ("import webbrowser", "processes"),
        ("texts = map(open, names)", "files"),
        ("NOTES.open()", "files"),
        ("os.listdir()", "files"),
        ("os.path.exists('notes')", "files"),
        ("import sqlite3 as sql\nsql.connect('notes')", "files"),
        ("from time import sleep as rest", "waits"),
        ("os.environ['A']; os.strerror(1); import_module(name)", ""),
        ("from subprocess import CalledProcessError", ""),
        ("if TYPE_CHECKING:\n    import uvicorn", ""),
    ],
)
def test_each_use_is_seen(code, kinds):
    """Whatever the way it is written, and however late it is imported."""
    assert {kind for kind, _ in uses_of(ast.walk(ast.parse(code)))} == set(kinds.split())


def uses_of(nodes: Iterable[ast.AST]) -> Iterator[tuple[str, str]]:
    """Each use of the ground: its kind, and the name that shows it."""
    nodes = list(nodes)
    hidden = {each for node in nodes if is_for_types(node) for each in ast.walk(node)}
    imported = {own: full for node in nodes if node not in hidden for own, full in imported_by(node)}
    for full in imported.values():
        yield from ((kind, full) for kind in kinds_of(full, is_imported=True))
    named = [node for node in nodes if isinstance(node, ast.Attribute | ast.Name) and node not in hidden]
    for first, dot, rest in sorted({text_of(node).partition(".") for node in named}):
        full = f"{imported.get(first, first)}{dot}{rest}"
        yield from ((kind, full) for kind in kinds_of(full, is_imported=first in imported))


def text_of(node: ast.Attribute | ast.Name) -> str:
    """Code of a name, with what stands before its dot."""
    if isinstance(node, ast.Name):
        return node.id
    before = node.value
    return f"{before.id}.{node.attr}" if isinstance(before, ast.Name) else ast.unparse(node)  # which takes long


def imported_by(node: ast.AST) -> Iterator[tuple[str, str]]:
    """What a file calls the names that it imports, and their full names."""
    if isinstance(node, ast.Import):
        for each in node.names:
            yield each.asname or each.name, each.name
            if each.asname is None and "." in each.name:
                yield (each.name.partition(".")[0],) * 2
    elif isinstance(node, ast.Call) and BY_TEXT.fullmatch(ast.unparse(node.func)):
        yield from ((each.value, each.value) for each in node.args[:1] if isinstance(each, ast.Constant))
    elif isinstance(node, ast.ImportFrom) and not node.level:
        yield from ((each.asname or each.name, f"{node.module}.{each.name}") for each in node.names)


def kinds_of(name: str, *, is_imported: bool) -> Iterator[str]:
    """The kinds of ground that a name reaches; methods are known by their last word."""
    if name.endswith("Error"):
        return
    if found := OF_OS.match(name):
        yield "processes" if found["process"] else "files"
    last = f".{name.rpartition('.')[2]}" if "." in name and not within(name, "helpers") else name
    for kind, functions in FUNCTIONS_OF.items():
        by_module = is_imported and within(name, *MODULES_OF.get(kind, "").split())
        if by_module or ({name, last} & set(functions.split()) and not NO_FILE.search(name)):
            yield kind


def words_of(name: str, rows: Iterable[tuple[str, str]]) -> set[str]:
    """The words of all rows whose room a module is in."""
    return {word for room, words in rows if within(name, room) for word in words.split()}


@cache  # not as the file is read: every process that shares the tests reads it
def all_uses() -> list[tuple[str, str, str]]:
    """Each use of the ground by a module: its name, the kind, and what shows it."""
    return [(name_of(path), kind, what) for path in MODULES for kind, what in uses_of(nodes_of(path))]
