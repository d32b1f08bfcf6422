"""Licenses of what the site ships, as its own files state them."""

from __future__ import annotations

import json
import re
from email import message_from_bytes
from email.message import Message
from pathlib import Path
from typing import NamedTuple
from zipfile import ZipFile

__all__ = ["Package", "find_script_packages", "find_wheels", "read_runtime"]

_TEXT = re.compile(r"(^|/)(licen[cs]e|copying|notice)[^/]*(?<!\.py)(?<!\.pyc)$", re.IGNORECASE)
_LINKS = ("homepage", "home", "source", "source code", "repository", "code", "documentation")
"""Links of a package to show, the best first."""


class Package(NamedTuple):
    """Package that is part of the site."""

    name: str
    version: str
    license: str
    """Name of its license, as it states it."""
    link: str
    """Address of its project; empty if it states none."""
    texts: list[str]
    """License texts that come with it."""


def find_wheels(site: Path) -> list[Package]:
    """Return the packages of Python, sorted by name."""
    return _sorted([_read_wheel(path) for path in site.rglob("*.whl")])


def find_script_packages(site: Path) -> list[Package]:
    """Return the packages that JupyterLite's scripts and those of its extensions were built from, sorted by name."""
    packages = []
    for path in sorted(site.rglob("third-party-licenses.json")):
        for each in json.loads(path.read_text(encoding="utf-8"))["packages"]:
            texts = [text] if (text := each["extractedText"].strip()) else []
            packages.append(Package(each["name"], each["versionInfo"], each["licenseId"], "", texts))
    return _sorted(packages)


def read_runtime(site: Path) -> list[Package]:
    """Return Pyodide and CPython.

    Both bring no license text. They have the same one as packages of their own projects, which bring it.
    """
    folder = site / "static/pyodide"
    about = json.loads((folder / "package.json").read_text(encoding="utf-8"))
    lock = json.loads((folder / "pyodide-lock.json").read_text(encoding="utf-8"))
    texts = {each.name.replace("_", "-"): each.texts[:1] for each in find_wheels(site)}
    return [
        Package("Pyodide", about["version"], about["license"], about["homepage"], texts["micropip"]),
        Package("CPython", lock["info"]["python"], "PSF-2.0", "", texts["typing-extensions"]),
    ]


def _read_wheel(path: Path) -> Package:
    with ZipFile(path) as wheel:
        names = sorted(wheel.namelist())
        about = message_from_bytes(wheel.read(next(name for name in names if name.endswith(".dist-info/METADATA"))))
        texts = [wheel.read(name).decode("utf-8", "replace").strip() for name in names if _TEXT.search(name)]
    license_name = _name_license(about, texts)
    return Package(str(about["Name"]), str(about["Version"]), license_name, _find_link(about), texts)


def _name_license(about: Message, texts: list[str]) -> str:
    """Return what a package calls its license: some give the whole text instead, or nothing but a classifier."""
    classifiers = [str(each) for each in about.get_all("Classifier", []) if str(each).startswith("License ::")]
    fields = [str(about[field] or "").strip() for field in ("License-Expression", "License")]
    names = [text for text in fields if "\n" not in text] + [each.rpartition(" :: ")[2] for each in classifiers]
    return next((name for name in [*names, *(text.partition("\n")[0].strip() for text in texts)] if name), "not stated")


def _find_link(about: Message) -> str:
    """Return the address of a package's project."""
    links = {"homepage": str(about["Home-page"] or "")}
    for line in about.get_all("Project-URL", []):
        label, _, address = str(line).partition(",")
        links[label.strip().lower()] = address.strip()
    return next((links[label] for label in _LINKS if links.get(label, "").startswith("http")), "")


def _sorted(packages: list[Package]) -> list[Package]:
    """Return each package once, by name and version."""
    return sorted({(each.name.lower(), each.version): each for each in packages}.values(), key=lambda p: p.name.lower())
