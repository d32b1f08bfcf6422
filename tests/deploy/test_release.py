"""`start.py release`: what it writes, what it refuses, and what it puts into the folder that is published."""

from __future__ import annotations

import datetime
import hashlib
import json
import re
import subprocess
from types import SimpleNamespace
from zipfile import ZipFile

import pytest

import start
from deploy.release import build as builds
from deploy.release.__main__ import main
from deploy.release.git import commit_here
from deploy.release.notes import numbers_in, section_of
from deploy.release.prepare import read_number

CHANGELOG = "# Changelog\n\n## Unreleased\n\n### Added\n\n- Two.\n\n## 0.1.0 (2026-01-31)\n\n### Added\n\n- One.\n"
FILES = {
    "CHANGELOG.md": CHANGELOG,
    "CITATION.cff": "license: MIT\nversion: 0.1.0\n",
    "helpers/emulator/__init__.py": '__all__ = ["__version__"]\n\n__version__ = "0.1.0"\n',
    ".gitignore": "dist/\n",
}
TODAY = "2026-03-02"


class OneDay(datetime.date):
    """A calendar that shows one day, even if a test runs over midnight."""

    @classmethod
    def today(cls):
        return cls.fromisoformat(TODAY)


@pytest.fixture
def clone(monkeypatch, tmp_path):
    """A clone with the files that name a version, committed; packages are built in it without building."""
    folder = tmp_path / "a clone"
    for name, text in FILES.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    monkeypatch.setattr(start, "ROOT", folder)
    monkeypatch.setattr("deploy.release.__main__.datetime", SimpleNamespace(date=OneDay))
    monkeypatch.setattr(builds, "build_package", lambda project, into: (into / f"{project.name}.whl").touch())
    monkeypatch.chdir(folder)
    git("init", "--quiet")
    commit()
    return folder


def git(*words):
    """Run git in the current folder, as somebody without settings."""
    who = ["-c", "user.name=Alice", "-c", "user.email=alice@example.com", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", *who, *words], check=True)


def commit():
    """Commit all that there is."""
    git("add", "--all")
    git("commit", "--quiet", "--message", "all")


def test_number_is_written_where_it_belongs(clone, capsys):
    """What is unreleased gets number and day, above it is room for what follows, and the tag is named."""
    assert main(["0.2.0"]) == 0

    changelog = (clone / "CHANGELOG.md").read_text(encoding="utf-8")
    assert read_number(clone) == "0.2.0"
    assert (clone / "CITATION.cff").read_text() == f'license: MIT\nversion: 0.2.0\ndate-released: "{TODAY}"\n'
    assert changelog == CHANGELOG.replace("## Unreleased\n", f"## Unreleased\n\n## 0.2.0 ({TODAY})\n")
    assert section_of(changelog, "Unreleased") == ""
    assert section_of(changelog, "0.2.0") == "### Added\n\n- Two."
    assert "git tag v0.2.0\n  git push origin HEAD v0.2.0\n" in capsys.readouterr().out


def test_number_after_the_next(clone):
    """A second release replaces number and day of the first one, and keeps its section."""
    main(["0.2.0"])
    changelog = clone / "CHANGELOG.md"
    changelog.write_text(changelog.read_text().replace("## Unreleased\n", "## Unreleased\n\n- Three.\n"))
    commit()

    assert main(["0.3.0rc1"]) == 0
    assert numbers_in(changelog.read_text()) == ["0.3.0rc1", "0.2.0", "0.1.0"]
    assert (clone / "CITATION.cff").read_text().count("date-released") == 1


@pytest.mark.parametrize(
    ("number", "words"),
    [
        ("0.1.0", "0.1.0 was released, says CHANGELOG.md. Choose a higher number."),
        ("0.0.9", "0.0.9 is below 0.1.0, the current version."),
        ("1", "'1' isn't a version's number. Name three numbers"),
        ("v0.2.0", "'v0.2.0' isn't a version's number."),
        ("0.02.0", "'0.02.0' isn't a version's number."),
        ("0.2.0+local", "isn't a version's number."),
        ("0.2.0.dev1", "isn't a version's number."),
        ("", "'' isn't a version's number."),
        ('0.2.0"; import os', "isn't a version's number."),
        ("../..", "isn't a version's number."),
        ("2026.11", "'2026.11' isn't a version's number."),
    ],
)
def test_number_that_cannot_be_next(clone, capsys, number, words):
    """One sentence says which number there can be, and nothing is written."""
    assert main([number]) == 1
    [sentence] = capsys.readouterr().err.splitlines()
    assert words in sentence
    assert {name: (clone / name).read_text() for name in FILES} == FILES


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("CHANGELOG.md", "# Changelog\n\n## Unreleased\n\n## 0.1.0\n\n- One.\n", "has nothing under"),
        ("CHANGELOG.md", "# Changelog\n", "has nothing under"),
        ("CITATION.cff", "license: MIT\n", "has 0 places for"),
    ],
)
def test_files_that_cannot_be_released(clone, capsys, name, text, words):
    """Nothing to tell, or no place for the number: one sentence."""
    (clone / name).write_text(text, encoding="utf-8")
    commit()

    assert main(["0.2.0"]) == 1
    assert words in capsys.readouterr().err


