"""Instructor's notebooks: plans add up and fit, cuts leave out nothing that is needed, and what they name is there."""

from __future__ import annotations

import ast
import re

import pytest

from tests.cell_failures import how_to_store
from tests.notebooks.generated import GUIDE, PLANS, QUESTIONS, ROOT, cell_of, lesson_paths, minutes, read
from tests.notebooks.instructor import (
    count_minutes,
    find_unknown,
    named_sections,
    read_cuts,
    read_plan,
    table_rows,
)
from tests.notebooks.stopwatch import GUESS, RUN, minutes_of_sections, minutes_to_say

LESSONS = {path.name[:2]: read(path) for path in lesson_paths()}
HEADINGS = {number: list(minutes_of_sections(lesson)) for number, lesson in LESSONS.items()}
PROMISED = {"plan-90-minutes": 90, "plan-half-a-day": 240, "plan-a-day": 420, "plan-a-second-day": 360}
PLAN_CELLS = {cell.id: cell.source for cell in read(PLANS).cells}
each_plan = pytest.mark.parametrize("plan", PROMISED)
DESCRIBED = [row[0] for row in table_rows(cell_of(read(QUESTIONS), "lessons").source)]
"""Lessons that instructors find described, as a begun one isn't yet."""
each_lesson = pytest.mark.parametrize("lesson", DESCRIBED)


def code_cells(lesson):
    """Each code cell of a lesson, in order, with the section that it's in."""
    found, section = [], ""
    for cell in LESSONS[lesson].cells:
        heading = re.search(r"^##? (.+)$", cell.source, re.MULTILINE) if cell.cell_type == "markdown" else None
        section = heading[1] if heading else section
        if cell.cell_type == "code":
            found.append((section, cell))
    return found


def assert_not_needed(lesson, left_out):
    """No cell outside of these sections uses a name that only cells in them make."""
    made, missing = set(), set()
    for section, cell in code_cells(lesson):
        if cell.source.startswith("%%"):
            continue
        uses, makes = names(cell.source)
        if section in left_out:
            missing |= makes - made
        else:
            assert not uses & missing, f"{section} in lesson {lesson} needs {uses & missing}, which is left out."
            made, missing = made | makes, missing - makes


