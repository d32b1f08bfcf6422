"""The vendored view library is the one that its README describes."""

from __future__ import annotations

import re
from hashlib import sha256
from pathlib import Path

VENDOR = Path(__file__).parents[4] / "helpers/emulator/display/static/vendor"
README = (VENDOR / "README.md").read_text(encoding="utf-8")


def test_library_is_the_one_that_the_readme_names() -> None:
    digest = sha256((VENDOR / "preact.js").read_bytes()).hexdigest()
    assert f"`{digest}`" in README


def test_each_name_of_the_entry_file_is_exported() -> None:
    entry = (VENDOR / "preact_entry.js").read_text(encoding="utf-8")
    listed = re.findall(r"export \{([^}]+)\}", entry)
    wanted = {name for names in listed for name in re.findall(r"\w+", names)} | {"html"}
    library = (VENDOR / "preact.js").read_text(encoding="utf-8")
    exported = re.findall(r"^export const (\w+) = preact\.\1;$", library, re.M)
    assert set(exported) == wanted


def test_licences_stand_beside_it() -> None:
    assert {each.name for each in VENDOR.glob("LICENSE-*")} == set(re.findall(r"LICENSE-\w+\.txt", README))
