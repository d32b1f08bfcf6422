"""Consent: which account is meant, what will be created in it, and the learner's one yes before anything is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from helpers.errors.connection_problems import CannotAsk, ConsentElsewhere, NotAgreed
from helpers.live.account import TwilioAccount, mask_sid, read_account
from helpers.live.advice.flex import tell_flex
from helpers.live.advice.trouble import telling_trouble
from helpers.live.belongings import Belongings
from helpers.live.survey_sentences import tell_left

if TYPE_CHECKING:
    from twilio.rest import Client

__all__ = ["TASKS_AT_MOST", "is_given", "obtain"]

TASKS_AT_MOST = 15
"""Most Tasks that one lesson creates, exercises included, if each of its cells runs once."""

_PRICES = "https://www.twilio.com/pricing"


def is_given(consent_for: str, account_sid: str) -> bool:
    """Return True if the consent, an Account SID, is for this account; False if there is none.

    Raises:
        ConsentElsewhere: it is for another account, or no SID.
    """
    if consent_for not in ("", account_sid):
        raise ConsentElsewhere(mask_sid(consent_for), mask_sid(account_sid))
    return bool(consent_for)


def obtain(client: Client, belongings: Belongings, *, has_agreed: bool) -> TwilioAccount:
    """Read the account, print what will happen in it, and return it once the learner has agreed.

    Args:
        client: sends GET requests alone here.
        has_agreed: True if the learner needn't be asked.

    Raises:
        NotConnected: the account can't be read.
        NotAgreed, CannotAsk: the answer wasn't yes, or there can be none.
    """
    with telling_trouble():
        account = read_account(client)
    facts = [*_facts(account, belongings.workspace_name), *tell_flex(client), *tell_left(belongings.find_left(client))]
    print(*facts, sep="\n")
    if has_agreed:
        print("TASKROUTER_LIVE_CONSENT agrees to this.")
    else:
        _ask(account)
    return account


def _facts(account: TwilioAccount, workspace_name: str) -> list[str]:
    kind = "a subaccount, " if account.is_subaccount else ""
    return [
        f"Live mode: these cells use your Twilio account {account}: {kind}{account.type}, {account.status}.",
        f"They create one Workspace there, “{workspace_name}”, and change no other. `catch_up()` deletes it and "
        "creates it again. `tidy_up()` deletes it.",
        f"A lesson creates at most {TASKS_AT_MOST} Tasks if you run each cell once. Twilio's prices: {_PRICES}",
    ]


def _ask(account: TwilioAccount) -> None:
    try:
        answer = input(f"Go ahead in {account}? Type yes: ")  # a front end may show it before what was printed
    except KeyboardInterrupt:
        raise NotAgreed from None
    # No terminal; a front end without a prompt, such as nbclient (IPython's StdinNotImplementedError); closed.
    except (EOFError, NotImplementedError, OSError):
        raise CannotAsk(mask_sid(account.sid)) from None
    if answer.strip().lower() not in ("yes", "y"):
        raise NotAgreed
