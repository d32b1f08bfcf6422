"""Settings: environment before .env, local unless told otherwise, secrets hidden."""

from __future__ import annotations

import copy
import os
import pickle
from dataclasses import replace
from pathlib import Path

import pytest

from helpers import settings
from helpers.errors.connection_problems import BadSetting, NoEmulator
from helpers.settings import PROJECT, Secret, load

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
    """A mode that doesn't exist is refused with the two that do."""
    with pytest.raises(BadSetting, match=r"'test'.*local or live"):
        load({"TASKROUTER_MODE": "test"}, tmp_path / ".env")


def test_environment_wins_over_dotenv(tmp_path):
    """What the environment sets counts, even if it is empty; the rest comes from .env."""
    (tmp_path / ".env").write_text("TASKROUTER_URL=http://127.0.0.1:1\nNGROK_AUTHTOKEN=from-file\n")

    found = load({"TASKROUTER_URL": ""}, tmp_path / ".env")

    assert found.taskrouter_url == ""
    assert found.ngrok_authtoken == Secret("from-file")


def test_folder_for_ledgers(tmp_path):
    """It is the project's own, or the one that is named; a tilde is the user's home."""
    assert load({}, tmp_path / ".env").live_ledger == PROJECT / ".local" / "live"
    assert load({"TASKROUTER_LIVE_LEDGER": "~/ledgers"}, tmp_path / ".env").live_ledger == Path.home() / "ledgers"


def test_file_for_progress(tmp_path):
    """It's in the project unless another one is named; a variable set to nothing means none."""
    assert load({}, tmp_path / ".env").progress == PROJECT / ".local" / "progress.json"
    assert load({"TASKROUTER_PROGRESS": "~/mine.json"}, tmp_path / ".env").progress == Path.home() / "mine.json"
    assert load({"TASKROUTER_PROGRESS": ""}, tmp_path / ".env").progress is None


@pytest.fixture
def copied(tmp_path, monkeypatch):
    """A copy of the project outside of the clone, whose notebook a kernel of the clone's package runs."""
    notebooks = tmp_path / "copy" / "notebooks"
    notebooks.mkdir(parents=True)
    monkeypatch.chdir(notebooks)
    monkeypatch.setattr(settings, "DOTENV", tmp_path / "clone.env")
    (tmp_path / "clone.env").write_text("NGROK_AUTHTOKEN=the-clone's\n")
    (tmp_path / ".env").write_text("NGROK_AUTHTOKEN=somebody-else's\n")
    return notebooks.parent


@pytest.mark.parametrize(
    ("written", "counts"),
    [
        ((), "the-clone's"),
        ((".env",), "the-clone's"),  # above the notebook's folder, in one that isn't known to be the project's
        (("start.py", ".env"), ".env"),
        (("start.py", ".env", "notebooks/.env"), "notebooks/.env"),
        (("notebooks/.env",), "notebooks/.env"),
        (("start.py",), "the-clone's"),
        (("start.py", "notebooks/.env/folder"), "the-clone's"),
    ],
)
def test_nearest_dotenv_counts(copied, written, counts):
    """The notebook's folder, then those up to the one with start.py, then the clone; never one above the project."""
    for name in written:
        (copied / name).parent.mkdir(exist_ok=True)
        (copied / name).write_text(f"NGROK_AUTHTOKEN={name}\n")

    assert load({}).ngrok_authtoken == Secret(counts)


@pytest.mark.parametrize("name", ["start.py", "notebooks/start.py", "copy/start.py"])
def test_dotenv_of_a_folder_above_does_not_count(tmp_path, monkeypatch, name):
    """Everybody may write into /tmp, a file start.py too; only the one beside `notebooks` marks a project."""
    folder = tmp_path / "copy" / "mine"
    folder.mkdir(parents=True)
    (tmp_path / "notebooks").mkdir()
    (tmp_path / name).touch()
    for above in (tmp_path, tmp_path / "copy"):
        (above / ".env").write_text("TASKROUTER_MODE=live\n")
    monkeypatch.setattr(settings, "DOTENV", tmp_path / "clone.env")
    monkeypatch.chdir(folder)

    assert load({}).mode == "local"


def test_dotenv_does_not_read_the_environment(tmp_path, monkeypatch):
    """A file that came with somebody's notebooks sends none of it anywhere, and a token may have any characters."""
    monkeypatch.setenv("SECRET", "not-for-eyes")
    (tmp_path / ".env").write_text("TASKROUTER_URL=http://127.0.0.1:1/${SECRET}\nTWILIO_AUTH_TOKEN=a${SECRET}b\n")

    found = load({}, tmp_path / ".env")

    assert found.taskrouter_url == "http://127.0.0.1:1/${SECRET}"
    assert found.twilio_auth_token.reveal() == "a${SECRET}b"


