"""Words for requests without an answer of Twilio's: no network, a proxy, certificates, a web page of somebody else's.

No text quotes an exception of ``requests``: it can have the proxy's password in it.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from http.client import RemoteDisconnected
from json import JSONDecodeError
from urllib.parse import urlsplit

from requests import exceptions
from requests.utils import get_environ_proxies, select_proxy
from urllib3.exceptions import ProtocolError

__all__ = ["TWILIO", "describe_no_answer", "not_from_twilio", "warn_of_repeating"]

TWILIO = "taskrouter.twilio.com"

_RESTART = "in the terminal, then start JupyterLab again"
"""Place for these variables: the kernel has them from JupyterLab, and `requests` doesn't read ``.env``."""

_BUNDLES = ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE")
"""Variables in which ``requests``, and so the SDK, looks for authorities, in this order. SSL_CERT_FILE isn't one."""


def describe_no_answer(error: BaseException) -> str:
    """Return what kept a request from Twilio, or its answer from us, and what to do.

    Args:
        error: OSError of ``requests``, or JSONDecodeError of the SDK.
    """
    request = getattr(error, "request", None)
    host = urlsplit(getattr(request, "url", None) or "").hostname or TWILIO
    if isinstance(error, JSONDecodeError):
        return f"This response isn't from TaskRouter, because it isn't JSON. What to do: {not_from_twilio(host)}"
    for matches, describe in _KINDS:
        if matches(error):
            return describe(error, host)
    return f"No response from {host} ({type(error).__name__}). Check the network connection, then run the cell again."


def not_from_twilio(host: str) -> str:
    """Return what to do about a web page that came instead of an answer of Twilio's."""
    return (
        "Something between this machine and Twilio may have responded instead, for example the sign-in page of a "
        f"network or a proxy. Open https://{host} in a browser on this machine and follow its instructions. Then run "
        "the cell again."
    )


def warn_of_repeating(method: str | None) -> str:
    """Return a sentence about a request that may have changed something without saying so; empty for a GET.

    Args:
        method: None if it isn't known, as ``requests`` doesn't tell it with each of its errors.
    """
    if method == "GET":
        return ""
    which = f"This {method}" if method else "A request that changes something"
    return (
        f" {which} may have succeeded anyway. Check first with `.list()` or `.fetch()`, so that you don't create "
        "anything twice."
    )


def _proxy(error: BaseException, host: str) -> str:
    place = _address_of_proxy(host)
    said = " ".join(str(each) for each in _causes(error))
    if "Tunnel connection failed: 407" in said:
        return (
            f"The proxy {place} requires a user name and a password. Set HTTPS_PROXY to "
            f"http://USER:PASSWORD@HOST:PORT {_RESTART}; Write special characters as %XX (@ is %40)."
        )
    if "Tunnel connection failed" in said:
        status = said.partition("Tunnel connection failed: ")[2][:3]
        return (
            f"The proxy {place} blocked the request to {host} ({status}). Ask its administrator to allow "
            "taskrouter.twilio.com and api.twilio.com, or use a different network. Then run the cell again."
        )
    return (
        f"The proxy {place} can't be reached, so nothing was sent to {host}. Correct HTTPS_PROXY, or remove it if "
        f"this network needs no proxy, {_RESTART}."
    )


def _bad_proxy(error: BaseException, host: str) -> str:
    if "SOCKS" in str(error):
        return (
            "HTTPS_PROXY or ALL_PROXY names a SOCKS proxy, and `requests` needs the package PySocks for it. Install "
            f"it (`%pip install pysocks`) and restart the kernel, or set HTTPS_PROXY to an HTTP proxy {_RESTART}."
        )
    return (
        "HTTPS_PROXY or ALL_PROXY isn't the address of a proxy. Set it to http://HOST:PORT, or to "
        f"http://USER:PASSWORD@HOST:PORT with special characters as %XX, {_RESTART}."
    )


