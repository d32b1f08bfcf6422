"""Clients trust an authority once, whatever names the emulator has at later starts, and keys stay with their owner."""

from __future__ import annotations

import signal
import socket
import ssl
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import certifi
import pytest

from helpers.emulator.command import main
from helpers.emulator.command.certificate_authority import CertificateAuthority
from helpers.emulator.emulator_errors import BadStart
from helpers.emulator.server import start
from tests.unit.emulator.process import Process

NAME = "taskrouter.twilio.com"


def test_json_names_the_authority(tmp_path):
    """A program that reads the ready line finds the file to trust."""
    emulator = Process("--make-certificate", str(tmp_path))
    emulator.end(signal.SIGTERM)

    assert emulator.ready["authority"] == str(tmp_path / "authority.pem")
    assert emulator.ready["url"].startswith("https://127.0.0.1:")


def certificate_of(running, authority, name):
    """Return the certificate that a client sees who calls the server by ``name``, and trusts the authority alone."""
    context = ssl.create_default_context(cafile=authority.path)
    address = "127.0.0.1", int(running.url.rpartition(":")[2])
    with socket.create_connection(address) as plain, context.wrap_socket(plain, server_hostname=name) as secure:
        return secure.getpeercert()


def test_certificate_has_all_names(tmp_path):
    """Those of this machine, and those that the emulator is known as; no other one, and not for too long."""
    authority = CertificateAuthority(tmp_path)
    with authority.issue([NAME, "desk", "10.0.0.7", "żółw.test"]) as files:
        running = start(certificate=files)
    with running:
        for name in ("127.0.0.1", "::1", "localhost", NAME, "desk", "10.0.0.7", "żółw.test"):
            found = certificate_of(running, authority, name)
        with pytest.raises(ssl.SSLCertVerificationError):
            certificate_of(running, authority, "api.twilio.com")

    begins, ends = (ssl.cert_time_to_seconds(found[each]) for each in ("notBefore", "notAfter"))
    assert ends - begins <= 825 * 86_400


def test_authority_stays(tmp_path):
    """A client that trusts it once trusts the certificates of all later starts, whatever their names."""
    first = CertificateAuthority(tmp_path)
    kept = {each.name: each.read_bytes() for each in tmp_path.iterdir()}
    with CertificateAuthority(tmp_path).issue(["later.test"]) as files:
        running = start(certificate=files)
    with running:
        assert certificate_of(running, first, "later.test")

    assert {each.name: each.read_bytes() for each in tmp_path.iterdir()} == kept


def test_only_the_owner_reads_keys(tmp_path):
    """The authority's stays, the certificate's is there while a server starts."""
    authority = CertificateAuthority(tmp_path / "new" / "folder")
    with authority.issue([]) as (chain, key):
        assert [each.stat().st_mode & 0o777 for each in (chain, key)] == [0o600] * 2

    assert not key.exists()
    modes = {each.name: each.stat().st_mode & 0o777 for each in authority.path.parent.iterdir()}
    assert modes == {"authority-key.pem": 0o600, "authority.pem": 0o644, "bundle.pem": 0o644}
    assert b"PRIVATE" not in authority.path.read_bytes() + (authority.path.parent / "bundle.pem").read_bytes()


def test_emulators_that_start_at_once_share_the_authority(tmp_path):
    """Whichever made it: all have the one that is in the file."""
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _: CertificateAuthority(tmp_path), range(8)))
    for authority in found:
        with authority.issue([]) as files:
            running = start(certificate=files)
        with running:
            assert certificate_of(running, found[0], "localhost")

    assert sorted(each.name for each in tmp_path.iterdir()) == ["authority-key.pem", "authority.pem", "bundle.pem"]


def test_bundle_has_the_usual_authorities_too(tmp_path, monkeypatch):
    """Whoever names it in SSL_CERT_FILE reaches the rest of the world as before; named there, it doesn't grow."""
    monkeypatch.delenv("SSL_CERT_FILE", raising=False)
    bundle = tmp_path / "bundle.pem"
    own = CertificateAuthority(tmp_path).path.read_bytes()
    assert bundle.read_bytes() == Path(certifi.where()).read_bytes() + own

    company = tmp_path / "company.pem"
    company.write_bytes(own.replace(b"\n", b"\r\n"))
    for file in (company, bundle):
        monkeypatch.setenv("SSL_CERT_FILE", str(file))
        CertificateAuthority(tmp_path)
        assert bundle.read_bytes() == company.read_bytes() + own

    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "removed" / "bundle.pem"))
    CertificateAuthority(tmp_path)
    assert bundle.read_bytes() == Path(certifi.where()).read_bytes() + own


@pytest.mark.parametrize("content", [b"", b"hello", "certificate alone"])
def test_damaged_authority_is_told(tmp_path, content):
    """It isn't replaced: clients trust it."""
    public = CertificateAuthority(tmp_path).path
    (tmp_path / "authority-key.pem").write_bytes(public.read_bytes() if isinstance(content, str) else content)

    with pytest.raises(BadStart) as refused:
        CertificateAuthority(tmp_path)

    assert f"The certificate authority in {tmp_path} cannot be used" in str(refused.value)
    assert "remove this one to start over" in str(refused.value)


def refusal(capsys, *words):
    """Return what a start that is refused prints."""
    assert main([*words]) == 2
    told = capsys.readouterr()
    assert (told.out, told.err.count("\n")) == ("", 1)
    return told.err


def test_what_cannot_be_made_is_told(tmp_path, capsys, monkeypatch):
    """One sentence each: no directory, a file in place of one, a name, two certificates, a missing package."""
    (tmp_path / "file").touch()
    assert "the directory is empty" in refusal(capsys, "--make-certificate", "")
    assert "cannot be used" in refusal(capsys, "--make-certificate", str(tmp_path / "file"))
    assert "letters, digits and hyphens" in refusal(
        capsys, "--make-certificate", str(tmp_path), "--also-known-as", "my_service"
    )
    assert "Leave out --certificate or --make-certificate" in refusal(
        capsys, "--make-certificate", str(tmp_path), "--certificate", "a.pem", "b.pem"
    )
    monkeypatch.setitem(sys.modules, "trustme", None)
    assert "pip install trustme" in refusal(capsys, "--make-certificate", str(tmp_path))
