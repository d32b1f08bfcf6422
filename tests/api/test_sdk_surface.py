"""Whatever the official SDK can send or read is in our tables, and nothing else is.

The SDK itself is asked: each of its methods is called with every parameter it has, on a client that
keeps the request to itself, and each of its instance classes is given a body that notes what is read.
"""

from __future__ import annotations

import inspect
import sys
from collections.abc import Iterator
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import pytest
from twilio.base.instance_context import InstanceContext
from twilio.base.list_resource import ListResource
from twilio.http import HttpClient
from twilio.http.response import Response
from twilio.rest import Client

from helpers.emulator.api.contract.schemas import SCHEMAS
from helpers.emulator.api.operation import Operation
from helpers.emulator.api.operations import OPERATIONS
from helpers.emulator.api.route_tree import Tree

_TREE = Tree.of(OPERATIONS)


class Sent(NamedTuple):
    """What one SDK method sends when it is given everything it takes."""

    operation: Operation
    names: frozenset[str]
    instance: type


class Kept(Exception):
    """A request that goes no further: its method, path and the names it carries."""


class KeepingClient(HttpClient):
    """Sends nothing; raises what it was to send."""

    def __init__(self) -> None:
        """Needs no logger, no session."""

    def request(
        self,
        method: str,
        uri: str,
        params: dict[str, Any] | None = None,
        data: dict[str, Any] | None = None,
        headers: dict[str, str] | None = None,
        **_: Any,
    ) -> Response:
        """Keep what was to be sent."""
        names = {*(params or {}), *(data or {}), *({"If-Match"} & set(headers or {}))}
        raise Kept(method, urlsplit(uri).path, frozenset(names))


class Noting(dict[str, Any]):
    """An empty answer that notes which properties are looked for."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: set[str] = set()

    def get(self, key: str, default: Any = None) -> Any:
        """Nothing, but noted."""
        self.asked.add(key)
        return default


class Body:
    """The body of the one operation that takes JSON."""

    def to_dict(self) -> dict[str, Any]:
        """As the SDK's models do."""
        return {}


def resources(parent: ListResource | InstanceContext) -> Iterator[ListResource | InstanceContext]:
    """``parent``, and every list and context below it."""
    yield parent
    if callable(parent):
        takes = inspect.signature(type(parent).__call__).parameters
        yield from resources(parent(*["XX"] * (len(takes) - 1)))
    for name, value in inspect.getmembers_static(type(parent)):
        if isinstance(value, property):
            yield from resources(getattr(parent, name))


def sent_by_sdk() -> Iterator[Sent]:
    """What every method of the SDK's TaskRouter sends."""
    for resource in resources(Client("AC", "token", http_client=KeepingClient()).taskrouter.v1.workspaces):
        for verb in ("create", "page", "fetch", "update", "delete"):
            if hasattr(resource, verb):
                yield sent_by(resource, verb)


def sent_by(resource: ListResource | InstanceContext, verb: str) -> Sent:
    """Call one method with everything it takes."""
    method = getattr(resource, verb)
    arguments = {name: Body() if name == "body" else "x" for name in inspect.signature(method).parameters}
    with pytest.raises(Kept) as kept:
        method(**arguments)
    sent_method, path, names = kept.value.args
    return Sent(_TREE.find(sent_method, path)[0], names, instance_class(resource))


def instance_class(resource: ListResource | InstanceContext) -> type:
    """The class that holds one record of ``resource``."""
    stem = type(resource).__name__.removesuffix("List").removesuffix("Context")
    found: type = getattr(sys.modules[type(resource).__module__], f"{stem}Instance")
    return found


SENT = list(sent_by_sdk())


def test_every_operation_is_ours_and_the_sdks() -> None:
    """The SDK reaches 61 operations; they are exactly ours."""
    assert {each.operation.name for each in SENT} == {each.name for each in OPERATIONS}
    assert len(OPERATIONS) == 61


@pytest.mark.parametrize("sent", SENT, ids=[each.operation.name for each in SENT])
def test_every_parameter_is_ours_and_the_sdks(sent: Sent) -> None:
    """An operation takes what the SDK can send, neither less nor more."""
    assert sent.names - {"If-Match"} == {parameter.name for parameter in sent.operation.parameters.all}


def test_if_match_is_ours_and_the_sdks() -> None:
    """The SDK sends ``If-Match`` with certain updates; on a delete it builds the header and loses it."""
    sends = {each.operation.name for each in SENT if "If-Match" in each.names}

    assert sends == {each.name for each in OPERATIONS if each.takes_if_match and each.method == "POST"}


@pytest.mark.parametrize(
    "sent", [each for each in SENT if each.operation.returns], ids=lambda each: each.operation.name
)
def test_every_property_is_ours_and_the_sdks(sent: Sent) -> None:
    """An answer has what the SDK's instance class reads, neither less nor more."""
    body = Noting()
    takes = list(inspect.signature(sent.instance).parameters)[2:]
    sent.instance(None, body, **dict.fromkeys(takes, "XX"))

    assert body.asked == set(SCHEMAS[sent.operation.returns or ""])
