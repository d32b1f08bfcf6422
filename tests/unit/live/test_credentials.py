"""Credentials: what is mistaken is recognised before a request is sent, and never quoted."""

from __future__ import annotations

import pytest

from helpers.connection import connect, current
from helpers.errors.connection_problems import MissingCredentials, WrongCredential
from helpers.live.credentials import check_account_sid, complete_token
from helpers.settings import Secret, load

SID = "AC" + "0123456789abcdef" * 2
TOKEN = "fedcba9876543210" * 2
NGROK = "2" + "aB3" * 8 + "cd_" + "7xYz" * 5 + "Q"


def complete(sid, token):
    """Check both, the SID first, as `connect` does."""
    check_account_sid(sid, token)
    return complete_token(sid, token)


@pytest.mark.parametrize(
    ("sid", "token"),
    [
        (SID, TOKEN),
        (SID.replace("abcdef", "ABCDEF"), TOKEN.upper()),
        (SID, "a token of another form in years to come".replace(" ", "-")),
        (SID, "your_auth_token"),
    ],
)
def test_nothing_true_is_refused(sid, token):
    """A SID is hexadecimal in either case; what form a token has is Twilio's business."""
    assert complete(sid, Secret(token)) == Secret(token)


@pytest.mark.parametrize(
    ("sid", "token", "words"),
    [
        (TOKEN, SID, "TWILIO_ACCOUNT_SID isn't a SID, and TWILIO_AUTH_TOKEN is one: they are swapped"),
        (TOKEN, TOKEN, "TWILIO_ACCOUNT_SID has no AC before its 32 digits"),
        (SID[:-1], TOKEN, "TWILIO_ACCOUNT_SID starts like an Account SID but has 33 characters. It should have 34"),
        (SID[:-1] + "x", TOKEN, "32 digits 0-9 a-f"),
        (SID[:8] + " " + SID[8:], TOKEN, "TWILIO_ACCOUNT_SID has a space or a line break inside"),
        ("SK" + SID[2:], TOKEN, "is the SID of an API key (SK…)"),
        ("WS" + SID[2:], TOKEN, "is a different kind of SID (WS…)"),
        ("alice@example.com", TOKEN, "TWILIO_ACCOUNT_SID isn't an Account SID"),
        (SID, SID, "TWILIO_AUTH_TOKEN is a SID (AC…), not a token"),
        (SID, "SK" + SID[2:], "TWILIO_AUTH_TOKEN is a SID (SK…), not a token"),
        (SID, TOKEN[:5] + "\n" + TOKEN[5:], "TWILIO_AUTH_TOKEN has a space or a line break inside"),
        (SID, "•" * 32, "has •, and a token never does. Make it visible"),
        (SID, f"“{TOKEN}”", "has “, and a token never does"),
        (SID, NGROK, "into NGROK_AUTHTOKEN"),
        (SID, "eyJhbGciOi.eyJpc3Mi.sig-_", "is an access token (a JWT)"),
    ],
)
def test_something_else_is_recognised(sid, token, words):
    """Each says which of the two it is, what it seems to be, and where the right one stands, but not its value."""
    with pytest.raises(WrongCredential) as raised:
        complete(sid, Secret(token))

    text = str(raised.value)
    assert words in text
    assert "console.twilio.com" in text
    assert text.endswith("then run the cell again.")
    assert not any(value in text for value in (sid, token, sid[2:20], token[:12]))


def test_api_key_says_what_would_not_work():
    """With a key requests work, so it must be said before that callbacks do not."""
    with pytest.raises(WrongCredential, match=r"signs callbacks with the account's Auth Token.* reject each .* 403"):
        complete("SK" + SID[2:], Secret("secret-of-the-key"))


def test_kernel_stays_free_after_a_mistake(no_dotenv, monkeypatch):
    """`connect` refuses a mistaken value, and takes the right one in the next cell."""
    monkeypatch.setenv("TWILIO_ACCOUNT_SID", TOKEN)
    monkeypatch.setenv("TWILIO_AUTH_TOKEN", SID)

    with pytest.raises(WrongCredential, match=r"they are swapped"):
        connect("live")

    assert current() is None


def test_blanks_and_quotes_around_a_value_are_no_mistake(tmp_path):
    """Some shells and programs keep the quotes of a line in their files."""
    found = load({"TWILIO_ACCOUNT_SID": f' "{SID}" ', "TWILIO_AUTH_TOKEN": f"'{TOKEN}'\n"}, tmp_path / ".env")

    assert complete(found.twilio_account_sid, found.twilio_auth_token) == Secret(TOKEN)


def test_without_a_sid_nobody_is_asked():
    """What is missing is listed; a token alone would not say whose it is."""
    with pytest.raises(MissingCredentials, match=r"needs TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN\. Add"):
        complete("", Secret())
    with pytest.raises(MissingCredentials, match=r"needs TWILIO_ACCOUNT_SID\. .*\.env .* run the cell"):
        complete("", Secret(TOKEN))
