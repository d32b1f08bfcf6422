"""Threads, sockets, processes and files are reached in few rooms only, for a web page has none of them."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator

import pytest

from tests.unit.test_hygiene_code import MODULES, is_for_types, name_of, nodes_of, within

# What is reached in which room or module. Locks and identities of threads are no threads: a page has them, too.
REACHED_IN = {
    # The edge of a process: its arguments, its files, its signals.
    "helpers.emulator.command": "files sockets",
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
    # The package's own files, which are there wherever it is.
    "helpers.emulator.display.assets": "files",
    "helpers.lessons": "files",
    # What helpers stand on, and whether this machine is ready.
    "helpers.ground.machine": "files processes sockets threads",
    "helpers.doctor": "files processes sockets",
}
MODULES_OF = {
    "files": "fcntl msvcrt shutil tempfile",
    "processes": "multiprocessing pty subprocess",
    "sockets": "aiohttp http.server httpx socket socketserver ssl urllib.request uvicorn "
    "helpers.emulator.server.machine helpers.emulator.server.web.limited_protocol "
    "helpers.emulator.server.web.server_thread",
    "threads": "_thread concurrent.futures.process concurrent.futures.thread",
}
# Names as they are called, or the ends of such names.
CALLS_OF = {
    "files": ".glob .iterdir .mkdir .read_bytes .read_text .rglob .touch .unlink .write_bytes .write_text open os.open",
    "processes": ".create_subprocess_exec .create_subprocess_shell os.fork os.popen os.posix_spawn os.system",
    "sockets": ".create_connection .create_server .open_connection .start_server",
    "threads": ".ProcessPoolExecutor .Thread .ThreadPoolExecutor .run_in_executor .to_thread threading.Timer",
}


def test_few_rooms_reach_the_ground():
    """No module uses threads, sockets, processes or files but those in the table."""
    astray = [
        f"{name}: {kind} by {what}" for name, kind, what in USES if kind not in words_of(name, REACHED_IN.items())
    ]

    assert not astray, "\n".join(astray)


def test_each_permission_is_needed():
    """Each room in the table reaches what the table says, and no row repeats what a wider one allows."""
    rows = [(room, kind) for room, kinds in REACHED_IN.items() for kind in kinds.split()]
    needless = [row for row in rows if not any(within(name, row[0]) and kind == row[1] for name, kind, _ in USES)]
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
    for node in nodes:
        if node in hidden:
            continue
        if isinstance(node, ast.Import):
            yield from ((kind, each.name) for each in node.names for kind in kinds_of_module(each.name))
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            for name in (f"{node.module}.{each.name}" for each in node.names):
                yield from ((kind, name) for kind in kinds_of_module(name) if not name.endswith("Error"))
                yield from ((kind, name) for kind in kinds_of_call(name) if not within(name, "helpers"))
        elif isinstance(node, ast.Call):
            name = ast.unparse(node.func)
            yield from ((kind, name) for kind in kinds_of_call(name))


def kinds_of_module(name: str) -> Iterator[str]:
    """The kinds of ground that a module, or a name in one, belongs to."""
    return (kind for kind, modules in MODULES_OF.items() if within(name, *modules.split()))


def kinds_of_call(name: str) -> Iterator[str]:
    """The kinds of ground that a function of this name reaches; methods are known by their last word."""
    last = f".{name.rpartition('.')[2]}" if "." in name else name
    known = {name, last, "open" if last == ".open" and re.search("path|file", name, re.IGNORECASE) else name}
    return (kind for kind, calls in CALLS_OF.items() if known & set(calls.split()))


def words_of(name: str, rows: Iterable[tuple[str, str]]) -> set[str]:
    """The words of all rows whose room a module is in."""
    return {word for room, words in rows if within(name, room) for word in words.split()}


USES = [(name_of(path), kind, what) for path in MODULES for kind, what in uses_of(nodes_of(path))]
