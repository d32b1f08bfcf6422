"""Advice on an error that TaskRouter returned, by one rule after another. Pure: it sends no request."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from json import JSONDecodeError
from traceback import walk_tb
from urllib.parse import urlsplit

from requests.exceptions import RequestException
from twilio.base.exceptions import TwilioException

from helpers.emulator.masking import mask
from helpers.guide.hints.sid_hints import another_kind_in_path, not_a_sid, not_found, unknown_sid
from helpers.guide.hints.twilio_error import Refusal, read_refusal
from helpers.guide.hints.value_hints import (
    broken_json,
    malformed_expression,
    misshapen_configuration,
    misspelt_status,
    names_as_json,
    not_a_number,
    not_a_url,
    not_an_object,
    unknown_channel,
)
from helpers.wire import Exchange

__all__ = ["advise", "explain", "is_about_requests"]

Rule = Callable[[Refusal, Exchange | None], str | None]


def is_about_requests(error: BaseException) -> bool:
    """Return True if ``explain`` has words for it: a request failed, or its response made no sense to the SDK."""
    if isinstance(error, JSONDecodeError):  # that of `requests` is a RequestException, too, and says what a cell read
        return _is_from_sdk(error)
    # `requests` raises a bare OSError about a file of certificates that is missing.
    return isinstance(error, TwilioException | RequestException) or _modules_of(error)[-1:] == ["requests.adapters"]


def explain(error: BaseException, wire: Sequence[Exchange] = ()) -> str:
    """Return Twilio's status, code and message, the emulator's hint if there is one, and what to do.

    Args:
        wire: exchanges of the SDK; the last one with an error response shows what was sent.
    """
    refused = read_refusal(error)
    if refused is None:
        return _unanswered(error)
    exchange = next((each for each in reversed(wire) if each.status >= 400), None)
    exchange = exchange if exchange and exchange.status == refused.status else None
    lines = [f"TaskRouter returned an error: status {refused.status}, code {refused.code}.\nMessage: {refused.message}"]
    if exchange and exchange.hint:
        lines.append(f"The emulator adds: {exchange.hint}")
    advice = advise(refused, exchange)
    if advice:
        lines.append(f"What to do: {advice}")
    elif refused.code > 999:  # below it is the HTTP status, of which Twilio has no page
        lines.append(f"More about this code: {_docs(refused.code)}")
    return "\n".join(lines)


def advise(refused: Refusal, exchange: Exchange | None = None) -> str | None:
    """Return the advice of the first rule that applies, from the most specific; None if none does."""
    for rule in _RULES:
        if advice := rule(refused, exchange):
            return advice
    return None


def _account(refused: Refusal, exchange: Exchange | None) -> str | None:
    """Advise on what only Twilio itself returns: about the account, its limits and the service."""
    if exchange is None or not exchange.is_live:
        return None
    from helpers.live.advice.trouble import advise_on_account  # here, as local mode doesn't need it

    return advise_on_account(refused, exchange.method, exchange.retry_after)


def _credentials(refused: Refusal, exchange: Exchange | None) -> str | None:
    if refused.status != 401:
        return None
    return (
        "The Account SID and the Auth Token don't match. Use the `client` from `connect()`. In live mode, copy "
        "TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN again from the Twilio Console."
    )


def _version(refused: Refusal, exchange: Exchange | None) -> str | None:
    """Advise on an outdated version, or on a value taken for it because ``update`` takes ``if_match`` first."""
    if refused.status != 412:
        return None
    given = exchange.if_match.removeprefix("W/").strip('"') if exchange else ""
    if exchange is None or not given or given.isdigit():
        return "It has changed since you fetched it. Fetch it again, then update."
    call = next((call for part, call in _NAMED_CALLS if part in exchange.path), "update(attributes=…)")
    return (
        f"{given!r} was sent as the version you expect, because the first parameter of `update` is `if_match`. Name "
        f"the parameter, for example `{call}`."
    )


_NAMED_CALLS = (
    ("/Reservations/", 'update(reservation_status="accepted")'),
    ("/Tasks/", 'update(assignment_status="completed")'),
    ("/Workers/", "update(activity_sid=…)"),
)


def _in_use(refused: Refusal, exchange: Exchange | None) -> str | None:
    """Advise on a resource that can't be deleted because others refer to it."""
    if refused.status != 400 or exchange is None or exchange.method != "DELETE":
        return None
    return next((advice for part, advice in _USERS if part in exchange.path), None)


_USERS = (
    (
        "/TaskQueues/",
        "You can delete a TaskQueue when no Workflow uses it and no Task waits in it. Update or delete the Workflow "
        "first. `workspace.tasks.list(task_queue_sid=…)` lists the Tasks.",
    ),
    (
        "/Workflows/",
        "You can delete a Workflow when it has no Tasks. Complete or cancel them first. "
        "`workspace.tasks.list(workflow_sid=…)` lists them.",
    ),
    (
        "/Activities/",
        "You can delete an Activity when no Worker is in it and neither the Workspace nor a TaskQueue uses it. "
        "`workspace.workers.list(activity_sid=…)` lists those Workers. `workspace.update(default_activity_sid=…, "
        "timeout_activity_sid=…)` sets different Activities for the Workspace.",
    ),
)


