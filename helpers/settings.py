"""Settings from the environment and ``.env``, as one frozen object that hides its secrets.

One more is read from the environment alone, before all others, as it says if there are files: ``TASKROUTER_GROUND``,
the ground of the kernel, is ``machine`` or ``page`` (see ``helpers.ground``).
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, NoReturn
from urllib.parse import SplitResult, unquote, urlsplit

from helpers.errors.connection_problems import BadSetting
from helpers.ground.choice import current_ground

__all__ = ["DOTENV", "PROJECT", "Mode", "Secret", "Settings", "as_domain", "as_mode", "load"]

PROJECT = Path(__file__).resolve().parent.parent
"""Folder with ``helpers``: that of a clone, with ``notebooks`` and ``start.py``, or ``site-packages``."""

DOTENV = PROJECT / ".env"
"""File for a clone's settings; the environment overrides it."""

_NOT_FROM_ELSEWHERE = (
    "TASKROUTER_MODE",
    "TASKROUTER_LIVE_CONSENT",
    "TASKROUTER_LIVE_LEDGER",  # a ledger says what to delete, and which programs to end
    "TASKROUTER_PROGRESS",
    "PYNGROK_NGROK_PATH",
)
"""Variables that count in the environment and in ``DOTENV`` only: another ``.env`` may have come with a stranger's
notebooks. It must not make cells live, start a program, or choose files to write."""

_SENT_TO_URL = ("TASKROUTER_ACCOUNT_SID", "TASKROUTER_AUTH_TOKEN")

Mode = Literal["local", "live"]
_WHAT_URL = "the address that a running emulator prints, for example http://127.0.0.1:8700"
_MODES: dict[str, Mode] = {"local": "local", "live": "live"}


class Secret:
    """Text that ``str`` and ``repr`` hide, and ``reveal()`` returns."""

    __slots__ = ("_text",)

    def __init__(self, text: str = "") -> None:
        self._text = text

    def reveal(self) -> str:
        """Return the text itself, for the one call that needs it."""
        return self._text

    def __bool__(self) -> bool:
        return bool(self._text)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and other._text == self._text

    def __hash__(self) -> int:
        return hash(self._text)

    def __reduce__(self) -> NoReturn:
        """Raise TypeError: a pickle or a copy would have the text in the open."""
        raise TypeError("A Secret can't be pickled or copied. Call reveal() where you need its text.")

    def __repr__(self) -> str:
        return "Secret(set)" if self._text else "Secret(not set)"


_NOT_SET = Secret()


@dataclass(frozen=True)
class Settings:
    """Settings of one kernel, read once."""

    elsewhere: Path | None = None
    """The ``.env`` that was read instead of ``DOTENV``, as it's nearer to the notebook; None without one."""
    passed_over: tuple[str, ...] = ()
    """Variables that ``elsewhere`` sets, and that don't count there."""
    mode: Mode = "local"
    """``TASKROUTER_MODE``. Credentials alone never make it ``live``."""
    taskrouter_url: str = ""
    """``TASKROUTER_URL``: a running emulator to use instead of one in the kernel. Its user and password become
    ``taskrouter_account_sid`` and ``taskrouter_auth_token``, unless these are set. If the URL comes from a file, so do
    these: a token of the environment isn't sent where a file says."""
    taskrouter_account_sid: str = ""
    taskrouter_auth_token: Secret = _NOT_SET
    twilio_account_sid: str = ""
    twilio_auth_token: Secret = _NOT_SET
    ngrok_authtoken: Secret = _NOT_SET
    """``NGROK_AUTHTOKEN``, for the tunnel that ``listener.expose()`` opens."""
    ngrok_domain: str = ""
    """``NGROK_DOMAIN``: host name of the learner's own at ngrok, which its public URL then has."""
    ngrok_path: str = ""
    """``PYNGROK_NGROK_PATH``: file of the ngrok agent, instead of the one that pyngrok downloads."""
    public_url: str = ""
    """``TASKROUTER_PUBLIC_URL``: public URL of a tunnel of the learner's own, which leads to ``public_port``."""
    public_port: int = 0
    """``TASKROUTER_PUBLIC_PORT``, 0 without ``public_url``."""
    live_consent: str = ""
    """``TASKROUTER_LIVE_CONSENT``: SID of the Twilio account in which live mode may create things without asking."""
    live_ledger: Path = PROJECT / ".local" / "live"
    """``TASKROUTER_LIVE_LEDGER``: folder for ledgers of what was created outside of the kernel."""
    board: str = ""
    """``TASKROUTER_BOARD``: address of a room board, as a Hub's configuration sets it. Alone it sends nothing."""
    progress: Path | None = PROJECT / ".local" / "progress.json"
    """``TASKROUTER_PROGRESS``: file of the learner's progress; set to nothing, it stays in the kernel."""


