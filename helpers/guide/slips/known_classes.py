"""Classes of the SDK's TaskRouter and of the helpers, found by the name that Python's messages give them."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from typing import Any

import twilio.rest.taskrouter.v1.workspace  # noqa: F401 - makes its classes known to __subclasses__()
from twilio.base.instance_context import InstanceContext
from twilio.base.instance_resource import InstanceResource
from twilio.base.list_resource import ListResource

__all__ = ["HELPERS", "helper_class", "helper_function", "noun_of", "public_names", "sdk_classes"]


_PACKAGE = sys.modules["helpers"]
HELPERS: tuple[str, ...] = tuple(_PACKAGE.__all__)
"""What a notebook can import from ``helpers``."""


def helper_function(name: str) -> Any:
    """Return what a notebook imports under this name, or None."""
    return getattr(_PACKAGE, name) if name in HELPERS else None


def sdk_classes(name: str) -> list[Any]:
    """Return the classes of the SDK's TaskRouter with this name."""
    bases = (ListResource, InstanceContext, InstanceResource)
    return [found for base in bases for found in _below(base) if found.__name__ == name]


def helper_class(name: str) -> type | None:
    """Return the helpers' class of this name that is loaded, if there is one."""
    modules = [module for key, module in list(sys.modules.items()) if key.startswith("helpers.")]
    found = (getattr(module, name, None) for module in modules)
    return next((each for each in found if isinstance(each, type) and each.__module__.startswith("helpers.")), None)


def public_names(known: type) -> list[str]:
    """Return fields, properties and methods that a class shows to everybody."""
    fields = getattr(known, "__dataclass_fields__", {})
    return [name for name in dict.fromkeys([*fields, *dir(known)]) if not name.startswith("_")]


def noun_of(resource: type) -> str:
    """Return what a class of the SDK stands for: "Task" for ``TaskInstance``, ``TaskContext`` and ``TaskList``."""
    return re.sub("(Instance|Context|List)$", "", resource.__name__)


def _below(base: type[Any]) -> Iterator[type[Any]]:
    for each in base.__subclasses__():
        if each.__module__.startswith("twilio.rest.taskrouter."):
            yield each
        yield from _below(each)
