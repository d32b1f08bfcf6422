"""Portal of a running emulator: who may look, the feed of what is shown, and answers to questions."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

import msgspec

from ..emulator import Account
from .feed.feed import Feed
from .session import Sessions

if TYPE_CHECKING:
    from ..inspection.inspector import RequestInspector
    from ..server.administration.administration import Administration

__all__ = ["Portal"]


class Portal:
    """Portal, made when the first browser or program asks for it.

    Args:
        later: calls a function soon, once for several changes.
        is_open: the network reaches the server.
    """

    def __init__(
        self,
        controls: Administration,
        inspector: RequestInspector,
        later: Callable[[Callable[[], None]], object],
        *,
        is_open: bool,
    ) -> None:
        self.accounts: Mapping[str, Account] = controls.emulator.accounts
        self.sessions = Sessions(self.accounts, is_open=is_open)
        self.inspector = inspector
        self.feed = Feed(controls, inspector, secrets.token_hex(8), later)
        self._controls = controls

    def knows(self, account_sid: str, auth_token: str) -> bool:
        """Return True if the account has this Auth Token."""
        account = self.accounts.get(account_sid)
        return account is not None and secrets.compare_digest(account.auth_token.encode(), auth_token.encode())

    async def answer(self, account_sid: str, question: bytes) -> dict[str, Any]:
        """Return the answer to a question in JSON, as :func:`.asking.answer_question` explains."""
        from .questions.asking import ask_emulator  # here, because a page is drawn before it asks

        try:
            asked = msgspec.json.decode(question)
        except (msgspec.MsgspecError, RecursionError) as error:
            return {"error": {"message": f"The question isn't JSON: {error}."}}
        return await ask_emulator(self._controls.emulator, self._controls.background, asked, account_sid)
