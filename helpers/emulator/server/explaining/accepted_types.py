"""Choice between text and JSON by a request's header ``Accept`` (RFC 9110, 12.5.1)."""

from __future__ import annotations

from contextlib import suppress

__all__ = ["prefers_json"]


def prefers_json(accept: str) -> bool:
    """Return True if JSON is accepted with a higher quality than plain text; without the header text is preferred."""
    return _quality(accept, "application/json") > _quality(accept, "text/plain")


def _quality(accept: str, media_type: str) -> float:
    """Return the quality that the narrowest range with this type has; 0 if none has it."""
    ranges = ("*/*", f"{media_type.partition('/')[0]}/*", media_type)
    found: dict[str, float] = {}
    for each in accept.split(","):
        name, *parameters = (part.strip().lower() for part in each.split(";"))
        found[name] = next((_number(part) for part in parameters if part.startswith("q=")), 1.0)
    return next((found[name] for name in reversed(ranges) if name in found), 0.0)


def _number(parameter: str) -> float:
    """Return the number of ``q=0.5``; 1, the default, for what is no number."""
    with suppress(ValueError):
        return float(parameter.removeprefix("q="))
    return 1.0
