"""Scripted learner with a server that is told what to answer: what a seat does, and what it says of it."""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from contextlib import asynccontextmanager
from pathlib import Path
from random import Random
from types import SimpleNamespace

import httpx
import pytest

from deploy.rehearsal.__main__ import main, read_options
from deploy.rehearsal.carelessness import CARELESS, KINDS, source_of
from deploy.rehearsal.comparison import difference, first_sentence
from deploy.rehearsal.kernel import KernelLost
from deploy.rehearsal.local_server import transport, wait_for_server
from deploy.rehearsal.seat import Result, Seat
from deploy.rehearsal.server import Notebook, Server, ServerRefused, http_client
from deploy.rehearsal.table import HEADER, row, summary


def printed(text):
    """Output of a cell that prints."""
    return {"output_type": "stream", "name": "stdout", "text": text}


def raised(*shown):
    """Output of a cell that raises, with the lines that the learner sees."""
    return {"output_type": "error", "ename": "NameError", "evalue": "x", "traceback": list(shown)}


TRACEBACK = raised("\x1b[31mNameError\x1b[39m  Traceback (most recent call last)", "NameError: name 'x' is not defined")
SENTENCE = raised("`x` doesn't exist yet. The step “Set up” creates it,", "and it hasn't run. Run that cell.")
CELLS = [
    {"id": "ages", "cell_type": "markdown", "source": "# Lesson\n\n## How long they wait", "metadata": {}},
    {"id": "one", "cell_type": "code", "source": ["print(1)"], "metadata": {}, "outputs": [printed(["1\n"])]},
    {"id": "answer", "cell_type": "code", "source": "a = ...", "metadata": {"exercise": "1.1"}, "outputs": []},
    {"id": "two", "cell_type": "code", "source": "print(2)", "metadata": {}, "outputs": [printed("2\n")]},
]


class Stand:
    """Server whose kernel gives the stored outputs, or what a test tells it."""

    def __init__(self, careless=None, at_the_end=None):
        self.careless = careless or {}
        self.at_the_end = at_the_end or {}
        self.ran = [[]]

    @asynccontextmanager
    async def open(self, path):
        if "missing" in path:
            raise ServerRefused("the server answered GET contents/missing with 404")
        yield Notebook(CELLS, "session", "no such kernel")

    async def restart(self, notebook):
        self.ran.append([])

    @asynccontextmanager
    async def kernel_of(self, notebook):
        yield self

    async def run(self, source, cell_id):
        self.ran[-1].append((cell_id, source))
        stored = next(cell["outputs"] for cell in CELLS if cell["id"] == cell_id)
        is_end = len(self.ran) == 1 + (self.careless is not None) * self.is_careless
        answer = (self.at_the_end if is_end else self.careless).get(cell_id, stored)
        if isinstance(answer, Exception):
            raise answer
        return answer

    is_careless = False


def do(kind="careful", path="07/03_x.ipynb", **answers):
    """A seat's run of the lesson, and the server that it had."""
    stand = Stand(**answers)
    stand.is_careless = {"careful": 0, "restart": 2}.get(kind, 1)
    return asyncio.run(Seat("07", kind, stand).do(path)), stand


def test_careful_seat_runs_each_cell_once():
    """In order, in one kernel."""
    result, stand = do()

    assert (result.told, result.lesson, result.failure) == ("as stored", "03", "")
    assert [[cell for cell, _ in life] for life in stand.ran] == [["one", "answer", "two"]]


@pytest.mark.parametrize(
    ("answers", "told"),
    [
        ({"two": [printed("3\n")]}, "cell two (\"How long they wait\"): stdout has '3\\n', stored is '2\\n'"),
        ({"two": []}, "cell two (\"How long they wait\"): stdout has nothing, stored is '2\\n'"),
        ({"answer": [TRACEBACK]}, "cell answer (\"How long they wait\"): error has 'NameError: x', stored is nothing"),
        ({"one": KernelLost("the kernel died (restarting)")}, "the kernel died (restarting)"),
    ],
)
def test_what_goes_wrong_is_told(answers, told):
    """With the cell's id and heading, and what differs; or with what became of the kernel."""
    result, _ = do(at_the_end=answers)

    assert result.failure == told
    assert "FAILED" in row(result)
    assert "1 failed" in summary([result], 1.0)
    assert "Seats to look at: 07." in summary([result], 1.0)


def test_lesson_that_is_not_there_is_told():
    """The seat goes on: the failure is its result."""
    result, _ = do(path="07/missing.ipynb")

    assert result.failure == "the server answered GET contents/missing with 404"


@pytest.mark.parametrize("kind", CARELESS)
def test_careless_seat_runs_all_cells_in_a_fresh_kernel_at_last(kind):
    """Whatever it did before, the last kernel runs the lesson as it is."""
    _, stand = do(kind)

    assert stand.ran[-1] == [(cell["id"], source_of(cell)) for cell in CELLS[1:]]
    assert len(stand.ran) == (3 if kind == "restart" else 2)
    assert Counter(cell for life in stand.ran[:-1] for cell, _ in life) == dict.fromkeys(
        ["one", "answer", "two"], 2 if kind == "twice" else 1
    )


def test_careless_seat_ends_in_a_sentence():
    """The first sentence of what a cell said stands in the table."""
    result, _ = do("out of order", careless={"two": [SENTENCE]})

    assert result.told == ("out of order: 1 cell refused (`x` doesn't exist yet.); then as stored")