def names(source):
    """The names that code uses and that it makes."""
    nodes = list(ast.walk(ast.parse(re.sub(r"^(\s*)[%!].*", r"\1pass", source, flags=re.MULTILINE))))
    found = {node.id: node for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)}
    made = {node.id for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
    made |= {node.name for node in nodes if isinstance(node, ast.FunctionDef | ast.ClassDef)}
    imports = [node for node in nodes if isinstance(node, ast.Import | ast.ImportFrom)]
    return set(found), made | {alias.asname or alias.name for node in imports for alias in node.names}


def find_demonstration():
    """Lesson, number of the code cell, what is said, and what is shown, for each row of the demonstration."""
    for _, place, code, said, shown in table_rows(PLAN_CELLS["demonstration"]):
        lesson, section = re.fullmatch(r"(\d\d), \*(.+)\*", place).groups()
        cells = enumerate(code_cells(lesson))
        found = [index for index, (where, cell) in cells if where == section and code.strip("`") in cell.source]
        assert len(found) == 1, f"Name one cell of {place}: {code} is in {len(found)}."
        [index] = found
        yield lesson, index, said, shown.strip("`")


def test_every_plan_is_tested():
    """Each plan has minutes that it promises."""
    assert {name for name in PLAN_CELLS if name.startswith("plan-")} == PROMISED.keys()


@each_plan
def test_plan_adds_up(plan):
    """Rows, breaks included, are as long as promised in the guide's table, and begin where the row before ends."""
    rows = read_plan(PLAN_CELLS[plan])
    heading = PLAN_CELLS[plan].partition("\n")[0].removeprefix("## ")
    told = {row[0]: row[2] for row in table_rows(cell_of(read(GUIDE), "plans").source)}

    assert sum(row.minutes for row in rows) == PROMISED[plan] == int(told[heading]), (
        "Make a row shorter or longer, such as the close, until the rows add up to what is promised."
    )
    for index, row in enumerate(rows):
        hours, rest = divmod(sum(before.minutes for before in rows[:index]), 60)
        assert row.at == f"{hours}:{rest:02}"


@each_plan
def test_parts_fit(plan):
    """A whole lesson has its own minutes; a part leaves a tenth for questions, by the stopwatch."""
    for row in read_plan(PLAN_CELLS[plan]):
        if row.is_whole and row.lesson:
            assert row.minutes == minutes(LESSONS[row.lesson])[1], how_to_store(PLANS)
        elif row.lesson:
            assert count_minutes(row, LESSONS[row.lesson]) <= 0.9 * row.minutes, (
                f"Give the row at {row.at} more minutes, or name fewer sections."
            )


@each_plan
def test_parts_run_alone(plan):
    """The sections that a row names need no cell of those that it leaves out."""
    for row in read_plan(PLAN_CELLS[plan]):
        if row.lesson and not row.is_whole:
            chosen = named_sections(row.text, HEADINGS[row.lesson])
            assert_not_needed(row.lesson, set(HEADINGS[row.lesson]) - set(chosen))


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
            assert set(sections) <= set(chosen), f"Cut {letter} names sections that its row leaves out."
            assert saved <= sum(minutes_of_sections(LESSONS[lesson])[each] for each in sections)
            assert_not_needed(lesson, (set(HEADINGS[lesson]) - set(chosen)) | set(sections))


def test_90_minutes_are_enough():
    """By the stopwatch the shortest plan leaves a tenth; with all cuts it fits a room half as slow again."""
    rows = read_plan(PLAN_CELLS["plan-90-minutes"])
    parts = sum(count_minutes(row, LESSONS[row.lesson]) for row in rows if row.lesson)
    talks = sum(row.minutes for row in rows if not row.lesson)
    saved = sum(minutes for _, _, minutes, _ in read_cuts(PLAN_CELLS["plan-90-minutes"]))

    assert talks + parts <= 0.9 * 90
    assert talks + 1.5 * (parts - saved) <= 90


@each_lesson
def test_minutes_in_a_room_are_enough(lesson):
    """By the stopwatch a lesson takes a tenth more than its title says, at most."""
    assert sum(minutes_of_sections(LESSONS[lesson]).values()) <= 1.1 * minutes(LESSONS[lesson])[1], (
        "Correct the minutes in the cell `title`, or divide the lesson."
    )


@each_lesson
def test_clock_goes_forward(lesson):
    """Sections come in their order, and what is dropped comes at that section or later, and isn't needed."""
    rows = table_rows(PLAN_CELLS[f"clock-{lesson}"])
    at = [HEADINGS[lesson].index(row[1].strip("*")) for row in rows]

    assert at == sorted(set(at))
    assert len(rows) >= 4
    for begin, (_, _, dropped) in zip(at, rows, strict=True):
        [section, *_] = re.findall(r"\*([^*]+)\*", dropped)
        assert HEADINGS[lesson].index(section) >= begin, f"{section} is past at that minute: drop a later one."
        assert_not_needed(lesson, {section})


def test_demonstration_is_there():
    """Its cells are in the sections named; what must be on the screen is in their outputs, or in the next cells'."""
    for lesson, index, _, shown in find_demonstration():
        outputs = [cell.outputs for _, cell in code_cells(lesson)[index : index + 2]]
        assert shown in str(outputs).replace("\\'", "'"), shown


def test_demonstration_takes_20_minutes():
    """What is said, the cells from the first to the last of each lesson, and half a minute for each vote."""
    rows = list(find_demonstration())
    ran = {lesson: [index for number, index, *_ in rows if number == lesson] for lesson, *_ in rows}
    cells = sum(max(each) - min(each) + 2 for each in ran.values())  # with the next one of the last

    assert len(rows) == 8
    assert sum(minutes_to_say(said) + GUESS for *_, said, _ in rows) + cells * RUN <= 20


@each_lesson
def test_questions_are_answered(lesson):
    """Each lesson has three questions at least, each with a section or a part of the reference that answers it."""
    reference = (ROOT / "docs/taskrouter.md").read_text("utf-8")
    rows = table_rows(cell_of(read(QUESTIONS), f"questions-{lesson}").source)

    assert len(rows) >= 3
    for question, answer, where in rows:
        assert question.endswith("?"), f"Write a question: {question}"
        assert answer.endswith("."), f"Answer with a sentence: {answer}"
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
