"""Contents of a logged request for somebody to see: parameters, headers and bodies, without secrets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import parse_qsl, quote_plus, unquote_plus, urlsplit

from ..callbacks.direct_transport import as_on_the_wire
from ..masking import mask
from ..request_log.logged_request import LoggedRequest

__all__ = ["Masker", "headers_of", "pairs_of", "show_body"]

_SECRET_HEADERS = frozenset({"authorization", "cookie", "set-cookie", "proxy-authorization"})
_FORM = "application/x-www-form-urlencoded"
_HEX_BYTES = 512
"""Number of bytes of a binary body that are shown."""


class Masker:
    """Masker of all that must not be seen: passwords in URLs, and the secrets of the emulator's accounts."""

    def __init__(self, secrets: Iterable[str]) -> None:
        self._secrets = tuple(secret for secret in secrets if secret)

    def text(self, text: str) -> str:
        """Return ``text`` with ``***`` in place of secrets."""
        for secret in self._secrets:
            if secret in text:
                text = text.replace(secret, "***")
        return mask(text)

    def form(self, encoded: str) -> str:
        """Return a query or an urlencoded form in which each value without a secret is as it was sent."""
        return "&".join(self._field(field) for field in encoded.split("&"))

    def url(self, url: str) -> str:
        """Return a path or a URL, the query of which is a form."""
        path, mark, query = url.partition("?")
        return self.text(path) + mark + self.form(query)

    def pairs(self, pairs: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
        """Return names and values without secrets."""
        return [(name, self.text(value)) for name, value in pairs]

    def restore(self, shown: Iterable[tuple[str, str]], sent: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
        """Return the pairs of ``shown``, each that is a masked one of ``sent`` as it was sent."""
        whole = {(name, self.text(value)): value for name, value in sent}
        return [(name, whole.get((name, value), value)) for name, value in shown]

    def headers(self, pairs: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
        """Return headers; of those with credentials only the scheme is left."""
        return [
            (name, f"{value.partition(' ')[0]} ***" if " " in value else "***")
            if name.lower() in _SECRET_HEADERS
            else (name, self.text(value))
            for name, value in pairs
        ]

    def _field(self, field: str) -> str:
        name, mark, value = field.partition("=")
        plain = unquote_plus(value)
        masked = self.text(plain)
        return field if masked == plain else f"{name}{mark}{quote_plus(masked)}"


def pairs_of(request: LoggedRequest) -> list[tuple[str, str]]:
    """Return the parameters in the order sent: those of the query, then those of a form; none of another body."""
    query = urlsplit(request.url).query if "?" in request.url else ""
    pairs = parse_qsl(query, keep_blank_values=True)
    if is_form(request):
        pairs += parse_qsl(request.body.decode("utf-8", "replace"), keep_blank_values=True)
    return pairs


def is_form(request: LoggedRequest) -> bool:
    """Return True if the body is an urlencoded form."""
    return any(name.lower() == "content-type" and value.startswith(_FORM) for name, value in headers_of(request))


def headers_of(request: LoggedRequest) -> list[tuple[str, str]]:
    """Return the headers of the request, those of a callback with what HTTP adds."""
    if request.outgoing is None:
        return [(name.decode("latin-1"), value.decode("latin-1")) for name, value in request.headers]
    try:
        sent = as_on_the_wire(request.outgoing)
    except ValueError:  # a malformed URL: it never left
        sent = request.outgoing
    return list(sent.headers.items())


def show_body(body: bytes, size: int, masker: Masker, *, form: bool = False) -> dict[str, Any]:
    """Return a body to show.

    Returns:
        ``text``; ``size`` in bytes on the wire; ``cut``, True if the log doesn't keep all of it; ``binary``, True for a
        body that isn't UTF-8, of which ``text`` is a hex dump of the beginning.
    """
    shown: dict[str, Any] = {"size": size, "cut": size > len(body), "binary": False}
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError as error:
        if size > len(body) and error.start >= len(body) - 3:  # cut inside a character
            text = body[: error.start].decode("utf-8")
        else:
            return {**shown, "binary": True, "text": "\n".join(_hex_lines(body[:_HEX_BYTES]))}
    return {**shown, "text": masker.form(text) if form else masker.text(text)}


def _hex_lines(body: bytes) -> Iterator[str]:
    for start in range(0, len(body), 16):
        piece = body[start : start + 16]
        readable = "".join(chr(byte) if 32 <= byte < 127 else "." for byte in piece)
        yield f"{start:08x}  {piece.hex(' '):<47}  {readable}"