def test_sentence_of_a_slip_in_syntax():
    """Python shows the place first, and then says what is wrong."""
    shown = "  Cell In[24], line 1\n    lost = (1, 2\n           ^\nSyntaxError: '(' was never closed\n"

    assert first_sentence(shown) == "SyntaxError: '(' was never closed"
    assert first_sentence("`x` doesn't\nexist yet. The step “Set up” creates it.") == "`x` doesn't exist yet."
    assert first_sentence("") == ""


def test_traceback_fails_a_careless_seat():
    """A learner who was careless has to be told what to do."""
    result, _ = do("twice", careless={"two": [TRACEBACK]})

    assert result.failure == (
        'twice: cell two ("How long they wait") showed a traceback, "NameError: name \'x\' is not defined"'
    )


def test_wrong_answers_are_for_exercises_only():
    """The learner's own file, which outlasts the kernel, has none."""
    cells = [*CELLS[1:], {"id": "app", "source": "%%app a\n...", "metadata": {"exercise": "6.1"}}]
    changed = list(CARELESS["wrong answers"](cells, Random("1")))

    assert [cell["id"] for cell, old in zip(changed, cells, strict=True) if cell != old] == ["answer"]
    assert changed[1]["source"].startswith("a = ")
    assert "..." not in changed[1]["source"]


def test_every_kind_has_a_seat():
    """Among the first nine learners are careful ones and each kind of careless ones."""
    assert {*CARELESS, "careful"} == set(KINDS)


def test_what_is_personal_is_not_compared():
    """What `where_am_i` says of the learner's exercises differs from what it says to somebody who begins."""
    stored = [printed("· Exercise 3.1: Lose a Task (open)\n· Clean up\n")]
    given = [
        printed("· Exercise 3.1: Lose a Task "),
        printed("(tried)\n· Clean up\nExercises: 0 of 1 solved, 3.1 tried\n"),
    ]

    assert difference(stored, given) == ""
    assert difference(stored, [printed("· Exercise 3.1: Lose two (open)\n· Clean up\n")]) != ""


def test_widgets_and_pictures_are_not_compared():
    """As with nbval; all other kinds of data are."""
    shown = {"output_type": "display_data", "data": {"text/plain": ["board"], "image/png": "AA"}}
    again = {"output_type": "display_data", "data": {"text/plain": "board", "image/png": "BB"}}

    assert difference([shown], [again]) == ""
    assert (
        difference([shown], [{**again, "data": {"text/plain": "bored"}}]) == "text/plain has 'bored', stored is 'board'"
    )


def test_row_fits_the_terminal(monkeypatch):
    """A long sentence is cut; a failure never is."""
    monkeypatch.setenv("COLUMNS", "80")
    result = Result("07", "twice", "03", 1.5, 91_000_000, ["a " * 60])

    assert len(row(result)) == 80
    assert row(result).startswith("07       03          1.5    91 MB  twice: 1 cell refused")
    assert HEADER.index("result") == row(result).index("twice")
    result.failure = "a " * 60
    assert len(row(result)) > 80


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--learners", "0"], "0 learners: the number is from 1 to 200"),
        (["--learners", "-3"], "-3 learners: the number is from 1 to 200"),
        (["--learners", "201"], "201 learners: the number is from 1 to 200"),
        (["--learners", "many"], "invalid int value: 'many'"),
        (["--learners"], "expected one argument"),
        (["--lessons"], "expected at least one argument"),
        (["--lessons", "3", "77", "x"], "there's no lesson 77 0x: they are 00 01 02"),
        (["--lessons", "../03"], "there's no lesson ../03: they are 00"),
        (["30"], "unrecognized arguments: 30"),
        (["--fast"], "unrecognized arguments: --fast"),
    ],
)
def test_wrong_arguments_are_refused(capsys, arguments, said):
    """In one sentence, before anything is started."""
    with pytest.raises(SystemExit) as ended:
        main(arguments)

    assert ended.value.code == 2
    assert said in capsys.readouterr().err


def test_lessons_are_named_by_number():
    """As they are called: with or without zero, each once."""
    assert read_options(["--lessons", "3", "03", "0"]).lessons == ["03_create_a_task.ipynb", "00_start_here.ipynb"]


def test_sockets_are_files_where_their_path_fits():
    """A system has a longest path for them; beyond it, kernels listen on ports."""
    assert transport(Path("/tmp/room-12345678")) == "ipc"
    assert transport(Path("/tmp") / ("long" * 12)) == "tcp"


def test_server_may_have_another_number_than_what_was_started(tmp_path):
    """On Windows .venv's Python starts another one, which writes the file."""
    (tmp_path / "jpserver-7.json").write_text(json.dumps({"url": "http://127.0.0.1:5/"}), encoding="utf-8")
    process = SimpleNamespace(pid=6, poll=lambda: None)

    assert asyncio.run(wait_for_server(process, tmp_path)) == "http://127.0.0.1:5/"


def test_page_instead_of_json_fails_one_seat(tmp_path):
    """A Hub that wants a log-in again answers so; the other seats go on."""

    async def do_lesson():
        page = httpx.MockTransport(lambda request: httpx.Response(200, text="<html>"))
        async with http_client(transport=page) as client:
            return await Seat("07", "careful", Server("http://hub/", client, {})).do("07/03_x.ipynb")

    assert (
        asyncio.run(do_lesson()).failure == "the server answered GET contents/07/03_x.ipynb with a page, not with JSON"
    )
