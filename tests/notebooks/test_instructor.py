"""Instructor's notebooks: plans add up and fit, cuts leave out nothing that is needed, and what they name is there."""

from __future__ import annotations

import ast
import re

import pytest

from tests.notebooks.generated import GUIDE, PLANS, QUESTIONS, ROOT, cell_of, lesson_paths, minutes, read
from tests.notebooks.instructor import (
    count_minutes,
    find_unknown,
    named_sections,
    read_cuts,
    read_plan,
    table_rows,
)
from tests.notebooks.stopwatch import RUN, minutes_of_sections, minutes_to_say

LESSONS = {path.name[:2]: read(path) for path in lesson_paths()}
HEADINGS = {number: list(minutes_of_sections(lesson)) for number, lesson in LESSONS.items()}
PROMISED = {"plan-90-minutes": 90, "plan-half-a-day": 240, "plan-a-day": 420, "plan-a-second-day": 360}
DEMONSTRATION = 20
"""Minutes of the demonstration."""

PLAN_CELLS = {cell.id: cell.source for cell in read(PLANS).cells}
each_plan = pytest.mark.parametrize("plan", PROMISED)
DESCRIBED = [row[0] for row in table_rows(cell_of(read(QUESTIONS), "lessons").source)]
"""Lessons that instructors find described, as a begun one isn't yet."""
each_lesson = pytest.mark.parametrize("lesson", DESCRIBED)


def find_needed(lesson, left_out):
    """The names that cells outside ``left_out`` use, and that only cells of ``left_out`` make before."""
    made, needed, section = set(), {}, HEADINGS[lesson][0]
    for cell in LESSONS[lesson].cells:
        if cell.cell_type == "markdown":
            heading = re.search(r"^##? (.+)$", cell.source, re.MULTILINE)
            section = heading[1] if heading else section
        elif not cell.source.startswith("%%"):
            uses, makes = names(cell.source)
            if section in left_out:
                needed |= dict.fromkeys(makes - made, section)
            else:
                assert not uses & (needed.keys() - made), f"{section} needs {uses & needed.keys()} of what is left out."
                made |= makes


