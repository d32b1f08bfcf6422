"""Factory of an emulator with its store, clock, SIDs and accounts."""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path

from ..emulator import Account, Emulator
from ..emulator_errors import BadStart, StoreFailed, StoreRefused
from ..engine.model.changes import Changes
from ..history import History
from ..sids import RandomSids, SeededSids, is_sid
from ..store.store import Store
from .clock_setting import ClockSetting

__all__ = ["FILE_NAME", "Configuration", "assemble"]

FILE_NAME = "taskrouter.sqlite3"


@dataclass(frozen=True, kw_only=True)
class Configuration:
    """Settings of an emulator, all of them optional.

    Attributes:
        clock: how it begins, and how long a write takes.
        seed: makes SIDs the same on every run; without it they are random.
        data: directory of the SQLite file; without it nothing outlives the process.
        account_sid: kept in the file, as is ``auth_token``; each is generated if neither given nor in the file.
        api_keys: secrets by API key SID.
        accounts: Auth Tokens of further accounts by Account SID; each sees its own Workspaces only.
        remembers: keep a history for time travel, which costs a few microseconds a write.
    """

    clock: ClockSetting = field(default_factory=ClockSetting)
    seed: str | None = None
    data: Path | str | None = None
    account_sid: str | None = None
    auth_token: str | None = field(default=None, repr=False)
    api_keys: Mapping[str, str] = field(default_factory=dict, repr=False)
    accounts: Mapping[str, str] = field(default_factory=dict, repr=False)
    remembers: bool = False


def assemble(wanted: Configuration) -> Emulator:
    """Return an emulator with these settings, loaded from its file if it has one.

    Raises:
        BadStart: a setting cannot be used.
        StoreRefused: the file cannot be used.
    """
    _check(wanted)
    store = Store(None if wanted.data is None else _directory(wanted.data) / FILE_NAME)
    try:
        kept = store.meta()
        account = _account(wanted, kept)
        emulator = _emulator(wanted, store, account)
        _keep(store, account, kept)
    except BaseException:
        store.close()
        raise
    return emulator


def _emulator(wanted: Configuration, store: Store, account: Account) -> Emulator:
    sids = RandomSids() if wanted.seed is None else SeededSids(wanted.seed)
    others = {sid: Account(sid, auth_token) for sid, auth_token in wanted.accounts.items()}
    history = History() if wanted.remembers else None
    return Emulator(store, wanted.clock.new_clock(), sids, {account.sid: account} | others, history)


def _keep(store: Store, account: Account, kept: Mapping[str, str]) -> None:
    """Write the account into the file, unless it is there."""
    identity = {"account_sid": account.sid, "auth_token": account.auth_token}
    try:
        if not identity.items() <= kept.items():
            store.commit(Changes(at=0), identity)
    except StoreFailed as failure:
        raise StoreRefused(
            store.path or Path(":memory:"),
            f"It cannot be written: {failure.__cause__}.",
            "End what else uses it, or make room on the disk.",
        ) from failure


def _check(wanted: Configuration) -> None:
    wanted.clock.new_clock()
    if wanted.account_sid:
        _check_sid("account_sid", "Account", "AC", wanted.account_sid)
    if wanted.auth_token:
        _check_token("auth_token", wanted.auth_token)
    for account_sid, auth_token in wanted.accounts.items():
        _check_sid("accounts", "Account", "AC", account_sid)
        _check_token("accounts", auth_token)
    for api_key_sid in wanted.api_keys:
        _check_sid("api_keys", "API key", "SK", api_key_sid)


def _check_token(what: str, auth_token: str) -> None:
    if not re.fullmatch(r"[\x21-\x7e]{1,128}", auth_token):
        raise BadStart(what, "The Auth Token must be 1 to 128 printable characters without spaces; choose another.")


def _check_sid(what: str, name: str, prefix: str, sid: str) -> None:
    if not is_sid(sid, prefix):
        seen = f"is {sid!r}" if sid.startswith(prefix) else "is something else"  # perhaps a token in the wrong place
        raise BadStart(
            what,
            f"The {name} SID {seen}. It begins with {prefix}, and 32 of the digits 0-9 and a-f follow; correct it, "
            "or leave it out.",
        )


def _directory(data: Path | str) -> Path:
    if not data:  # an unset variable, say: it must not mean the folder that the process happens to be in
        raise BadStart(
            "data", "No data can be kept: the directory is empty. Name one, ./taskrouter-data, say, or leave it out."
        )
    directory = Path(data)
    try:
        directory.mkdir(0o700, parents=True, exist_ok=True)  # the Auth Token is kept there
    except OSError as error:
        raise BadStart(
            "data", f"{data} cannot be used as a directory: {error.strerror}. Name another one for the data."
        ) from error
    return directory


def _account(wanted: Configuration, kept: Mapping[str, str]) -> Account:
    account_sid = wanted.account_sid or kept.get("account_sid") or _new_account_sid(wanted.seed)
    auth_token = wanted.auth_token or _kept_token(account_sid, kept) or secrets.token_hex(16)
    return Account(account_sid, auth_token, dict(wanted.api_keys))


def _kept_token(account_sid: str, kept: Mapping[str, str]) -> str | None:
    return kept.get("auth_token") if kept.get("account_sid") == account_sid else None


def _new_account_sid(seed: str | None) -> str:
    if seed is None:
        return RandomSids().new("AC")
    return "AC" + blake2b(f"{seed}:AC".encode(), digest_size=16).hexdigest()
