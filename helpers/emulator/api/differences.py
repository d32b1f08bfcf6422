"""What this API does otherwise than Twilio's, or where Twilio's is not known and we chose.

Differences of one parameter or property stand beside it in the tables; these concern all.
"""

from __future__ import annotations

__all__ = ["CHOICES", "DIFFERENCES"]

DIFFERENCES: tuple[str, ...] = (
    "Every URL in an answer begins with `https://taskrouter.twilio.com`, whatever host was asked: ports vary and "
    "stored outputs must not. The SDK's HTTP clients in `helpers.emulator.sdk` lead it back here; with `curl`, replace "
    "the host of `next_page_url` yourself.",
    "There is no `Strict-Transport-Security` header: we speak plain HTTP on a loopback address. "
    "`Twilio-Request-Duration`, `X-Powered-By` and `X-Shenanigans` are left out.",
    "No rate is limited; the `X-Rate-Limit-*` headers stand still.",
    "`operating_unit_sid` is not among the properties.",
)

CHOICES: tuple[str, ...] = (
    "A parameter given twice counts as it was given last; unknown parameters are ignored.",
    "An empty filter filters nothing. An empty callback URL, `EventsFilter`, `ReservationActivitySid` or "
    "`AssignmentActivitySid` clears it; any other empty number, SID, date or name is refused with 400 / 20001.",
    "Statuses, methods and other fixed words are case-sensitive.",
    "Parameters of a POST are read from its form only, those of a GET from its query string only. A body of another "
    "type carries none. A body above 4 MiB answers 413 / 20413, more than 1000 parameters 400 / 20001.",
    "Names of TaskQueues and Workflows have at most 255 characters, URLs 2048, `EventsFilter` and `Reason` 4096.",
    "`event_callback_url` is an empty text where there is none, as recorded; all other unset properties are null.",
    "The answer to a write shows the resource before routing goes on: a new Task is `pending` and at version 0 even if "
    "it is reserved a moment later.",
    "`HEAD` answers 405 / 20004; `OPTIONS` answers 204 without credentials.",
    "Credentials are asked for before anything else, so 401 hides what exists.",
    "ETags are quoted and sent for Tasks, Workers and Reservations; `If-Match` may be quoted or not, and `*` matches.",
    "Statistics of all Workers answer 400 / 20001 above 100 Workers; those of one Worker always answer. "
    "`SplitByWaitTime` takes up to 50 thresholds. A TaskChannel that does not exist counts nothing.",
    "A page reached by its token always offers the way back, even if everything before it was deleted meanwhile.",
)
