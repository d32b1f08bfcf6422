"""Settings: environment before .env, local unless told otherwise, secrets hidden."""

from __future__ import annotations

import pytest

from helpers.errors import BadSetting
from helpers.settings import Secret, load

CREDENTIALS = {"TWILIO_ACCOUNT_SID": "AC" + "0" * 32, "TWILIO_AUTH_TOKEN": "not-for-eyes"}


def test_credentials_alone_stay_local(tmp_path):
    """TWILIO_* variables are kept for later and do not make it live."""
    found = load(CREDENTIALS, tmp_path / ".env")

    assert found.mode == "local"
    assert found.twilio_auth_token.reveal() == "not-for-eyes"


def test_mode_switches_to_live(tmp_path):
    """TASKROUTER_MODE=live is the explicit switch, in whatever case."""
    assert load({"TASKROUTER_MODE": " Live "}, tmp_path / ".env").mode == "live"


def test_unknown_mode_is_named(tmp_path):
    """A mode that does not exist is refused with the two that do."""
    with pytest.raises(BadSetting, match=r"'test'.*local or live"):
        load({"TASKROUTER_MODE": "test"}, tmp_path / ".env")


def test_environment_wins_over_dotenv(tmp_path):
    """What the environment sets counts, even if it is empty; the rest comes from .env."""
    (tmp_path / ".env").write_text("TASKROUTER_URL=http://127.0.0.1:1\nNGROK_AUTHTOKEN=from-file\n")

    found = load({"TASKROUTER_URL": ""}, tmp_path / ".env")

    assert found.taskrouter_url == ""
    assert found.ngrok_authtoken == Secret("from-file")


def test_unreadable_dotenv_is_one_sentence(tmp_path):
    """A .env that is no UTF-8 text is refused by name, without its content."""
    (tmp_path / ".env").write_bytes(b"TWILIO_AUTH_TOKEN=\xff\xfe")

    with pytest.raises(BadSetting, match=r"^\.env .*UTF-8") as raised:
        load({}, tmp_path / ".env")

    assert "TWILIO" not in str(raised.value)


@pytest.mark.parametrize("url", ["taskrouter.local", "ftp://127.0.0.1", "http://", "https://taskrouter.twilio.com"])
def test_url_must_be_an_emulators(url, tmp_path):
    """TASKROUTER_URL is an http address, and never Twilio's: local mode cannot reach it by accident."""
    with pytest.raises(BadSetting, match=r"TASKROUTER_URL"):
        load({"TASKROUTER_URL": url}, tmp_path / ".env")


def test_secrets_hide(tmp_path):
    """Neither repr nor str of the settings, nor of a secret, holds the token."""
    found = load(CREDENTIALS, tmp_path / ".env")

    assert "not-for-eyes" not in f"{found!r} {found} {found.twilio_auth_token} {found.twilio_auth_token!r}"