def names(source):
    """The names that code uses and that it makes."""
    nodes = list(ast.walk(ast.parse(re.sub(r"^(\s*)[%!].*", r"\1pass", source, flags=re.MULTILINE))))
    found = {node.id: node for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)}
    made = {node.id for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
    made |= {node.name for node in nodes if isinstance(node, ast.FunctionDef | ast.ClassDef)}
    imports = [node for node in nodes if isinstance(node, ast.Import | ast.ImportFrom)]
    return set(found), made | {alias.asname or alias.name for node in imports for alias in node.names}


def test_every_plan_is_tested():
    """Each plan has minutes that it promises."""
    assert {name for name in PLAN_CELLS if name.startswith("plan-")} == PROMISED.keys()


@each_plan
def test_plan_adds_up(plan):
    """Rows, breaks included, are as long as promised in the guide's table, and begin where the row before ends."""
    rows = read_plan(PLAN_CELLS[plan])
    heading = PLAN_CELLS[plan].partition("\n")[0].removeprefix("## ")
    told = {row[0]: row[2] for row in table_rows(cell_of(read(GUIDE), "plans").source)}

    assert sum(row.minutes for row in rows) == PROMISED[plan] == int(told[heading])
    for index, row in enumerate(rows):
        hours, rest = divmod(sum(before.minutes for before in rows[:index]), 60)
        assert row.at == f"{hours}:{rest:02}"


@each_plan
def test_parts_fit(plan):
    """A whole lesson has its own minutes; a part leaves a tenth for questions, by the stopwatch."""
    for row in read_plan(PLAN_CELLS[plan]):
        if row.is_whole and row.lesson:
            assert row.minutes == minutes(LESSONS[row.lesson])[1]
        elif row.lesson:
            assert count_minutes(row, LESSONS[row.lesson]) <= 0.9 * row.minutes, row


@each_plan
def test_parts_run_alone(plan):
    """The sections that a row names need no cell of those that it leaves out."""
    for row in read_plan(PLAN_CELLS[plan]):
        if row.lesson and not row.is_whole:
            chosen = named_sections(row.text, HEADINGS[row.lesson])
            find_needed(row.lesson, set(HEADINGS[row.lesson]) - set(chosen))


@each_plan
def test_cuts_save_what_they_say(plan):
    """Cuts are A, B and so on, each in a row of its lesson; their sections are in that row, and nothing needs them."""
    rows, cuts = read_plan(PLAN_CELLS[plan]), read_cuts(PLAN_CELLS[plan])
    letters = [letter for letter, *_ in cuts]

    assert letters == [row.late.removeprefix("cut ") for row in rows if row.late]
    assert letters == sorted(set(letters))
    for letter, lesson, saved, sections in cuts:
        row = next(row for row in rows if row.late == f"cut {letter}")
        assert row.lesson == lesson
        if lesson:
            chosen = HEADINGS[lesson] if row.is_whole else named_sections(row.text, HEADINGS[lesson])
            assert set(sections) <= set(chosen)
            assert saved <= sum(minutes_of_sections(LESSONS[lesson])[each] for each in sections)
            find_needed(lesson, (set(HEADINGS[lesson]) - set(chosen)) | set(sections))


def test_90_minutes_are_enough():
    """Read, said and run by the stopwatch, the shortest plan fits with its cuts and without them."""
    rows = read_plan(PLAN_CELLS["plan-90-minutes"])
    taken = [count_minutes(row, LESSONS[row.lesson]) if row.lesson else row.minutes for row in rows]
    assert sum(taken) <= 80


@each_lesson
def test_clock_goes_forward(lesson):
    """Sections come in their order, and what is dropped comes at that section or later, and isn't needed."""
    rows = table_rows(PLAN_CELLS[f"clock-{lesson}"])
    at = [HEADINGS[lesson].index(row[1].strip("*")) for row in rows]

    assert at == sorted(set(at))
    assert len(rows) >= 4
    for begin, (_, _, dropped) in zip(at, rows, strict=True):
        [section, *_] = re.findall(r"\*([^*]+)\*", dropped)
        assert HEADINGS[lesson].index(section) >= begin
        find_needed(lesson, {section})


def test_demonstration_is_there():
    """Each of its cells is in the section named, its output has what must be on the screen, and all take 20 minutes."""
    rows = table_rows(PLAN_CELLS["demonstration"])
    said = sum(minutes_to_say(" ".join(row[3:4])) for row in rows)

    assert len(rows) == 8
    assert (
        said + len(rows) * 2 * RUN + len(rows) <= DEMONSTRATION
    )  # two cells each, and a minute for the room's answers
    for _, place, code, _, shown in rows:
        lesson, section = re.fullmatch(r"(\d\d), \*(.+)\*", place).groups()
        cells = cells_of(lesson, section)
        assert any(code.strip("`") in cell.source for cell in cells), code
        assert any(shown.strip("`") in str(cell.get("outputs", [])).replace("\\'", "'") for cell in cells), shown


def cells_of(lesson, wanted):
    """The code cells of a section."""
    found, section = [], ""
    for cell in LESSONS[lesson].cells:
        if cell.cell_type == "markdown":
            heading = re.search(r"^##? (.+)$", cell.source, re.MULTILINE)
            section = heading[1] if heading else section
        elif section == wanted:
            found.append(cell)
    return found


@each_lesson
def test_questions_are_answered(lesson):
    """Each lesson has three questions at least, each with a section or a part of the reference that answers it."""
    reference = (ROOT / "docs/taskrouter.md").read_text("utf-8")
    rows = table_rows(cell_of(read(QUESTIONS), f"questions-{lesson}").source)

    assert len(rows) >= 3
    for question, answer, where in rows:
        assert question.endswith("?")
        assert answer.endswith(".")
        own = re.findall(r"(?<!\d, )\*([^*]+)\*", where)
        numbers = re.findall(r"reference ([\d.]+)", where)
        assert own or numbers or "lesson" in where, question
        assert set(own) <= set(HEADINGS[lesson]), question
        assert all(re.search(rf"^##+ {re.escape(number)}\.? ", reference, re.MULTILINE) for number in numbers), question


def test_sections_of_lessons_are_there():
    """Wherever a lesson's number stands before a section, the lesson has it."""
    sources = [cell.source for path in (GUIDE, PLANS, QUESTIONS) for cell in read(path).cells]

    assert find_unknown(sources, HEADINGS) == []


def test_commands_are_there():
    """Each command of start.py that the guide names exists."""
    text = "\n".join(cell.source for cell in read(GUIDE).cells)
    told = set(re.findall(r"python start\.py ([a-z]+)", text))

    assert told <= set(re.findall(r'^ {8}"([a-z-]+)": \[', (ROOT / "start.py").read_text("utf-8"), re.MULTILINE))
    assert {"board", "bundle", "doctor", "rehearse"} <= told
