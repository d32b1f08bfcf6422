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
    look_up = f"Look this code up at https://www.twilio.com/docs/api/errors/{refused.code}, then run the cell again."
    advice = advise_on_account(refused) or (look_up if refused.code > 999 else _IF_IT_STAYS)
    return (
        f"Twilio returned an error: status {refused.status}, code {refused.code}.\nMessage: {refused.message}\nWhat "
        f"to do: {advice}"
    )


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
            "The problem isn't in your request. Wait a minute, then run the cell again. If that doesn't help, see "
            f"https://status.twilio.com.{warn_of_repeating(method)}"
        )
    if refused.is_page:
        return not_from_twilio(TWILIO)
    return _BY_STATUS.get(refused.status)


def _wait(retry_after: str) -> str:
    seconds = f"{retry_after} seconds, as Twilio asks" if retry_after.isdigit() else "a few seconds"
    return (
        "Your account sends more requests at once than Twilio allows. Some may come from other programs. Twilio "
        f"didn't process this request, so it's safe to send it again: wait {seconds}, then run the cell again. If "
        "the cell created something before the error, look for it first."
    )


_THEN = (
    "Then run the cell again. Restart the kernel only if it was connected before. Restart JupyterLab only if the "
    "credentials are in its environment instead of .env."
)
_IF_IT_STAYS = "Run the cell again. If that doesn't help, see https://status.twilio.com."
_NOT_ACTIVE = (
    "The account isn't active: it's suspended, closed or out of funds, or its trial hasn't started. Sign in to the "
    "Twilio Console to see what's missing. New credentials won't help."
)
_KEY = (
    "These credentials don't allow this. If they're an API key's, the key may lack a permission or belong to a "
    "different account. The account may also be suspended. Set TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN to the "
    "Account SID (AC…) and the Auth Token from the Twilio Console, which also shows if the account is active. "
    f"{_THEN}"
)
_CREDENTIALS = (
    "Twilio doesn't accept these credentials. Perhaps the Account SID and the Auth Token don't match, the token has "
    "been replaced, the account is suspended or closed, or the credentials are for a Twilio region other than the "
    "US. Copy TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN again from the Twilio Console, which also shows if the "
    f"account is active. {_THEN}"
)
_BY_CODE = {
    10001: _NOT_ACTIVE,
    20003: _CREDENTIALS,
    20005: _NOT_ACTIVE,
    20006: _KEY,
    20008: (
        "These are the account's test credentials, and TaskRouter doesn't accept them. Use the live credentials from "
        "the Twilio Console, or stay in local mode, which needs no account."
    ),
    20403: _NOT_ACTIVE,
    70051: _KEY,
    90010: _NOT_ACTIVE,
}
_BY_STATUS = {401: _CREDENTIALS, 403: _KEY}
