"""The learner's file: sections in their order, whatever the order in which their cells run."""

from __future__ import annotations

import pytest

from helpers.errors.app_problems import AppMissing, AppUnreadable
from helpers.webapp import app_file
from helpers.webapp.app_file import find_syntax_error, with_section


@pytest.fixture(autouse=True)
def elsewhere(monkeypatch, tmp_path):
    """The file is in the folder of the notebook, here one of the test's own."""
    monkeypatch.chdir(tmp_path)


def test_sections_stand_in_the_order_of_their_numbers():
    """The cells can run in any order, and twice."""
    text = with_section(with_section("", 2, "Second", "b = 2\n"), 1, "First", "a = 1\n")

    assert text == "# --- 1 First ---\na = 1\n\n\n# --- 2 Second ---\nb = 2\n"
    assert with_section(text, 2, "Second", "b = 2\n") == text


def test_a_section_replaces_the_one_of_its_number_alone():
    """Its name can change; what the learner wrote above, and the other sections, stay."""
    text = '"""My app."""\n\n\n# --- 1 First ---\na = 1\n\n\n# --- 2 Second ---\nb = 2\n'

    assert with_section(text, 1, "Other", "a = 9") == text.replace("1 First ---\na = 1", "1 Other ---\na = 9")


def test_ten_comes_after_nine():
    """Numbers are numbers, and a comment of the learner's begins no section."""
    text = with_section(with_section("", 10, "Ten", "# --- mine ---\nx = 1"), 9, "Nine", "y = 1")

    assert text.index("9 Nine") < text.index("10 Ten") < text.index("# --- mine ---")


def test_file_is_made_and_read_again():
    """It is UTF-8, in a folder of its own."""
    app_file.write_section(1, "Text", "x = 'Español'")

    assert app_file.read() == "# --- 1 Text ---\nx = 'Español'\n"
    assert (app_file.folder() / "app.py").is_file()


def test_missing_file_is_told():
    """A learner who begins in the middle hears which cells write the file."""
    with pytest.raises(AppMissing, match=r"There's no my_app/app.py yet. Run the cells that start with `%%app`"):
        app_file.read()


def test_file_in_another_encoding_is_told_and_stays():
    """Nothing of what the learner wrote is lost, whatever the editor made of it."""
    app_file.write_section(1, "Text", "x = 1")
    file = app_file.folder() / "app.py"
    file.write_bytes("# Español\n".encode("latin-1"))

    for act in (app_file.read, lambda: app_file.write_section(2, "More", "y = 2")):
        with pytest.raises(
            AppUnreadable, match=r"my_app/app.py can't be read, because it isn't UTF-8 text.*Save it as UTF-8"
        ):
            act()
    assert file.read_bytes() == "# Español\n".encode("latin-1")
    assert [each.name for each in app_file.folder().iterdir()] == ["app.py"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "a = 1\ndef f(:\n    pass\n",
            "my_app/app.py, line 2, isn't valid Python: invalid syntax. The line is `def f(:`.",
        ),
        ("a = 1\n  b = 2\n", "line 2, isn't valid Python: unexpected indent. The line is `b = 2`."),
        ("a = (1,\n", "line 1, isn't valid Python: '(' was never closed. The line is `a = (1,`."),
        ("a = '\0'", "isn't valid Python: source code string cannot contain null bytes"),
    ],
)
def test_syntax_error_has_its_line(text, words):
    """Python's own word, and the line as it stands in the file."""
    assert words in str(find_syntax_error(text))


def test_valid_text_has_no_error():
    """An empty one is valid, too."""
    assert find_syntax_error("") is find_syntax_error("a = 1\n") is None