def test_dotenv_of_a_copy_does_not_switch_to_live(copied):
    """Credentials stay for later there, too."""
    (copied / "notebooks/.env").write_text("".join(f"{name}={value}\n" for name, value in CREDENTIALS.items()))

    found = load({})

    assert (found.mode, found.twilio_account_sid) == ("local", CREDENTIALS["TWILIO_ACCOUNT_SID"])


def test_dotenv_from_elsewhere_decides_nothing_dangerous(copied, tmp_path):
    """It came with somebody's notebooks: no live mode, no program and no file to write, and it's told what it tried."""
    written = {
        "TASKROUTER_MODE": "live",
        "TASKROUTER_LIVE_CONSENT": CREDENTIALS["TWILIO_ACCOUNT_SID"],
        "TASKROUTER_LIVE_LEDGER": "/theirs",
        "TASKROUTER_PROGRESS": "",
        "PYNGROK_NGROK_PATH": "/theirs/ngrok",
    }
    text = "".join(f"{name}={value}\n" for name, value in written.items())
    (copied / "notebooks/.env").write_text(text + "NGROK_DOMAIN=example.com\n")
    (tmp_path / "clone.env").write_text(text)

    found, plain = load(CREDENTIALS), load(CREDENTIALS, tmp_path / "none.env")

    assert (found.elsewhere, found.passed_over) == (copied / "notebooks/.env", tuple(written))
    assert replace(found, elsewhere=None, passed_over=(), ngrok_domain="") == plain
    assert load(written).ngrok_path == "/theirs/ngrok"
    (copied / "notebooks/.env").unlink()
    assert (load({}).mode, load({}).ngrok_path, load({}).elsewhere) == ("live", "/theirs/ngrok", None)


def test_token_of_the_environment_stays_away_from_the_url_of_a_file(tmp_path):
    """Credentials and the address to which they are sent come from one place."""
    (tmp_path / ".env").write_text("TASKROUTER_URL=https://AC1:theirs@example.com\n")
    token = {"TASKROUTER_ACCOUNT_SID": "AC2", "TASKROUTER_AUTH_TOKEN": "mine"}

    found = load(token, tmp_path / ".env")
    own = load({**token, "TASKROUTER_URL": "http://127.0.0.1:1"}, tmp_path / ".env")

    assert (found.taskrouter_account_sid, found.taskrouter_auth_token) == ("AC1", Secret("theirs"))
    assert (own.taskrouter_account_sid, own.taskrouter_auth_token) == ("AC2", Secret("mine"))


@pytest.mark.parametrize("is_writable", [True, False])
def test_records_without_a_clone_of_ones_own(tmp_path, monkeypatch, is_writable):
    """Installed as a package, or in a clone that only others may change, records are in the learner's home."""
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("USERPROFILE", str(tmp_path / "home"))
    monkeypatch.setattr(settings, "PROJECT", tmp_path)
    if not is_writable:
        (tmp_path / "start.py").touch()
        monkeypatch.setattr(os, "access", lambda path, mode: False)

    found = load({})

    records = tmp_path / "home" / ".taskrouter-notebooks"
    assert (found.live_ledger, found.progress) == (records / "live", records / "progress.json")


@pytest.mark.parametrize("line", ['TWILIO_AUTH_TOKEN="for-eyes', "TWILIO_AUTH_TOKEN='for-eyes", "TWILIO for-eyes"])
def test_line_that_is_no_setting_is_named_by_its_number(tmp_path, caplog, capfd, line):
    """Neither the error nor a log has anything of its content."""
    (tmp_path / ".env").write_text(f"# settings\n\nTWILIO_ACCOUNT_SID=AC\n\n{line}\nNGROK_DOMAIN=example.com\n")

    with pytest.raises(
        BadSetting, match=r"^Line 5 of \.env can't be read\. It must be NAME=value, and an opening quote"
    ) as raised:
        load({}, tmp_path / ".env")

    assert "for-eyes" not in str(raised.value) + caplog.text + "".join(capfd.readouterr())


def test_unreadable_dotenv_is_one_sentence(tmp_path):
    """A .env that is no UTF-8 text is refused by name, without its content."""
    (tmp_path / ".env").write_bytes(b"TWILIO_AUTH_TOKEN=\xff\xfe")

    with pytest.raises(BadSetting, match=r"^\.env .*UTF-8") as raised:
        load({}, tmp_path / ".env")

    assert "TWILIO" not in str(raised.value)


