"""The smallest application that receives callbacks: notes when one has come, and answers ``{}``."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from socketserver import StreamRequestHandler, ThreadingTCPServer

__all__ = ["Receiver", "receiving"]

_REPLY = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}"


class Receiver(ThreadingTCPServer):
    """Listens at ``url``; ``times`` has the moment, by ``time.perf_counter``, of each callback."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Conversation)
        self.url = f"http://127.0.0.1:{self.server_address[1]}/assignment_callback"
        self.times: queue.Queue[float] = queue.Queue()


class _Conversation(StreamRequestHandler):
    """One connection, kept as long as the other side likes."""

    server: Receiver
    disable_nagle_algorithm = True

    def handle(self) -> None:
        while self._read():
            self.server.times.put(time.perf_counter())
            self.connection.sendall(_REPLY)

    def _read(self) -> bool:
        length = 0
        while line := self.rfile.readline().strip().lower():
            if line.startswith(b"content-length:"):
                length = int(line.partition(b":")[2])
        return bool(self.rfile.read(length))


@contextmanager
def receiving() -> Iterator[Receiver]:
    """A receiver, on threads of its own."""
    with Receiver() as receiver:
        threading.Thread(target=receiver.serve_forever, args=(0.01,), daemon=True).start()
        yield receiver
        receiver.shutdown()
