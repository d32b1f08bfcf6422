"""Authority of the stage: it signs for Twilio's and ngrok's hosts, and only the stage's clients trust it."""

from __future__ import annotations

import ssl
from pathlib import Path

import trustme

__all__ = ["Authority"]

_TRUST_VARIABLES = ("REQUESTS_CA_BUNDLE", "SSL_CERT_FILE", "CURL_CA_BUNDLE")
"""Variables by which requests, Python's ssl with httpx, and curl find the authorities to trust."""


class Authority:
    """Certificate authority whose own certificate is a file in ``folder``.

    Args:
        names: host names of the server's certificate; ``*.name`` stands for all hosts below it.
    """

    def __init__(self, folder: Path, names: list[str]) -> None:
        authority = trustme.CA()
        self._file = folder / "authority.pem"
        authority.cert_pem.write_to_path(self._file)
        self.server_side = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        """TLS of a server that shows the certificate."""
        authority.issue_cert(*names).configure_cert(self.server_side)
        self.client_side = ssl.create_default_context(cafile=self._file)
        """TLS of a client that trusts the authority, and no other."""

    @property
    def environment(self) -> dict[str, str]:
        """Variables that make a program trust the authority."""
        return {name: str(self._file) for name in _TRUST_VARIABLES}
