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
    lines = [f"TaskRouter refused this request: {refused.status}, code {refused.code}. {refused.message}"]
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
        "the Account SID and the Auth Token don't match. Use the client of `connect()`, or in live mode "
        "copy TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN again from your Twilio console."
    )


def _version(refused: Refusal, exchange: Exchange | None) -> str | None:
    """Advise on an outdated version, or on a value taken for it because ``update`` takes ``if_match`` first."""
    if refused.status != 412:
        return None
    given = exchange.if_match.removeprefix("W/").strip('"') if exchange else ""
    if exchange is None or not given or given.isdigit():
        return "it changed after you read this version. Fetch it again, then update."
    call = next((call for part, call in _NAMED_CALLS if part in exchange.path), "update(attributes=…)")
    return (
        f"{given!r} was sent as the version that you expect (`if_match`), because that is what `update` takes first. "
        f"Name what you pass, such as `{call}`."
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
        "a TaskQueue can be deleted once no Workflow leads to it and no Task waits in it. Update or delete the "
        "Workflow first, and see `workspace.tasks.list(task_queue_sid=…)`.",
    ),
    (
        "/Workflows/",
        "a Workflow can be deleted once no Task is in it. Complete or cancel them first: "
        "`workspace.tasks.list(workflow_sid=…)` reads them.",
    ),
    (
        "/Activities/",
        "an Activity can be deleted once no Worker is in it and no Workspace or TaskQueue names it. "
        "`workspace.workers.list(activity_sid=…)` reads those Workers; `workspace.update(default_activity_sid=…, "
        "timeout_activity_sid=…)` names others for the Workspace.",
    ),
)


def _by_message(refused: Refusal, exchange: Exchange | None) -> str | None:
    if exchange and "which is final" in exchange.hint and "/Reservations/" not in exchange.path:
        return "this Task is over, and stays as it is. Is it the one you meant? `workspace.tasks.list()` reads them."
    if missing := re.match(r"(\w+) field is required", refused.message):
        name = re.sub(r"(?<!^)(?=[A-Z])", "_", missing[1]).lower()
        return f"give `{name}=…` a value that isn't empty."
    message = refused.message.lower()
    return next((advice for part, advice in _MESSAGES if part in message), None)


def _service(refused: Refusal, exchange: Exchange | None) -> str | None:
    if refused.status == 429:
        return "too many requests at once. Wait a moment and run the cell again."
    if refused.status >= 500:
        return "the fault is not in your request. Run the cell again; if it stays, restart the kernel."
    return None


_MESSAGES = (
    (
        "with uniquename",
        "a unique name can be used once, and leads to what has it: `workspace.task_channels(unique_name).fetch()`.",
    ),
    ("already exist", "this name is taken. Find the existing one with `….list(friendly_name=…)`, and use its `sid`."),
    (
        "is not currently assigned",
        "accept the Task's Reservation first, `….reservations(sid).update(reservation_status='accepted')`; "
        "only an assigned Task can be completed.",
    ),
    ("not pending or reserved", "somebody works on this Task already: complete it instead of canceling it."),
    (
        "cannot change because it is not pending",
        "a Task's TaskChannel can change only while the Task is pending. Choose it when you create the Task: "
        "`workspace.tasks.create(task_channel=…)`.",
    ),
    (
        "not currently in a pending state",
        "this Reservation has been answered, or its time ran out. See where it is with `reservation.fetch()`, "
        "and for a newer one look into `task.reservations.list()`.",
    ),
    (
        "cannot be set on reservation",
        "accept or reject a pending Reservation first; one that you accepted can be completed. "
        "`reservation.fetch().reservation_status` says where it is.",
    ),
    *(
        (
            message,
            'the expression does not parse. Compare it with `languages HAS "es"`: names without hyphens and quotes, '
            "text in quotes, != or NOT IN instead of ! and NOT. `try_expression` shows the place.",
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
        return f"The SDK could not send this request: {mask(str(error))}. Is the client that of `connect()`?"
    url = urlsplit(getattr(getattr(error, "request", None), "url", None) or "")
    if url.hostname in _THIS_MACHINE:
        place = url.netloc.rpartition("@")[2]
        return f"No answer from {place} ({type(error).__name__}). Check the URL, and that something listens there."
    if not url.hostname and isinstance(error, RequestException) and not _is_from_sdk(error):
        return f"The request or its answer came to nothing ({type(error).__name__}). Check the URL and its server."
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