def test_change_that_waits_is_committed_first(clone, capsys):
    """What isn't committed, a new file too, would become part of a release unseen."""
    (clone / "notes.txt").write_text("mine", encoding="utf-8")

    assert main(["0.2.0"]) == 1
    assert capsys.readouterr().err == "start: notes.txt isn't committed: commit it, or move it away, then try again.\n"


@pytest.fixture
def tagged(clone):
    """A clone in which a release was prepared, committed and tagged."""
    main(["0.2.0"])
    commit()
    git("tag", "v0.2.0")
    return clone


def test_folder_has_what_is_published(tagged, capsys):
    """Both packages and the stick, each with its SHA-256, and the section of CHANGELOG.md."""
    (make_stick() / "start.py").write_text("print()", encoding="utf-8")

    assert main(["--build", "dist/release", "--stick", "dist/stick"]) == 0
    folder = tagged / "dist/release"
    listed = dict(reversed(line.split("  ")) for line in (folder / "SHA256SUMS").read_text().splitlines())
    assert sorted(listed) == ["a clone.whl", "emulator.whl", "taskrouter-notebooks-0.2.0-stick.zip"]
    assert {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in listed} == listed
    assert (folder / "NOTES.md").read_text() == "### Added\n\n- Two.\n"
    with ZipFile(folder / "taskrouter-notebooks-0.2.0-stick.zip") as archive:
        assert archive.read("stick/start.py") == b"print()"
    assert capsys.readouterr().out.endswith("dist/release has what belongs to v0.2.0; SHA256SUMS lists it.\n")


def make_stick(commit=None):
    """Write a manifest as of this commit."""
    stick = start.ROOT / "dist/stick"
    (stick / "wheels").mkdir(parents=True)
    manifest = {"commit": commit or commit_here(start.ROOT)}
    (stick / "wheels/manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    return stick


def with_a_stick_of_another_commit():
    """Leave what an earlier release was made of."""
    make_stick("5f1eeb0")


def with_another_folder_as_stick():
    """Put something else where the stick should be."""
    (start.ROOT / "dist/stick").mkdir(parents=True)
    (start.ROOT / "dist/stick/letter.txt").touch()


def without_tag():
    """Take the tag away."""
    git("tag", "--delete", "v0.2.0")


def with_another_tag():
    """Give the commit another tag instead."""
    git("tag", "v0.3.0")
    without_tag()


def with_a_change():
    """Put a file into the folder."""
    (start.ROOT / "notes.txt").touch()


def without_notes():
    """Leave the section out."""
    (start.ROOT / "CHANGELOG.md").write_text("# Changelog\n", encoding="utf-8")
    commit()
    git("tag", "--force", "v0.2.0")


def with_a_full_folder():
    """Put something where the files are to go."""
    (start.ROOT / "dist/release").mkdir(parents=True)
    (start.ROOT / "dist/release/old.whl").touch()


def without_changelog():
    """Take the file itself away."""
    (start.ROOT / "CHANGELOG.md").unlink()


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        (without_tag, "version is 0.2.0, but it has no tag. Check out v0.2.0"),
        (with_another_tag, "version is 0.2.0, but its tags are v0.3.0. Check"),
        (with_a_change, "notes.txt isn't part of v0.2.0: move it away"),
        (without_notes, "CHANGELOG.md has nothing about 0.2.0: begin with `python start.py release 0.2.0`."),
        (with_a_full_folder, "dist/release has something in it: name an empty folder"),
        (lambda: None, "There's no stick of this commit in dist/stick: make it with `python start.py bundle`"),
        (with_a_stick_of_another_commit, "There's no stick of this commit in dist/stick"),
        (with_another_folder_as_stick, "There's no stick of this commit in dist/stick"),
        (without_changelog, "CHANGELOG.md: No such file or directory. Correct this, then try again."),
    ],
)
def test_commit_that_is_no_release(tagged, capsys, damage, words):
    """One sentence says what is missing."""
    damage()
    capsys.readouterr()

    assert main(["--build", "dist/release", "--stick", "dist/stick"]) == 1
    [sentence] = capsys.readouterr().err.splitlines()
    assert words in sentence


def test_stick_without_build_is_refused(clone, capsys):
    """A number builds nothing, so that the stick would be left out unseen."""
    with pytest.raises(SystemExit):
        main(["0.2.0", "--stick", "dist"])

    assert "--stick belongs to --build" in capsys.readouterr().err
    assert read_number(clone) == "0.1.0"


def test_package_that_cannot_be_built(tmp_path, capsys):
    """What uv says last becomes the sentence."""
    with pytest.raises(start.SetupError, match=r"can't be built\. uv says: .+\. Correct this, then try again\.$"):
        builds.build_package(tmp_path / "nothing", tmp_path)


def test_project_is_as_a_release_needs_it():
    """CHANGELOG.md has a place for what is unreleased, and CITATION.cff the number of the packages."""
    changelog = (start.ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    cited = re.findall(r"^version: (.+)", (start.ROOT / "CITATION.cff").read_text(encoding="utf-8"), re.MULTILINE)

    assert changelog.count("\n## Unreleased\n") == 1
    assert cited == [read_number(start.ROOT)]