def _by_message(refused: Refusal, exchange: Exchange | None) -> str | None:
    if exchange and "which is final" in exchange.hint and "/Reservations/" not in exchange.path:
        return (
            "This Task has ended and can't change any more. Is it the Task you meant? `workspace.tasks.list()` lists "
            "them all."
        )
    if missing := re.match(r"(\w+) field is required", refused.message):
        name = re.sub(r"(?<!^)(?=[A-Z])", "_", missing[1]).lower()
        return f"Pass `{name}=…` with a value that isn't empty."
    message = refused.message.lower()
    return next((advice for part, advice in _MESSAGES if part in message), None)


def _service(refused: Refusal, exchange: Exchange | None) -> str | None:
    if refused.status == 429:
        return "You sent too many requests at once. Wait a moment, then run the cell again."
    if refused.status >= 500:
        return "The problem isn't in your request. Run the cell again. If that doesn't help, restart the kernel."
    return None


_MESSAGES = (
    (
        "with uniquename",
        "This unique name is taken. `workspace.task_channels(unique_name).fetch()` returns the TaskChannel that has "
        "it.",
    ),
    (
        "already exist",
        "This name is taken. Find the existing resource with `.list(friendly_name=…)` and use its `sid`.",
    ),
    (
        "is not currently assigned",
        "You can complete a Task only when it's assigned. Accept its Reservation first: "
        "`workspace.tasks(task.sid).reservations(reservation.sid).update(reservation_status='accepted')`.",
    ),
    (
        "not pending or reserved",
        "You can cancel a Task only before a Worker accepts it. Complete an assigned Task instead.",
    ),
    (
        "cannot change because it is not pending",
        "You can change a Task's TaskChannel only while the Task is pending. Set it when you create the Task: "
        "`workspace.tasks.create(task_channel=…)`.",
    ),
    (
        "not currently in a pending state",
        "This Reservation has already ended or been accepted. `reservation.fetch()` returns its current status. "
        "`task.reservations.list()` lists newer Reservations.",
    ),
    (
        "unable to reject pending reservations",
        "A Worker gives offers back on the way to an Activity that isn't available. Choose another `activity_sid`: "
        "`workspace.activities.list(available='false')` lists those Activities.",
    ),
    (
        "cannot be set on reservation",
        "You can accept or reject a pending Reservation, and complete an accepted one. "
        "`reservation.fetch().reservation_status` returns its current status.",
    ),
    *(
        (
            message,
            'This is not a valid expression. Compare it with `languages HAS "es"`: names have no hyphens or quotes, '
            "text has quotes, and there is != or NOT IN instead of ! and NOT. `try_expression` shows where it stops.",
        )
        for message in ("mismatched input", "extraneous input", "token recognition error", "no viable alternative")
    ),
)

_RULES: tuple[Rule, ...] = (
    _account,
    _credentials,
    _version,
    names_as_json,
    broken_json,
    not_an_object,
    not_a_sid,
    unknown_sid,
    misspelt_status,
    not_a_number,
    not_a_url,
    malformed_expression,
    misshapen_configuration,
    unknown_channel,
    another_kind_in_path,
    not_found,
    _in_use,
    _by_message,
    _service,
)


def _unanswered(error: BaseException) -> str:
    if isinstance(error, TwilioException):
        return f"The SDK couldn't send this request: {mask(str(error))}. Use the `client` from `connect()`."
    url = urlsplit(getattr(getattr(error, "request", None), "url", None) or "")
    if url.hostname in _THIS_MACHINE:
        place = url.netloc.rpartition("@")[2]
        return f"No answer from {place} ({type(error).__name__}). Check the URL, and that a server is running there."
    if not url.hostname and isinstance(error, RequestException) and not _is_from_sdk(error):
        return f"The request failed ({type(error).__name__}). Check the URL and its server."
    from helpers.live.advice.no_answer import describe_no_answer  # here, as local mode doesn't need it

    return describe_no_answer(error)


def _is_from_sdk(error: BaseException) -> bool:
    return any(name.startswith("twilio.") for name in _modules_of(error))


def _modules_of(error: BaseException) -> list[str]:
    """Return the names of the modules that the error passed through, the one that raised it last."""
    return [frame.f_globals.get("__name__", "") for frame, _ in walk_tb(error.__traceback__)]


_THIS_MACHINE = ("127.0.0.1", "localhost", "::1")


def _docs(code: int) -> str:
    return f"https://www.twilio.com/docs/api/errors/{code}"
