"""Status 429: sent again after the pause that was asked for, whatever the method; nothing else is."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from urllib3 import HTTPResponse
from urllib3.exceptions import MaxRetryError, ProtocolError, ReadTimeoutError

from helpers.live import rate_limit
from helpers.live.rate_limit import TIMES, be_patient


def response(status=429, **headers):
    """What the server answered."""
    return HTTPResponse(status=status, headers={name.replace("_", "-"): value for name, value in headers.items()})


@pytest.mark.parametrize("method", ["GET", "POST", "DELETE"])
def test_429_alone_is_sent_again(method):
    """A write, too, as it wasn't carried out; after 503 it may have been, whatever its Retry-After."""
    rule = be_patient()

    assert rule.is_retry(method, 429)
    assert not any(rule.is_retry(method, status, has_retry_after=True) for status in (200, 400, 413, 500, 502, 503))


@pytest.mark.parametrize("error", [ProtocolError("closed"), ReadTimeoutError(None, "/", "late")])
def test_lost_answer_is_not_sent_again(error):
    """The request may have been carried out: the error goes on as it is."""
    with pytest.raises(type(error)):
        be_patient().increment("POST", "/", error=error)


def test_patience_has_an_end():
    """After some times the 429 is the answer."""
    rule = be_patient()
    for _ in range(TIMES):
        rule = rule.increment("POST", "/", response=response())

    assert not rule.raise_on_status
    with pytest.raises(MaxRetryError):
        rule.increment("POST", "/", response=response())


def test_retry_after_is_honoured_in_both_forms():
    """Seconds, or a date; a long one is cut, nonsense is none."""
    in_ten_seconds = format_datetime(datetime.now(UTC) + timedelta(seconds=10), usegmt=True)

    pauses = [be_patient().get_retry_after(response(Retry_After=text)) for text in ("7", "86400", "soon")]
    by_date = be_patient().get_retry_after(response(Retry_After=in_ten_seconds))

    assert pauses == [7, 30, None]
    assert 8 < by_date <= 10
    assert be_patient().get_retry_after(response()) is None


def test_pause_is_told(monkeypatch):
    """Who waits sees why, as long as it lasts."""
    shown = []
    monkeypatch.setattr(rate_limit, "show_progress", lambda text: shown.append(text) or Closed(shown))
    monkeypatch.setattr("urllib3.util.retry.time.sleep", lambda seconds: shown.append(seconds))

    be_patient().sleep(response(Retry_After="3"))

    assert shown == ["TaskRouter returned 429, too many requests. Trying again in 3 s", 3, "closed"]


class Closed:
    """A progress display that notes its end."""

    def __init__(self, shown):
        self.shown = shown

    def close(self):
        self.shown.append("closed")
