"""Certificate authority in a directory, for https: clients trust it once, and each start has a certificate from it.

::

    authority.pem       the authority, for clients that add it to those they trust
    bundle.pem          the same with all the usual ones, for clients that take a file in their place
    authority-key.pem   its private key, readable by its owner only
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import TYPE_CHECKING

from ..emulator_errors import BadStart

if TYPE_CHECKING:
    import trustme

__all__ = ["CertificateAuthority"]

_OWN_NAMES = ("localhost", "127.0.0.1", "::1")

_VALID = timedelta(days=800)
"""Validity of a certificate: some systems, macOS for instance, accept at most 825 days."""

_TAKEN = ("SSL_CERT_FILE", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE")
"""Variables whose file takes the place of the usual authorities, unlike that of ``NODE_EXTRA_CA_CERTS``."""


class CertificateAuthority:
    """Authority kept in ``directory``, made there if it is missing.

    ``path`` is the file for clients; ``variables`` has the environment variables that let them trust it.

    Raises:
        BadStart: the directory or its authority can't be used, or the package ``trustme`` is missing.
    """

    def __init__(self, directory: Path) -> None:
        directory = directory.absolute()
        self.path = directory / "authority.pem"
        bundle = directory / "bundle.pem"
        self.variables = {"NODE_EXTRA_CA_CERTS": str(self.path)} | dict.fromkeys(_TAKEN, str(bundle))
        try:
            directory.mkdir(parents=True, exist_ok=True)
            self._authority = _load(directory / "authority-key.pem")
            own = self._authority.cert_pem.bytes()
            _write(self.path, own)
            usual = _usual_authorities()
            _write(bundle, usual if own in usual else usual + own)
        except (OSError, ValueError) as error:
            raise BadStart(
                "make_certificate",
                f"The certificate authority in {directory} cannot be used: {error}. Name a different directory, or "
                "remove this one to start over. Clients must then trust the new authority.",
            ) from error

    @contextmanager
    def issue(self, names: Sequence[str]) -> Iterator[tuple[Path, Path]]:
        """Yield the files of a certificate for this machine and for ``names``, and of its key; then remove them.

        Raises:
            BadStart: one of the names can't stand in a certificate.
        """
        now = datetime.now(UTC)
        try:
            issued = self._authority.issue_cert(
                *dict.fromkeys((*_OWN_NAMES, *names)),
                organization_name="taskrouter-emulator",
                not_before=now - timedelta(days=1),
                not_after=now + _VALID,
            )
        except ValueError as error:
            raise BadStart(
                "names",
                f"No certificate can be made for the names {', '.join(names)}: {error}. A name in a certificate has "
                "letters, digits and hyphens, with dots between its parts.",
            ) from error
        with issued.private_key_and_cert_chain_pem.tempfile() as file:  # readable by its owner only
            yield Path(file), Path(file)


def _load(path: Path) -> trustme.CA:
    """Return the authority whose key and certificate are in a file; make one if there is no such file.

    Raises:
        OSError, ValueError: the file can't be used.
    """
    try:
        import trustme  # here, because only this needs it
    except ImportError as error:
        raise BadStart(
            "make_certificate", "A certificate is made with the package trustme. Install it: pip install trustme"
        ) from error
    if not path.exists():
        made = trustme.CA(organization_name="taskrouter-emulator", organization_unit_name=f"Authority in {path.parent}")
        _create(path, made.private_key_pem.bytes() + made.cert_pem.bytes())
    content = path.read_bytes()
    return trustme.CA.from_pem(content, content)


def _create(path: Path, content: bytes) -> None:
    """Create a file that only its owner can read, unless another emulator has just done so."""
    fresh = _fresh(path, content)
    try:
        os.link(fresh, path)
    except FileExistsError:
        pass
    finally:
        fresh.unlink()


def _write(path: Path, content: bytes) -> None:
    """Write a file for everybody, whole at any moment, unless it has this content."""
    if not path.exists() or path.read_bytes() != content:
        fresh = _fresh(path, content)
        fresh.chmod(0o644)
        fresh.replace(path)


def _fresh(path: Path, content: bytes) -> Path:
    """Return a new file beside ``path``; only its owner can read it."""
    with NamedTemporaryFile(dir=path.parent, prefix=path.name, delete=False) as file:
        file.write(content)
    return Path(file.name)


def _usual_authorities() -> bytes:
    """Return the authorities that are trusted in this environment, or those that Python's clients bring along."""
    import certifi  # here, because only this needs it

    trusted = Path(os.environ.get("SSL_CERT_FILE") or certifi.where())
    if not trusted.exists():  # a bundle of an authority that was removed: clients of OpenSSL pass it over, too
        trusted = Path(certifi.where())
    return trusted.read_bytes()