@pytest.mark.parametrize(
    "url", ["taskrouter.local", "ftp://127.0.0.1", "http://", "http://127.0.0.1:99999", "https://taskrouter.twilio.com"]
)
def test_url_must_be_an_emulators(url, tmp_path):
    """TASKROUTER_URL is an http address, and never Twilio's: local mode cannot reach it by accident."""
    with pytest.raises(BadSetting, match=r"TASKROUTER_URL"):
        load({"TASKROUTER_URL": url}, tmp_path / ".env")


def test_secrets_hide(tmp_path):
    """Neither repr nor str of the settings, nor of a secret, holds the token."""
    found = load(CREDENTIALS, tmp_path / ".env")

    assert "not-for-eyes" not in f"{found!r} {found} {found.twilio_auth_token} {found.twilio_auth_token!r}"


def test_password_in_the_address_is_a_secret(tmp_path):
    """User and password of TASKROUTER_URL count as the account's; the address is kept without them."""
    found = load({"TASKROUTER_URL": "http://AC1:not%2Dfor-eyes@[::1]:8700/"}, tmp_path / ".env")

    assert (found.taskrouter_url, found.taskrouter_account_sid) == ("http://[::1]:8700", "AC1")
    assert found.taskrouter_auth_token == Secret("not-for-eyes")
    assert "for-eyes" not in repr(found)


def test_own_variables_win_over_the_address(tmp_path):
    """What is set by name counts."""
    given = {"TASKROUTER_URL": "http://AC1:old@127.0.0.1", "TASKROUTER_AUTH_TOKEN": "new"}

    assert load(given, tmp_path / ".env").taskrouter_auth_token == Secret("new")


@pytest.mark.parametrize("scheme", ["ftp://", "", "http:/", "http://[", "https:/ /", "http://", "https://1:2/"])
def test_refused_address_hides_its_password(scheme, tmp_path):
    """Also where it is so broken that nobody can tell what in it is the password."""
    with pytest.raises(BadSetting) as raised:
        load({"TASKROUTER_URL": f"{scheme}AC1:not/for@eyes@127.0.0.1:1"}, tmp_path / ".env")

    assert raised.value.value == "***@127.0.0.1:1"
    assert "not/for" not in str(raised.value)


def test_nobody_at_the_address_hides_its_password():
    """Whoever names it so gets the address back without."""
    problem = NoEmulator("http://AC1:not-for-eyes@127.0.0.1:1")

    assert "not-for-eyes" not in f"{problem} {problem.url}"


@pytest.mark.parametrize("way", [pickle.dumps, copy.copy, copy.deepcopy])
def test_secrets_are_not_copied(way, tmp_path):
    """A pickle or a copy would hold the text in the open."""
    with pytest.raises(TypeError, match=r"Call reveal"):
        way(load(CREDENTIALS, tmp_path / ".env").twilio_auth_token)


def test_tunnel_of_ones_own_has_url_and_port(tmp_path):
    """The URL keeps its path, without the slash at its end; blanks and quotes around a value don't count."""
    given = {"TASKROUTER_PUBLIC_URL": " 'https://example.com/proxy/8000/' ", "TASKROUTER_PUBLIC_PORT": '"8000"'}
    found = load(given, tmp_path / ".env")

    assert (found.public_url, found.public_port) == ("https://example.com/proxy/8000", 8000)


@pytest.mark.parametrize("port", ["", "0", "65536", "-1", "8000.0", "eight"])
def test_tunnel_of_ones_own_needs_a_port(port, tmp_path):
    """Without one nobody knows what the tunnel leads to."""
    given = {"TASKROUTER_PUBLIC_URL": "https://example.com", "TASKROUTER_PUBLIC_PORT": port}

    with pytest.raises(BadSetting, match=r"^TASKROUTER_PUBLIC_PORT is .*1 to 65535"):
        load(given, tmp_path / ".env")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TASKROUTER_PUBLIC_URL", "example.com"),
        ("TASKROUTER_PUBLIC_URL", "wss://example.com"),
        ("TASKROUTER_PUBLIC_URL", "https://example.com/?a=b"),
        ("TASKROUTER_PUBLIC_URL", "https://example.com:99999"),
        ("TASKROUTER_PUBLIC_URL", "https://["),
        ("TASKROUTER_PUBLIC_URL", "https://not:for-eyes@example.com"),
        ("NGROK_DOMAIN", "example.com/path"),
        ("NGROK_DOMAIN", "two words"),
        ("NGROK_DOMAIN", "https://["),
        ("NGROK_DOMAIN", "https://not:for-eyes@example.com"),
    ],
)
def test_address_of_a_tunnel_must_be_one(name, value, tmp_path):
    """What cannot be the beginning of a callback's URL is refused when it is read, without a password in it."""
    with pytest.raises(BadSetting, match=name) as raised:
        load({name: value, "TASKROUTER_PUBLIC_PORT": "8000"}, tmp_path / ".env")

    assert "for-eyes" not in str(raised.value)
