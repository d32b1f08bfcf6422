"""The pages on the emulator: what they show is what happens."""

from __future__ import annotations

import os
from itertools import pairwise
from pathlib import Path

import pytest

from tests.docs.own_network import own_network
from tests.docs.snippets import FILES, PAGES, Snippet, matches, snippets_of
from tests.docs.terminal import SessionFailed, type_in
from tests.node_packages import TWILIO

SNIPPETS = [each for path in sorted(PAGES.glob("*.md")) for each in snippets_of(path)]
START = next(each for each in SNIPPETS if each.page == "README.md" and each.language == "bash")
"""Lines that start an emulator, with which every page begins."""

TYPED_ELSEWHERE = {
    "python -m pip install ../taskrouter-notebooks/helpers/emulator": "the environment of these tests has its wheel",
    'python -m pip install "../taskrouter-notebooks/helpers/emulator[https]"': "the environment has this extra, too",
    "npm install twilio": "tests/node_packages.py installs it",
    "twilio api:taskrouter:v1:workspaces:list": "the CLI is a large package; tried by hand with 6.2.4 of twilio-cli",
    "taskrouter-emulator read WS00000000000000000000000000000000 --from live > world.json": "it needs an account; "
    "tests/contract reads one on the stage",
    "docker build --file deploy/emulator/Dockerfile --tag taskrouter-emulator .": "it needs Docker; tests/deploy "
    "checks these lines, and carries out the Dockerfile's steps",
}
"""Blocks of ``sh``, by their first line, each with the reason why no page's session types it."""

EXIT_CODES = {"pytest -q test_lunch.py\n": 1}
"""Blocks that are to fail, with the code that their last command ends with."""

USED_ELSEWHERE = {
    ".github/workflows/test.yml": "tests/deploy reads it, and runs the action",
    ".gitlab-ci.yml": "tests/deploy runs its script",
}
"""Files that are read by other machines than the reader's, by their names."""


def pages() -> list[str]:
    """The pages that have something to try."""
    return sorted({each.page for each in SNIPPETS})


@pytest.mark.parametrize("page", pages())
def test_page_shows_what_happens(page, terminal_environment, tmp_path, record_property):
    """Every file and command of a page, from top to bottom, does what the page says and prints what it shows."""
    snippets = [each for each in SNIPPETS if each.page == page]
    needs_node = any(each.language == "js" for each in snippets)
    if needs_node and (reason := TWILIO.why_not()):
        if os.environ.get("CI"):
            pytest.fail(reason, pytrace=False)
        record_property("left out", reason)
        snippets = without_node(snippets)
    folder = tmp_path / "own project"
    folder.mkdir()
    if needs_node and not TWILIO.why_not():
        (folder / "node_modules").symlink_to(TWILIO.home / "node_modules")

    shell = own_network(tmp_path) if any("sudo " in each.text for each in snippets) else ("bash", "-c")
    if shell is None:
        record_property(
            "left out", f"{page} was not tried: it needs a network namespace (unshare), and there is none here"
        )
        return
    whole = snippets if START in snippets else [START, *snippets]

    printed = type_in(whole, folder, terminal_environment, exit_codes=EXIT_CODES, shell=shell)

    for typed, shown in pairwise(snippets):
        if shown.language == "text":
            assert matches(shown.text, printed[typed]), f"{typed}\nprinted:\n{printed[typed]}\nnot:\n{shown.text}"


def without_node(snippets: list[Snippet]) -> list[Snippet]:
    """The page without scripts of Node, the commands that run them, and what these print."""
    kept: list[Snippet] = []
    after_node = False
    for each in snippets:
        if each.language != "text":
            after_node = each.language == "js" or each.text.startswith("node ")
        if not after_node:
            kept.append(each)
    return kept


@pytest.mark.parametrize("snippet", SNIPPETS, ids=lambda each: f"{each.page}:{each.line}")
def test_snippet_is_of_a_kind_that_is_tried(snippet):
    """A block is typed, printed by the one before it, a file that is used below, or has its reason in the list."""
    page = [each for each in SNIPPETS if each.page == snippet.page]
    before, after = page[: page.index(snippet)], page[page.index(snippet) + 1 :]
    if snippet.language == "text":
        assert before
        assert before[-1].language == "bash", "text is what the block of bash before it prints"
    elif snippet.language == "sh":
        assert first_line(snippet) in TYPED_ELSEWHERE, "say why it isn't typed, and check it in another way"
    elif snippet.language in FILES:
        assert snippet.file_name, "its first line names the file in a comment"
        used = snippet.file_name in USED_ELSEWHERE or any(used_by(snippet, each) for each in after)
        assert used, f"nothing uses {snippet.file_name}"
    else:
        assert snippet.language == "bash", "no such block is tried"


