"""Instructions that a reply to an assignment callback can have, and hints about a wrong one (reference 7.3, 7.4)."""

from __future__ import annotations

from difflib import get_close_matches
from typing import Any, NamedTuple

from helpers.emulator.display.safe_text import clip

__all__ = ["INSTRUCTIONS", "Keys", "read_instruction"]


class Keys(NamedTuple):
    """Keys of one instruction, apart from ``instruction`` itself."""

    required: frozenset[str]
    optional: frozenset[str]


def _keys(required: str = "", optional: str = "") -> Keys:
    return Keys(frozenset(required.split()), frozenset(optional.split()))


INSTRUCTIONS = {
    "accept": _keys(),
    # Twilio's table lists activity_sid as required, its text says what happens without it (reference 7.4b).
    "reject": _keys(optional="activity_sid"),
    "dequeue": _keys(
        optional="to from post_work_activity_sid record timeout status_callback_url status_callback_events"
    ),
    "call": _keys("from url", "to accept record timeout status_callback_url"),
    "redirect": _keys("call_sid url", "accept"),
    "conference": _keys(
        optional="to from timeout record beep muted wait_url start_conference_on_enter end_conference_on_exit "
        "end_conference_on_customer_exit early_media status_callback status_callback_event status_callback_method "
        "conference_status_callback conference_status_callback_event conference_status_callback_method "
        "conference_record conference_recording_status_callback region sip_auth_username sip_auth_password "
        "post_work_activity_sid"
    ),
}

_SID_KINDS = {"activity_sid": "WA", "post_work_activity_sid": "WA", "call_sid": "CA"}


def read_instruction(answer: Any) -> tuple[str, ...]:
    """Return a hint for each problem TaskRouter would have with ``answer``, the result of a decision function.

    An empty dict has none: it means "I decide later".
    """
    if not isinstance(answer, dict):
        return (
            f"The reply is {_kind(answer)}, but TaskRouter needs a JSON object. Return a dict such as "
            '{"instruction": "accept"}, or None to decide later.',
        )
    if not answer:
        return ()
    if "instruction" not in answer:
        return (
            'The reply has no "instruction", so TaskRouter does nothing now (warning 40005). Return {"instruction": '
            '"accept"} to accept, or None to decide later.',
        )
    return _read_named(answer)


def _read_named(answer: dict[Any, Any]) -> tuple[str, ...]:
    name = answer["instruction"]
    keys = INSTRUCTIONS.get(name) if isinstance(name, str) else None
    if keys is None:
        return (
            f"There's no instruction {name!r} (error 55555).{_suggest(str(name), INSTRUCTIONS)} Instructions are "
            f"{', '.join(INSTRUCTIONS)}.",
        )
    given = {str(key) for key in answer} - {"instruction"}
    missing = [f'The instruction "{name}" needs "{key}", which is missing.' for key in sorted(keys.required - given)]
    known = keys.required | keys.optional
    unknown = [
        f'The instruction "{name}" has no "{key}" and ignores it.{_suggest(key, known)}'
        for key in sorted(given - known)
    ]
    return (*missing, *unknown, *_check_sids(answer))


def _check_sids(answer: dict[Any, Any]) -> list[str]:
    return [
        f'"{key}" is {answer[key]!r}. It must be a SID that starts with {kind}.'
        for key, kind in _SID_KINDS.items()
        if key in answer and not str(answer[key]).startswith(kind)
    ]


def _suggest(given: str, known: Any) -> str:
    near = get_close_matches(given.lower(), known, n=1, cutoff=0.6)
    return f' Did you mean "{near[0]}"?' if near else ""


def _kind(answer: Any) -> str:
    return f"the text {clip(repr(answer), 60)}" if isinstance(answer, str) else f"of type {type(answer).__name__}"
