"""`%%app` writes a cell into the learner's file, and says so."""

from __future__ import annotations

import pytest

from helpers.webapp import app_file


@pytest.fixture
def cell_shell(shell, monkeypatch, tmp_path):
    """A shell in a folder of the test's own."""
    monkeypatch.chdir(tmp_path)
    return shell


def test_cell_becomes_a_section(cell_shell, capsys):
    """It isn't run: its names aren't the kernel's."""
    cell_shell.run_cell("%%app 1 Settings\nvalue = 1\n")

    assert capsys.readouterr().out == "Section 1, Settings, is in my_app/app.py.\n"
    assert app_file.read() == "# --- 1 Settings ---\nvalue = 1\n"
    assert "value" not in cell_shell.user_ns


def test_syntax_error_is_told_at_once(cell_shell, capsys):
    """With the line as the learner counts it, from the top of the cell."""
    cell_shell.run_cell("%%app 1 Settings\nvalue = 1\nother = (\n")

    assert "It isn't valid Python yet: '(' was never closed, in line 3 of the cell." in capsys.readouterr().out


@pytest.mark.parametrize("line", ["%%app", "%%app Settings", "%%app 1", "%%app -1 Settings", "%%app 123 Settings"])
def test_section_needs_number_and_name(cell_shell, capsys, line):
    """Nothing is written, and the form is shown."""
    cell_shell.run_cell(f"{line}\nvalue = 1\n")

    assert "Start the cell with a number and a name for its section: `%%app 1 Settings`" in capsys.readouterr().out
    assert not app_file.folder().exists()
