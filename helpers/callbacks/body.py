"""Reading the body of a request, within limits, whatever its headers claim."""

from __future__ import annotations

from email.message import Message
from io import BufferedIOBase

__all__ = ["MAX_BODY", "Unreadable", "declared_length", "read_body"]

MAX_BODY = 1_000_000
"""In bytes. Task and Worker attributes are limited to kilobytes, so no callback comes near it."""

_TOO_LONG = f"The body is larger than {MAX_BODY:,} bytes, more than any callback has. Send less."


class Unreadable(Exception):
    """A body that cannot be had; ``status`` and ``sentence`` are the answer to its sender."""

    def __init__(self, status: int, sentence: str) -> None:
        super().__init__(sentence)
        self.status = status
        self.sentence = sentence


def read_body(stream: BufferedIOBase, headers: Message) -> bytes:
    """The whole body, at most 1,000,000 bytes of it in memory.

    Raises:
        Unreadable: 400 for headers that contradict themselves or the body, 408 when it does not come in
            time, 413 when it is too large, 501 for an encoding other than chunked.
    """
    try:
        encoding = headers.get("Transfer-Encoding")
        return _read_counted(stream, declared_length(headers)) if encoding is None else _read_chunked(stream, headers)
    except TimeoutError:
        raise Unreadable(408, "The body did not arrive in time. Send all of it, or a smaller Content-Length.") from None


def declared_length(headers: Message) -> int:
    """The number in ``Content-Length``; 0 without one.

    Raises:
        Unreadable: there is no number in it, or there are two.
    """
    given = {text.strip() for text in headers.get_all("Content-Length", ["0"])}
    text = given.pop()
    # int() would take "+5", "1_0" and digits of other scripts as well.
    if given or not (text.isascii() and text.isdigit() and len(text) <= 18):
        raise Unreadable(400, "Content-Length must be one number. Send the length of the body in bytes.")
    return int(text)


def _read_counted(stream: BufferedIOBase, length: int) -> bytes:
    if length > MAX_BODY:
        raise Unreadable(413, _TOO_LONG)
    body = stream.read(length)
    if len(body) < length:
        raise Unreadable(400, f"Content-Length says {length} bytes and {len(body)} came. Send them all.")
    return body


def _read_chunked(stream: BufferedIOBase, headers: Message) -> bytes:
    if headers.get("Content-Length") is not None:
        raise Unreadable(400, "Content-Length and Transfer-Encoding exclude each other. Send one of them.")
    if headers.get("Transfer-Encoding", "").strip().lower() != "chunked":
        raise Unreadable(501, "Of transfer encodings only `chunked` is known here. Send the body plain.")
    body = bytearray()
    while size := _chunk_size(stream):
        if len(body) + size > MAX_BODY:
            raise Unreadable(413, _TOO_LONG)
        body += stream.read(size)
        _end_line(stream)
    while stream.readline(1024).strip():
        pass  # trailing headers mean nothing here
    return bytes(body)


def _chunk_size(stream: BufferedIOBase) -> int:
    digits = stream.readline(1024).split(b";")[0].strip()
    try:
        if not digits.isalnum():
            raise ValueError(digits)
        return int(digits, 16)
    except ValueError:
        raise Unreadable(400, "A chunk's size must be a hexadecimal number. Send the body plain instead.") from None


def _end_line(stream: BufferedIOBase) -> None:
    if stream.readline(3) not in (b"\r\n", b"\n"):
        raise Unreadable(400, "A chunk is longer than its size says. Send the body plain instead.")
