"""Consent: which account is meant, what will be created in it, and the learner's one yes before anything is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from helpers.errors import CannotAsk, ConsentElsewhere, NotAgreed
from helpers.live.account import TwilioAccount, mask_sid, read_account
from helpers.live.advice.flex import tell_flex
from helpers.live.advice.trouble import telling_trouble
from helpers.live.belongings import Belongings
from helpers.live.survey_sentences import tell_left

if TYPE_CHECKING:
    from twilio.rest import Client

__all__ = ["TASKS_AT_MOST", "obtain"]

TASKS_AT_MOST = 4
"""Most Tasks that one lesson creates, exercises included, if each of its cells runs once."""

_PRICES = "https://www.twilio.com/pricing"


def obtain(client: Client, belongings: Belongings, consent_for: str) -> TwilioAccount:
    """Read the account, print what will happen in it, and return it once the learner has agreed.

    Args:
        client: sends GET requests alone here.
        consent_for: SID of the account that needn't be asked about; empty to ask in any case.

    Raises:
        ConsentElsewhere: ``consent_for`` is another account's, or no SID.
        NotConnected: the account can't be read.
        NotAgreed, CannotAsk: the answer wasn't yes, or there can be none.
    """
    sid = str(client.account_sid)
    if consent_for not in ("", sid):
        raise ConsentElsewhere(mask_sid(consent_for), mask_sid(sid))
    with telling_trouble():
        account = read_account(client)
    facts = [*_facts(account, belongings.workspace_name), *tell_flex(client), *tell_left(belongings.find_left(client))]
    print(*facts, sep="\n")
    if consent_for:
        print("TASKROUTER_LIVE_CONSENT agrees to this.")
    else:
        _ask(account)
    return account


def _facts(account: TwilioAccount, workspace_name: str) -> list[str]:
    kind = "a subaccount, " if account.is_subaccount else ""
    return [
        f"Live mode: these cells work in your Twilio account {account}: {kind}{account.type}, {account.status}.",
        f"They create one Workspace there, “{workspace_name}”, with everything in it, and change no other. "
        "`catch_up()` deletes it and creates it again, and `tidy_up()` deletes it.",
        f"A lesson creates at most {TASKS_AT_MOST} Tasks if you run each cell once. Twilio's prices: {_PRICES}",
    ]


def _ask(account: TwilioAccount) -> None:
    try:
        answer = input(f"Go ahead in {account}? Type yes: ")  # a front end may show it before what was printed
    # No terminal; a front end without a prompt, such as nbclient (IPython's StdinNotImplementedError); closed.
    except (EOFError, NotImplementedError, OSError):
        raise CannotAsk(mask_sid(account.sid)) from None
    if answer.strip().lower() not in ("yes", "y"):
        raise NotAgreed
