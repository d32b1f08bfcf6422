"""The troubleshooting page has what the code says now, and every problem; rules: `test_every_rule.py`."""

from __future__ import annotations

import re
from pathlib import Path

import nbformat
import pytest

import helpers
from helpers.errors import app_problems, connection_problems, listener_errors, tunnel_errors
from helpers.live.advice import no_answer, trouble
from tests.cell_failures import how_to_store
from tests.notebooks.generated import cell_of, read
from tests.notebooks.refresh import filled_in
from tests.notebooks.troubleshooting.problems import PORTAL, PROBLEMS
from tests.notebooks.troubleshooting.sections import TROUBLESHOOTING

STATIC = Path(helpers.__file__).parent / "emulator/display/static"
PYTHONS_WORDS = re.compile(r"^  \w+Error: .*$", re.MULTILINE)


def test_sections_are_what_the_code_says():
    """`python start.py refresh notebooks/reference/troubleshooting.ipynb` would change nothing."""
    fresh = nbformat.reads(filled_in(TROUBLESHOOTING), as_version=4)

    assert texts(fresh) == texts(read(TROUBLESHOOTING)), f"A message has changed: {how_to_store(TROUBLESHOOTING)}."


def texts(notebook):
    """The sources of all cells, without what Python says, which other versions word differently."""
    return [PYTHONS_WORDS.sub("", cell.source) for cell in notebook.cells]


@pytest.mark.parametrize(
    ("cell_id", "module", "root"),
    [
        ("app", app_problems, "AppProblem"),
        ("listener", listener_errors, "ListenerError"),
        ("tunnel", tunnel_errors, "TunnelError"),
        ("connection", connection_problems, "ConnectionProblem"),
    ],
)
def test_every_problem_is_listed(cell_id, module, root):
    """One of each class; what NotConnected says is in the sections about Twilio."""
    listed = {type(error).__name__ for error in PROBLEMS[cell_id]}
    classes = {each.__name__ for each in vars(module).values() if isinstance(each, type)}

    assert listed == {name for name in classes & set(module.__all__) if name not in {root, "NotConnected"}}


def test_every_advice_on_the_account_is_listed():
    """Each text about an account of Twilio's, and each kind of missing answer."""
    account = cell_of(read(TROUBLESHOOTING), "account").source
    told = cell_of(read(TROUBLESHOOTING), "no-answer").source

    assert all(advice in account for advice in trouble._BY_CODE.values())
    assert told.count("\n- ") >= len(no_answer._KINDS)


def test_messages_of_the_portal_are_its_own():
    """What the page says that the portal says is in its scripts."""
    scripts = "\n".join(path.read_text(encoding="utf-8") for path in STATIC.rglob("*.js"))

    assert [message for message, _, _ in PORTAL if message not in scripts] == []
