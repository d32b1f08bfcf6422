"""Pages of lists: Twilio's envelope, and page tokens that survive inserts and deletes.

A token holds the sort key of the record at the edge of the page, not a count of records, so that
nothing is shown twice or skipped when records are added or removed between two pages. A page is read
from there in either direction, without a look at the records before it.
"""

from __future__ import annotations

import binascii
from base64 import urlsafe_b64decode, urlsafe_b64encode
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Any, Generic, NamedTuple, Protocol, TypeVar
from urllib.parse import urlencode

import msgspec

from ...engine.index.sorted_index import Ordering, SortKey, sort_key
from ...engine.model.refusals import Invalid
from ...masking import shorten
from ..formatters.resource_json import HOST
from ..http.rest_errors import BarePageNumber
from ..operation import Call, Result
from ..parameters.convertors import integer, text
from ..parameters.parameters import Parameter, filter_by

__all__ = ["PAGING", "Listable", "UnindexedListing", "list_page", "page_size"]

_DEFAULT_SIZE = 50
_LAST_PAGE = 2**31 - 1
_BEYOND = 2**62
"""Bound of the numbers in a token: ours are smaller, and the store can't search for larger ones."""

PAGING: tuple[Parameter, ...] = (
    filter_by("PageSize", integer(1, 1000)),
    filter_by("Page", integer(0, _LAST_PAGE), differs="above 0 the PageToken of that page is required, else 400/40153"),
    filter_by("PageToken", text()),
)
"""Parameters of every list."""

_NAMES = frozenset(parameter.name for parameter in PAGING)


class _Numbered(Protocol):
    @property
    def number(self) -> int: ...


_R = TypeVar("_R", bound=_Numbered)
_R_co = TypeVar("_R_co", bound=_Numbered, covariant=True)


class Listable(Protocol[_R_co]):
    """Records in an order, readable from any of them on."""

    @property
    def ordering(self) -> Ordering:
        """Fields that they are ordered by, before the order of creation."""

    def after(self, key: SortKey | None) -> Iterator[_R_co]:
        """Return the records after ``key``, the nearest first; all of them without one."""

    def before(self, key: SortKey) -> Iterator[_R_co]:
        """Return the records before ``key``, the nearest first."""


class UnindexedListing(Generic[_R]):
    """Few records, without an index, in order of creation."""

    ordering: Ordering = ()

    def __init__(self, records: Iterable[_R]) -> None:
        self._records = list(records)
        self._sort_key = sort_key(())

    def after(self, key: SortKey | None) -> Iterator[_R]:
        """Return the records after ``key``, the nearest first; all of them without one."""
        start = 0 if key is None else bisect_right(self._records, key, key=self._sort_key)
        return islice(self._records, start, None)

    def before(self, key: SortKey) -> Iterator[_R]:
        """Return the records before ``key``, the nearest first."""
        return reversed(self._records[: bisect_left(self._records, key, key=self._sort_key)])


class _Edge(NamedTuple):
    """Bound of a page: its records are strictly after, or strictly before, ``key``."""

    is_after: bool
    key: SortKey


class _Slice(NamedTuple):
    records: list[Any]
    has_before: bool
    has_after: bool


def list_page(call: Call, key: str, records: Listable[_R], wire: Callable[[_R], dict[str, Any]]) -> Result:
    """Return one page of ``records``, each formatted by ``wire``; ``key`` names their list.

    Raises:
        Invalid: the token is not one of ours.
        BarePageNumber: ``Page`` is above 0 without a token.
    """
    key_of, size = sort_key(records.ordering), page_size(call)
    page = call.values.get("page", 0)
    token = call.values.get("page_token")
    if token is None and page:
        raise BarePageNumber(page)
    cut = _cut(records, size, None if token is None else _read_token(token, len(records.ordering) + 1))
    meta = {
        "page": page,
        "page_size": size,
        "first_page_url": _url(call, size, 0, None),
        "previous_page_url": _neighbour(call, cut, key_of, size, page, is_after=False),
        "url": _url(call, size, page, token),
        "next_page_url": _neighbour(call, cut, key_of, size, page, is_after=True),
        "key": key,
    }
    return Result({key: [wire(record) for record in cut.records], "meta": meta})


def page_size(call: Call) -> int:
    """Return the number of records that a page can hold."""
    size: int = call.values.get("page_size", _DEFAULT_SIZE)
    return size


def _cut(records: Listable[Any], size: int, edge: _Edge | None) -> _Slice:
    """Return the records of the page, reading one beyond it.

    A token comes from a neighbouring page, so there are records on that side.
    """
    if edge is not None and not edge.is_after:
        found = list(islice(records.before(edge.key), size + 1))
        return _Slice(found[:size][::-1], len(found) > size, True)
    found = list(islice(records.after(None if edge is None else edge.key), size + 1))
    return _Slice(found[:size], edge is not None, len(found) > size)


def _neighbour(
    call: Call, cut: _Slice, key_of: Callable[[Any], SortKey], size: int, page: int, *, is_after: bool
) -> str | None:
    if not (cut.has_after if is_after else cut.has_before) or not cut.records:
        return None
    edge = _Edge(is_after, key_of(cut.records[-1 if is_after else 0]))
    return _url(call, size, page + 1 if is_after else max(0, page - 1), _write_token(edge))


def _url(call: Call, size: int, page: int, token: str | None) -> str:
    """Return the URL of a page, with the filters first, as they were given (reference 1.4)."""
    filters = [(name, given) for name, given in call.filters if name not in _NAMES]
    paging = [("PageSize", str(size)), ("Page", str(page))]
    if token is not None:
        paging.append(("PageToken", token))
    return f"{HOST}{call.path}?{urlencode(filters + paging)}"


def _write_token(edge: _Edge) -> str:
    return "P" + urlsafe_b64encode(msgspec.json.encode([edge.is_after, *edge.key])).decode().rstrip("=")


def _read_token(token: str, length: int) -> _Edge:
    try:
        padded = token[1:] + "=" * (-(len(token) - 1) % 4)
        is_after, *key = msgspec.json.decode(urlsafe_b64decode(padded), type=list[int | bool])
    except (ValueError, binascii.Error, UnicodeEncodeError, msgspec.MsgspecError):
        raise _bad_token(token) from None
    if len(key) != length or not isinstance(is_after, bool) or any(abs(number) >= _BEYOND for number in key):
        raise _bad_token(token)
    return _Edge(is_after, tuple(key))


def _bad_token(token: str) -> Invalid:
    return Invalid(f"PageToken must be taken from meta.next_page_url of the same list. Received: {shorten(token)}")
