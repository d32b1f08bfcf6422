"""Classes of the SDK's TaskRouter and of the helpers, found by their name in Python's messages."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from typing import Any

from twilio.base.instance_context import InstanceContext
from twilio.base.instance_resource import InstanceResource
from twilio.base.list_resource import ListResource

__all__ = ["HELPERS", "find_helper", "find_helper_class", "find_sdk_classes", "list_public_names", "noun_of"]


_PACKAGE = sys.modules["helpers"]
HELPERS: tuple[str, ...] = tuple(_PACKAGE.__all__)
"""Names that a notebook can import from ``helpers``."""


def find_helper(name: str) -> Any:
    """Return the object that a notebook imports from ``helpers`` under this name, or None."""
    return getattr(_PACKAGE, name) if name in HELPERS else None


def find_sdk_classes(name: str) -> list[Any]:
    """Return the classes of the SDK's TaskRouter with this name."""
    import twilio.rest.taskrouter.v1.workspace  # noqa: F401 - adds its classes to __subclasses__(); slow, so only here

    bases = (ListResource, InstanceContext, InstanceResource)
    return [found for base in bases for found in _below(base) if found.__name__ == name]


def find_helper_class(name: str) -> type | None:
    """Return the loaded class of the helpers with this name, or None."""
    modules = [module for key, module in list(sys.modules.items()) if key.startswith("helpers.")]
    found = (getattr(module, name, None) for module in modules)
    return next((each for each in found if isinstance(each, type) and each.__module__.startswith("helpers.")), None)


def list_public_names(known: type) -> list[str]:
    """Return the public fields, properties and methods of a class."""
    fields = getattr(known, "__dataclass_fields__", {})
    return [name for name in dict.fromkeys([*fields, *dir(known)]) if not name.startswith("_")]


def noun_of(resource: type) -> str:
    """Return the resource of an SDK class: "Task" for ``TaskInstance``, ``TaskContext`` and ``TaskList``."""
    return re.sub("(Instance|Context|List)$", "", resource.__name__)


def _below(base: type[Any]) -> Iterator[type[Any]]:
    for each in base.__subclasses__():
        if each.__module__.startswith("twilio.rest.taskrouter."):
            yield each
        yield from _below(each)
