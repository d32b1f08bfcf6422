"""Parameters in a ``multipart/form-data`` body, as twilio-node 3.0 to 3.40 and ``curl -F`` send them."""

from __future__ import annotations

import logging
from email.message import Message

from python_multipart import MultipartParser
from python_multipart.exceptions import FormParserError

from ...engine.model.refusals import Invalid
from .forms import MAX_FIELDS, UTF_8, Pairs

__all__ = ["read_parts"]

logging.getLogger("python_multipart").addHandler(logging.NullHandler())  # the client gets its errors


def read_parts(boundary: str, body: bytes) -> Pairs:
    """Return names and values of the parts, in order.

    Raises:
        Invalid: the body does not follow its boundary or has no end; a part has no name, is a file or not plain UTF-8;
            or there are more than 1000 parts.
    """
    if not boundary:
        raise Invalid("A multipart/form-data body needs its boundary in Content-Type")
    parts = _Parts()
    try:
        parser = MultipartParser(
            boundary.encode("latin-1", "replace"),
            {
                "on_part_begin": parts.begin,
                "on_header_field": parts.read_field,
                "on_header_value": parts.read_value,
                "on_header_end": parts.end_header,
                "on_part_data": parts.read_data,
                "on_part_end": parts.end,
                "on_end": parts.finish,
            },
        )
        parser.write(body)
    except FormParserError as error:
        raise Invalid(f"The multipart/form-data body is broken: {error}") from None
    if not parts.complete:
        raise Invalid("The multipart/form-data body ends before its closing boundary")
    return parts.pairs


class _Parts:
    """Handlers of the parser, which collect the parts; ``complete`` after the closing boundary."""

    def __init__(self) -> None:
        self.pairs: Pairs = []
        self.complete = False
        self._headers = Message()
        self._field = self._value = self._data = b""

    def begin(self) -> None:
        if len(self.pairs) == MAX_FIELDS:
            raise Invalid(f"A request carries at most {MAX_FIELDS} parameters")
        self._headers, self._data = Message(), b""

    def read_field(self, data: bytes, start: int, end: int) -> None:
        self._field += data[start:end]

    def read_value(self, data: bytes, start: int, end: int) -> None:
        self._value += data[start:end]

    def end_header(self) -> None:
        self._headers[self._field.decode("latin-1")] = _text(self._value)
        self._field = self._value = b""

    def read_data(self, data: bytes, start: int, end: int) -> None:
        self._data += data[start:end]

    def end(self) -> None:
        self.pairs.append((_name(self._headers), _text(self._data)))

    def finish(self) -> None:
        self.complete = True


def _name(headers: Message) -> str:
    """Return the name of a part; raise Invalid if it has none, is a file or isn't plain UTF-8 text."""
    name = headers.get_param("name", header="content-disposition")
    if not isinstance(name, str) or not name:
        raise Invalid("A part of the multipart/form-data body has no name")
    if headers.get_param("filename", header="content-disposition") is not None:
        raise Invalid(f"{name[:80]} is a file; parameters are text")
    if headers.get_content_charset("utf-8") not in UTF_8:
        raise Invalid(f"{name[:80]} must be encoded as UTF-8")
    packed = headers.get("content-transfer-encoding", "binary").strip().lower()
    if packed not in ("binary", "8bit", "7bit"):
        raise Invalid(f"{name[:80]} is sent as {packed[:80]}; send it plain")
    return name


def _text(data: bytes) -> str:
    try:
        return data.decode()
    except UnicodeDecodeError:
        raise Invalid("Parameters must be encoded as UTF-8") from None
