"""The listener against bytes nobody thought of."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

REQUEST = (
    b"POST /assignment_callback HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\n"
    b"X-Twilio-Signature: abc\r\nContent-Length: 9\r\n\r\nTaskSid=1"
)


@st.composite
def damaged(draw):
    """A callback with a stretch of it replaced by other bytes."""
    start = draw(st.integers(0, len(REQUEST)))
    return REQUEST[:start] + draw(st.binary(max_size=12)) + REQUEST[start + draw(st.integers(0, 12)) :]


@given(st.one_of(st.binary(max_size=200), damaged()))
@example(b"")
@example(REQUEST[:-1])
def test_no_bytes_break_the_listener(patient, data):
    """Whatever comes is answered by HTTP or closed, never by a fault of the listener, and the next one is served."""
    answer = patient.raw(data)

    assert answer == b"" or answer.startswith(b"HTTP/1.1 ")
    assert not any("itself failed" in hint for one in patient.listener.inbox for hint in one.hints)
    assert patient.get("/assignment_callback").body == b"{}"
    assert not patient.listener.inbox.faults