def _certificate(error: BaseException, host: str) -> str:
    said = " ".join(str(each) for each in _causes(error))
    bundle = next((name for name in _BUNDLES if os.environ.get(name)), None)
    if "expired" in said or "not yet valid" in said:
        return (
            f"The certificate for {host} isn't valid at this machine's time. Check this machine's date and time, "
            "then run the cell again."
        )
    if "mismatch" in said:
        return (
            f"The server that responds for {host} has a different host's certificate. What to do: "
            f"{not_from_twilio(host)}"
        )
    if "CERTIFICATE_VERIFY_FAILED" in said:
        seen = f", even with those in {bundle}" if bundle else ""
        return (
            f"Python doesn't trust the authority that signed the certificate for {host}{seen}. Most likely a proxy "
            "or a virus scanner inspects TLS on the way. Get the certificate of its authority as a PEM file, and "
            f"set its path in {_BUNDLES[0]} (the SDK doesn't read SSL_CERT_FILE) {_RESTART}."
        )
    if bundle and not isinstance(error, exceptions.SSLError):
        return f"{bundle} names a file that doesn't exist. Correct or remove it {_RESTART}."
    if bundle and ("NO_CERTIFICATE" in said or "PEM" in said):
        return f"The file in {bundle} has no certificate. Set it to a PEM file {_RESTART}."
    return (
        f"The encrypted connection to {host} failed while it was being set up. A proxy or a firewall can cause this. "
        f"If this network has a proxy, set HTTPS_PROXY {_RESTART}. Or use a different network."
    )


def _unreachable(error: BaseException, host: str) -> str:
    return (
        f"This machine can't reach {host}, so nothing was sent. Check the network connection. If this network has a "
        f"proxy, set HTTPS_PROXY to http://HOST:PORT {_RESTART}."
    )


def _late(error: BaseException, host: str) -> str:
    return f"{host} didn't respond in time. {_repeat(error)}"


def _lost(error: BaseException, host: str) -> str:
    return f"The connection to {host} closed before the response arrived. {_repeat(error)}"


def _repeat(error: BaseException) -> str:
    """Return the next step after a request that Twilio may have received."""
    method = getattr(getattr(error, "request", None), "method", None)
    return f"Check the network connection, then run the cell again.{warn_of_repeating(method)}"


def _is_lost(error: BaseException) -> bool:
    """Return True if the request was sent, and no whole answer came.

    Through a proxy ``requests`` raises ProxyError then, too.
    """
    return isinstance(error, exceptions.ChunkedEncodingError | exceptions.ContentDecodingError) or any(
        isinstance(each, RemoteDisconnected | ConnectionResetError | BrokenPipeError | ProtocolError)
        for each in _causes(error)
    )


def _is_late(error: BaseException) -> bool:
    return isinstance(error, exceptions.ReadTimeout)


def _is_about_certificates(error: BaseException) -> bool:
    return isinstance(error, exceptions.SSLError) or (type(error) is OSError and "TLS CA" in str(error))


def _causes(error: BaseException) -> Iterator[object]:
    """Yield the error, and those that it wraps, as ``requests`` and urllib3 do: in ``args`` and ``reason``."""
    yield error
    for inner in (*error.args, getattr(error, "reason", None)):
        if isinstance(inner, BaseException):
            yield from _causes(inner)


def _address_of_proxy(host: str) -> str:
    """Return host and port of the proxy that ``requests`` uses, without its password."""
    url = f"https://{host}/"
    proxy = select_proxy(url, get_environ_proxies(url)) or ""
    try:
        return urlsplit(proxy if "//" in proxy else f"//{proxy}").netloc.rpartition("@")[2]
    except ValueError:  # brackets that aren't closed
        return "of this machine's settings"


_KINDS = (
    (_is_lost, _lost),
    (lambda error: isinstance(error, exceptions.ProxyError), _proxy),
    (_is_about_certificates, _certificate),
    (lambda error: isinstance(error, exceptions.InvalidURL | exceptions.InvalidSchema), _bad_proxy),
    (_is_late, _late),
    (lambda error: isinstance(error, exceptions.ConnectionError | exceptions.Timeout), _unreachable),
)
"""Kinds of failures with their words, the first that matches."""
