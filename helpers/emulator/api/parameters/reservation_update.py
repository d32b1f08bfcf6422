"""Parameters of a Reservation update: a status, or an instruction with its own parameters (reference 1.8)."""

from __future__ import annotations

from ...engine.callbacks.call_status import CALL_EVENTS, CONFERENCE_EVENTS
from ...engine.model.statuses import RESERVATION_MOVES
from .convertors import Convertor, boolean, choice, integer, sid, text, url
from .parameters import Parameter, optional

__all__ = ["RESERVATION_STATUS", "RESERVATION_UPDATE", "SUPERVISE"]

RESERVATION_STATUS = choice(*RESERVATION_MOVES)

_NUMBER = integer(0, 2**31 - 1)
_RING_SECONDS = integer(0, 999)
"""Time for which a Worker's phone rings (reference 7.4)."""

_METHOD = choice("GET", "POST")
_CALL_EVENT = choice(*CALL_EVENTS)
_CONFERENCE_EVENT = choice(*CONFERENCE_EVENTS)

_SIMULATED = "acts on a simulated call"


def _texts(*names: str) -> tuple[Parameter, ...]:
    return tuple(optional(name, text(), empty="value", differs=_SIMULATED) for name in names)


def _booleans(*names: str) -> tuple[Parameter, ...]:
    return tuple(optional(name, boolean(), differs=_SIMULATED) for name in names)


def _numbers(kind: Convertor, *names: str) -> tuple[Parameter, ...]:
    return tuple(optional(name, kind, differs=_SIMULATED) for name in names)


def _urls(*names: str) -> tuple[Parameter, ...]:
    return tuple(optional(name, url(), empty="clears", differs=_SIMULATED) for name in names)


def _methods(*names: str) -> tuple[Parameter, ...]:
    return tuple(optional(name, _METHOD, differs=_SIMULATED) for name in names)


_PLAIN = (
    optional("ReservationStatus", RESERVATION_STATUS),
    optional("WorkerActivitySid", sid("WA")),
    optional("Instruction", text()),
)
_DEQUEUE = (
    optional("DequeuePostWorkActivitySid", sid("WA"), differs=_SIMULATED),
    *_texts("DequeueFrom", "DequeueRecord", "DequeueTo"),
    *_numbers(_RING_SECONDS, "DequeueTimeout"),
    *_urls("DequeueStatusCallbackUrl"),
    optional("DequeueStatusCallbackEvent", _CALL_EVENT, is_list=True, differs=_SIMULATED),
)
_CALL = (
    *_texts("CallFrom", "CallRecord", "CallTo"),
    *_numbers(_RING_SECONDS, "CallTimeout"),
    *_urls("CallUrl", "CallStatusCallbackUrl"),
    *_booleans("CallAccept"),
)
_REDIRECT = (
    optional("RedirectCallSid", sid("CA"), differs=_SIMULATED),
    *_booleans("RedirectAccept"),
    *_urls("RedirectUrl"),
)
_CONFERENCE = (
    *_texts("To", "From", "Beep", "ConferenceRecord", "ConferenceTrim", "RecordingChannels", "Region"),
    *_texts("SipAuthUsername", "SipAuthPassword", "JitterBufferSize"),
    *_urls("StatusCallback", "WaitUrl", "ConferenceStatusCallback"),
    *_urls("RecordingStatusCallback", "ConferenceRecordingStatusCallback"),
    *_methods("StatusCallbackMethod", "WaitMethod", "ConferenceStatusCallbackMethod"),
    *_methods("RecordingStatusCallbackMethod", "ConferenceRecordingStatusCallbackMethod"),
    optional("StatusCallbackEvent", _CALL_EVENT, is_list=True, differs=_SIMULATED),
    optional("ConferenceStatusCallbackEvent", _CONFERENCE_EVENT, is_list=True, differs=_SIMULATED),
    *_numbers(_NUMBER, "Timeout", "MaxParticipants"),
    *_booleans("Record", "Muted", "StartConferenceOnEnter", "EndConferenceOnExit", "EarlyMedia"),
    *_booleans("EndConferenceOnCustomerExit", "BeepOnCustomerEntrance"),
    optional("PostWorkActivitySid", sid("WA"), differs=_SIMULATED),
)

RESERVATION_UPDATE: tuple[Parameter, ...] = (*_PLAIN, *_DEQUEUE, *_CALL, *_REDIRECT, *_CONFERENCE)
"""Parameters on both paths, below a Task and below a Worker."""

SUPERVISE: tuple[Parameter, ...] = (
    optional("SupervisorMode", choice("monitor", "whisper", "barge"), differs=_SIMULATED),
    *_texts("Supervisor"),
)
"""Further parameters on the path below a Task."""