def load(environ: Mapping[str, str] | None = None, dotenv: Path | None = None) -> Settings:
    """Read the settings; the environment overrides the file, which is optional.

    Args:
        environ: by default the environment of the process.
        dotenv: by default the nearest one to the kernel's notebook, or ``DOTENV``.

    Raises:
        BadSetting: a value isn't valid, or ``dotenv`` can't be read.
    """
    ground = current_ground()
    environ = os.environ if environ is None else environ
    elsewhere = None if dotenv else ground.find_dotenv(PROJECT)
    written = ground.read_dotenv(dotenv or elsewhere or DOTENV)
    passed_over = tuple(name for name in _NOT_FROM_ELSEWHERE if elsewhere and written.pop(name, None) is not None)
    values = {**written, **environ}
    if written.get("TASKROUTER_URL") and "TASKROUTER_URL" not in environ:
        values |= {name: written.get(name, "") for name in _SENT_TO_URL}
    records = ground.find_records(PROJECT)

    def text(name: str) -> str:
        return _without_quotes(values.get(name, ""))

    public_url = text("TASKROUTER_PUBLIC_URL") and _public_url(text("TASKROUTER_PUBLIC_URL"))
    address = _emulator_url(text("TASKROUTER_URL"))
    return Settings(
        elsewhere=elsewhere,
        passed_over=passed_over,
        mode=as_mode(text("TASKROUTER_MODE") or "local"),
        taskrouter_url=address._replace(netloc=address.netloc.rpartition("@")[2]).geturl().rstrip("/"),
        taskrouter_account_sid=text("TASKROUTER_ACCOUNT_SID") or unquote(address.username or ""),
        taskrouter_auth_token=Secret(text("TASKROUTER_AUTH_TOKEN") or unquote(address.password or "")),
        twilio_account_sid=text("TWILIO_ACCOUNT_SID"),
        twilio_auth_token=Secret(text("TWILIO_AUTH_TOKEN")),
        ngrok_authtoken=Secret(text("NGROK_AUTHTOKEN")),
        ngrok_domain=as_domain(text("NGROK_DOMAIN")),
        ngrok_path=text("PYNGROK_NGROK_PATH"),
        public_url=public_url,
        public_port=_port(text("TASKROUTER_PUBLIC_PORT")) if public_url else 0,
        live_consent=text("TASKROUTER_LIVE_CONSENT"),
        live_ledger=Path(text("TASKROUTER_LIVE_LEDGER") or records / "live").expanduser(),
        board=text("TASKROUTER_BOARD"),
        progress=_progress(values.get("TASKROUTER_PROGRESS"), records / "progress.json"),
    )


def _without_quotes(value: str) -> str:
    """Return ``value`` without blanks around it, and without the quotes that some shells keep."""
    value = value.strip()
    is_quoted = len(value) > 1 and value[0] == value[-1] and value[0] in "\"'"
    return value[1:-1].strip() if is_quoted else value


def _progress(value: str | None, usual: Path) -> Path | None:
    """Return the file that ``value`` names, ``usual`` for None; None for an empty ``value``."""
    if value is None:
        return usual
    path = _without_quotes(value)
    return Path(path).expanduser() if path else None


def as_mode(text: str) -> Mode:
    """Return the mode that ``text`` names.

    Raises:
        BadSetting: it is neither ``local`` nor ``live``.
    """
    mode = _MODES.get(str(text).lower())
    if mode is None:
        raise BadSetting("the mode", str(text), "It must be local or live. Leave it out to stay in local mode.")
    return mode


def as_domain(text: str, name: str = "NGROK_DOMAIN") -> str:
    """Return the host name in ``text``, which can be a URL too; an empty text stays so.

    Args:
        name: what the learner calls it.

    Raises:
        BadSetting: there is more in it than a host name, or none.
    """
    text = text.strip()
    parts = _split(text if "://" in text else f"https://{text}")
    if text and (not parts.hostname or parts.path.strip("/") or parts.query or parts.fragment):
        raise BadSetting(name, text, "It must be a host name, for example example.ngrok-free.dev.")
    return parts.hostname or ""


def _public_url(text: str) -> str:
    from helpers.ground.own_tunnel import find_fault

    url = text.rstrip("/")
    if fault := find_fault(url):
        raise BadSetting("TASKROUTER_PUBLIC_URL", url, fault)
    return url


def _split(url: str) -> SplitResult:
    """Return the parts of ``url``, all of them empty if it can't be that of a server without user and password."""
    nothing = SplitResult("", "", "", "", "")
    try:
        parts = urlsplit(url)
        return parts if parts.port != 0 and not {"@", " "} & set(parts.netloc) else nothing
    except ValueError:  # brackets without an address, or an invalid port
        return nothing


def _port(text: str) -> int:
    if not (text.isdecimal() and 0 < int(text) < 65536):
        rule = "It must be the port (1 to 65535) on this machine that the tunnel at TASKROUTER_PUBLIC_URL leads to."
        raise BadSetting("TASKROUTER_PUBLIC_PORT", text, rule)
    return int(text)


def _emulator_url(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        is_address = parts.port != 0 and "@" not in parts.path + parts.query + parts.fragment
    except ValueError:  # brackets without an address, or an invalid port
        parts, is_address = SplitResult("", "", "", "", ""), False
    host = parts.hostname or ""
    rule = f"It is {_WHAT_URL}."
    if host == "twilio.com" or host.endswith(".twilio.com"):
        rule += " For Twilio itself set TASKROUTER_MODE=live and leave TASKROUTER_URL out."
    elif not url or (is_address and parts.scheme in {"http", "https"} and host):
        return parts
    # An invalid URL can still have a password in it: everything up to the last @ could be one.
    _, at, rest = url.rpartition("@")
    if at:
        rule += " In a password write / as %2F, ? as %3F and # as %23."
    raise BadSetting("TASKROUTER_URL", f"***@{rest}" if at else url, rule)