def first_line(snippet: Snippet) -> str:
    """The line by which the list above knows a block."""
    return snippet.text.splitlines()[0]


def used_by(file: Snippet, other: Snippet) -> bool:
    """True if a command or another file names a file, or the command is pytest, which finds what it needs."""
    finds = other.language == "bash" and other.text.startswith("pytest")
    return finds or (other.language not in ("sh", "text") and file.file_name in other.text)


def test_list_of_what_is_typed_elsewhere_is_short():
    """It names nothing that the pages no longer have."""
    assert {first_line(each) for each in SNIPPETS if each.language == "sh"} == set(TYPED_ELSEWHERE)
    assert set(USED_ELSEWHERE) <= {each.file_name for each in SNIPPETS}


def write(folder: Path, text: str) -> list[Snippet]:
    """Blocks of a page with this text."""
    page = folder / "page.md"
    page.write_text(text, encoding="utf-8")
    return snippets_of(page)


def test_page_without_node_is_what_is_left(tmp_path):
    """Scripts, the commands that run them and what they print go; all else stays."""
    blocks = (("js", "// a.mjs"), ("bash", "node a.mjs"), ("text", "printed"), ("bash", "ls"), ("text", "a"))
    page = write(tmp_path, "".join(f"```{language}\n{text}\n```\n" for language, text in blocks))

    assert [each.text for each in without_node(page)] == ["ls\n", "a\n"]


def test_session_keeps_what_a_reader_keeps(tmp_path):
    """Variables, folder and files of one block are there in the next."""
    first, second = "word=kept; mkdir -p a; cd a", "echo $word; cat b/c.ini"
    page = f"```bash\n{first}\n```\n```ini\n# b/c.ini\n[d]\n```\n```bash\n{second}\n```\n"
    printed = type_in(write(tmp_path, page), tmp_path, os.environ)

    assert list(printed.values()) == ["", "kept\n# b/c.ini\n[d]\n"]


@pytest.mark.parametrize("text", ["false; true", "true | false | true", "echo $nothing"])
def test_failing_line_fails_the_page(tmp_path, text):
    """A command in the middle of a block or of a pipe counts as well as the last; so does a variable without value."""
    with pytest.raises(SessionFailed, match="ended with 1"):
        type_in(write(tmp_path, f"```bash\n{text}\n```\n"), tmp_path, os.environ)


def test_expected_failure_has_to_come(tmp_path):
    """A block that is to fail and doesn't fails the page."""
    failing, working = write(tmp_path, "```bash\necho failed; false\n```\n```bash\ntrue\n```\n")

    assert type_in([failing], tmp_path, os.environ, exit_codes={failing.text: 1}) == {failing: "failed\n"}
    (tmp_path / "again").mkdir()
    with pytest.raises(SessionFailed):
        type_in([working], tmp_path / "again", os.environ, exit_codes={working.text: 1})


def test_session_leaves_no_process(tmp_path):
    """A job in the background ends with the session."""
    (block,) = write(tmp_path, "```bash\nsleep 1000 &\necho $!\n```\n")
    printed = type_in([block], tmp_path, os.environ)

    with pytest.raises(ProcessLookupError):
        os.kill(int(printed[block]), 0)


@pytest.mark.parametrize(
    ("shown", "printed", "same"),
    [("a…c\n", "abc", True), ("a…c", "ab", False), ("a.c", "abc", False), ("…c\nd", "b\nc\nd\n", True)],
)
def test_shown_output_is_compared(shown, printed, same):
    """Three dots stand for anything, every other character for itself."""
    assert matches(shown, printed) is same


@pytest.mark.parametrize("text", ["```bash\nls\n", "say ```ls``` here\n", "~~~\nls\n~~~\n", "  ```bash\n  ls\n  ```\n"])
def test_fence_that_would_be_overlooked_is_refused(tmp_path, text):
    """A block that the tests can't see fails them."""
    with pytest.raises(ValueError, match=r"page\.md has a fence"):
        write(tmp_path, text)
