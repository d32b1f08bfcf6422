"""Words for trouble with Twilio's account and service: an error response becomes advice, an exception a HelperError."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from json import JSONDecodeError

from twilio.base.exceptions import TwilioException

from helpers.errors.connection_problems import NotConnected
from helpers.guide.hints.twilio_error import Refusal, read_refusal
from helpers.live.advice.no_answer import TWILIO, describe_no_answer, not_from_twilio, warn_of_repeating

__all__ = ["advise_on_account", "telling_trouble"]


@contextmanager
def telling_trouble() -> Iterator[None]:
    """Turn what the block's request to Twilio meets into one error for a learner.

    Raises:
        NotConnected: Twilio refused the request, or no answer of Twilio's came.
    """
    try:
        yield
    # The SDK lets those of `requests` pass, which are OSErrors, and that of a body which isn't JSON.
    except (TwilioException, OSError, JSONDecodeError) as error:
        raise NotConnected(_describe(error)) from None


def _describe(error: Exception) -> str:
    refused = read_refusal(error)
    if refused is None:
        return describe_no_answer(error)
    look_up = f"look this code up at https://www.twilio.com/docs/api/errors/{refused.code}, then run the cell again."
    advice = advise_on_account(refused) or (look_up if refused.code > 999 else _IF_IT_STAYS)
    return f"Twilio refused the request: {refused.status}, code {refused.code}. {refused.message}\nWhat to do: {advice}"


def advise_on_account(refused: Refusal, method: str = "GET", retry_after: str = "") -> str | None:
    """Return what to do about an error that comes from the account, its credentials or the service, else None.

    What the codes mean is Twilio's (www.twilio.com/docs/api/errors/CODE, read in November 2026).

    Args:
        method: HTTP method of the request.
        retry_after: the header ``Retry-After`` of the response, if it has one.
    """
    if advice := _BY_CODE.get(refused.code):
        return advice
    if refused.status == 429:
        return _wait(retry_after)
    if refused.status >= 500:
        return (
            "the fault is not in your request. Wait a minute before you run the cell again, and see "
            f"https://status.twilio.com if it stays.{warn_of_repeating(method)}"
        )
    if refused.is_page:
        return not_from_twilio(TWILIO)
    return _BY_STATUS.get(refused.status)


def _wait(retry_after: str) -> str:
    seconds = f"{retry_after} seconds, as Twilio asks" if retry_after.isdigit() else "a few seconds"
    return (
        "the account sends more requests at once than Twilio allows, perhaps from other programs, too. This request "
        f"was not processed, so it is safe to send again: wait {seconds}, then run the cell again. If the cell had "
        "created something before, look for it first."
    )


_THEN = (
    "then run the cell again. Restart the kernel only if it was connected before, and JupyterLab only if they are set "
    "in its environment instead of .env."
)
_IF_IT_STAYS = "run the cell again; if it stays, see https://status.twilio.com."
_NOT_ACTIVE = (
    "the account is not active: suspended, closed, out of funds, or a trial that was not started. Sign in to your "
    "Twilio console, which says what is missing; new credentials do not help."
)
_KEY = (
    "these credentials are valid for something else. Those of an API key may lack a permission, or belong to another "
    "account; the account may be suspended. Set TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN to the Account SID (AC…) and "
    f"the Auth Token of your Twilio console, which also says if the account is active; {_THEN}"
)
_CREDENTIALS = (
    "Twilio does not accept these credentials. Either Account SID and Auth Token don't match, or the token "
    "was replaced since, or the account is suspended or closed, or they are of another Twilio region than the US. "
    "Copy TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN again from your Twilio console, which also says if the account is "
    f"active; {_THEN}"
)
_BY_CODE = {
    10001: _NOT_ACTIVE,
    20003: _CREDENTIALS,
    20005: _NOT_ACTIVE,
    20006: _KEY,
    20008: (
        "these are the account's test credentials, which TaskRouter does not take: they buy numbers, send messages "
        "and make calls, all for show. Use the live credentials of your Twilio console, or stay in local mode, "
        "which is made for trying."
    ),
    20403: _NOT_ACTIVE,
    70051: _KEY,
    90010: _NOT_ACTIVE,
}
_BY_STATUS = {401: _CREDENTIALS, 403: _KEY}
