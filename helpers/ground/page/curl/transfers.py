"""Transfers of curl over the loopback: the request as curl 7.88.1 writes it, and what it prints of the response."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterator
from urllib.parse import SplitResult, unquote, urlsplit

from helpers.errors.connection_problems import StaysInPage
from helpers.ground.curl_cell import CurlResult
from helpers.ground.page.curl.curl_arguments import CurlTrouble, Transfer
from helpers.ground.page.loopback import LOOPBACK, NAMES

__all__ = ["run", "write_request"]

_AGENT = "curl/7.88.1"
"""The version whose requests were compared with these."""


def run(transfer: Transfer) -> CurlResult:
    """Send the request of ``transfer``, and return what curl makes of the response.

    Raises:
        StaysInPage: it is for another machine.
        CurlTrouble: there is no response.
    """
    address = _read_address(transfer)
    port = 80 if address.port is None else address.port
    try:
        line = LOOPBACK.connect(port)
    except ConnectionRefusedError:
        text = f"(7) Failed to connect to {address.hostname} port {port} after 0 ms: Couldn't connect to server"
        raise CurlTrouble(7, text) from None
    line.sendall(write_request(transfer, address))
    response = line.makefile("rb").read()
    return _show(transfer, response)


def write_request(transfer: Transfer, address: SplitResult | None = None) -> bytes:
    """Return the request as curl sends it."""
    address = address or _read_address(transfer)
    body = _body(transfer)
    method = transfer.method or ("HEAD" if "head" in transfer.flags else "GET" if body is None else "POST")
    target = _encode_letters(address.path) or "/"
    if query := _query(transfer, address):
        target += f"?{query}"
    lines = [f"{method} {target} HTTP/1.1", *_headers(transfer, address, body)]
    return "\r\n".join([*lines, "", ""]).encode() + (body or b"")


def _encode_letters(path: str) -> str:
    return re.sub(r"[^\x00-\x7f]", lambda found: "".join(f"%{byte:02x}" for byte in found[0].encode()), path)


def _query(transfer: Transfer, address: SplitResult) -> str:
    if transfer.data is None or "get" not in transfer.flags:
        return address.query
    return f"{address.query.removesuffix('&')}&{transfer.data}" if address.query else transfer.data


def _read_address(transfer: Transfer) -> SplitResult:
    given = transfer.url or ""
    url = given if re.match(r"\w+://", given) else f"http://{given}"
    bad = CurlTrouble(3, "(3) URL using bad/illegal format or missing URL")
    if re.search(r"[\x00-\x20]", url):
        raise bad
    try:
        address = urlsplit(url)
        address.port  # noqa: B018  # reading it checks it
    except ValueError:
        raise bad from None
    if not address.hostname:
        raise bad
    if address.hostname not in NAMES:
        raise StaysInPage(f"curl to {address.hostname}")
    if address.scheme != "http":
        raise CurlTrouble(35, f"(35) Nothing in this page speaks {address.scheme}: write http://")
    return address


def _body(transfer: Transfer) -> bytes | None:
    return None if transfer.data is None or "get" in transfer.flags else transfer.data.encode()


def _headers(transfer: Transfer, address: SplitResult, body: bytes | None) -> Iterator[str]:
    given = _given_headers(transfer)
    replaced = {name.lower() for name, _ in given}
    host = f"Host: {address.netloc.rpartition('@')[2]}"
    yield from filter(None, [next((line for name, line in given if name.lower() == "host"), host)])
    agent = _AGENT if transfer.user_agent is None else transfer.user_agent
    for name, value in (("Authorization", _credentials(transfer, address)), ("User-Agent", agent), ("Accept", "*/*")):
        if value and name.lower() not in replaced:
            yield f"{name}: {value}"
    yield from (line for name, line in given if line and name.lower() != "host")
    if body is not None and "content-length" not in replaced:
        yield f"Content-Length: {len(body)}"
    if body is not None and "content-type" not in replaced:
        yield "Content-Type: application/x-www-form-urlencoded"


def _given_headers(transfer: Transfer) -> list[tuple[str, str]]:
    """Return names of headers with their lines, which are empty where curl leaves out one of its own."""
    given = []
    for line in transfer.headers:
        name, colon, value = line.partition(":")
        if colon:
            given.append((name, line if value.strip() else ""))
        elif line.endswith(";"):
            given.append((line[:-1], f"{line[:-1]}:"))
    if "json" in transfer.flags:
        names = {name.lower() for name, _ in given}
        given += [
            (name, f"{name}: application/json") for name in ("Content-Type", "Accept") if name.lower() not in names
        ]
    return given


def _credentials(transfer: Transfer, address: SplitResult) -> str:
    user = transfer.user
    if user is None and address.username is not None:
        user = f"{unquote(address.username)}:{unquote(address.password or '')}"
    return "" if user is None else f"Basic {b64encode(user.encode()).decode()}"


def _show(transfer: Transfer, response: bytes) -> CurlResult:
    head, _, body = response.partition(b"\r\n\r\n")
    if not head:
        raise CurlTrouble(52, "(52) Empty reply from server")
    status = int(head.split(b" ", 2)[1])
    shown = head + b"\r\n\r\n" if transfer.flags & {"include", "head"} else b""
    failed = "fail" in transfer.flags and status >= 400
    output = b"" if transfer.is_discarded else shown + (b"" if failed else body)
    return CurlResult(output, f"(22) The requested URL returned error: {status}", 22) if failed else CurlResult(output)
