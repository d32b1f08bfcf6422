"""Wrong answers to each exercise, and what the check says: ``(answer, words of the verdict)``.

An answer that is a function of one argument named ``desk`` is made when it is checked, from the lesson's names.
"""

from __future__ import annotations

import inspect
import json


def made(answer, desk):
    """The answer itself, or what it makes of the lesson's names."""
    is_made = inspect.isfunction(answer) and list(inspect.signature(answer).parameters) == ["desk"]
    return answer(desk) if is_made else answer


ALL_RIGHT = {"a": "Spanish", "b": "English", "c": "nowhere", "d": "nowhere"}


def case(**changed):
    """The right answer to 1.2 with some letters changed."""
    return {**ALL_RIGHT, **changed}


STAGES = [
    (..., "`stages` is still `...`"),
    ("abc", "The letters d and e are missing. Use each of the letters a to e once"),
    ("bdea", "The letter c is missing"),
    ("bdeacf", "There is no letter f in this exercise"),
    ("bdeaa", "The letter c is missing"),
    ("bdeacb", "The letter b is there more than once"),
    ("abcde", "“Reservation accepted” comes too early: a Worker can accept a Reservation only after TaskRouter has"),
    ("bdaec", "only after TaskRouter has created it. The letters before it are right: bd."),
    ("dbeac", "“eligible Worker becomes available” comes too early: a Task's first stage is that somebody creates"),
    ("bedac", "“Worker reserved” comes too early: TaskRouter reserves only a Worker who is available"),
    ("bdeca", "“Task assigned to Worker” comes too early: accepting the Reservation is what assigns the Task"),
    ("caedb", "The stages are in the opposite order"),
    ("24513", "`stages` has digits in it"),
    (24513, "`stages` is a number. Write letters in quotes"),
    (None, "`stages` is nothing (`None`)"),
    ("", "`stages` is empty"),
    ("Task Created, then a Worker", "`stages` has more than 5 letters"),
    ({"b", "d", "e", "a", "c"}, "`stages` is a set, which has no order"),
    ({"a": 4, "b": 1}, "`stages` is a dictionary"),
    (["b", "d", "e"], "The letters a and c are missing"),
    ([2, 4, 5, 1, 3], "`stages` has a number in it"),
]

EXPRESSIONS = [
    (..., "`without_spanish` is still `...`"),
    ('languages HAS "en"', "matches Alice and Bob, but it should match only Bob. Alice speaks English, too"),
    ('languages HAS "es"', "matches Alice, but it should match only Bob. It matches Workers who speak Spanish, which"),
    ('"es" IN languages', "which is the opposite"),
    ('languages HAS "fr"', 'it should match only Bob. Bob doesn\'t match: languages is ["en"], without "fr"'),
    ("es NOT IN languages", "No Worker here has an attribute `es`. Put text in quotes"),
    ('"es" NOT IN language', "language is missing (null)"),
    ('selected_language != "es"', "No Worker here has an attribute `selected_language"),
    ('"es" NOT IN "languages"', '"languages" in quotes is a text, not the attribute'),
    ('"languages" HAS "en"', '"languages" in quotes is a text, not the attribute'),
    ("1==1", "It reads no attribute, so it's the same for everybody"),
    ('languages != "es"', "languages is a list: != is always false on a list"),
    ('languages == "en"', "languages is a list: == is always false on a list"),
    ('languages NOT IN ["es"]', "languages is a list: NOT IN looks for a single value"),
    ('languages CONTAINS "en"', "CONTAINS looks inside a text; use HAS"),
    ("languages HAS en", "en is missing (null)"),
    ('"ES" NOT IN languages', 'Alice\'s list has no "ES". Spanish is "es" there'),
    ('"Spanish" NOT IN languages', 'Alice\'s list has no "Spanish"'),
    ('friendly_name == "Bob"', "`friendly_name` is about one person, not about languages"),
    ('friendly_name != "Alice"', "`friendly_name` is about one person, not about languages"),
    ('name == "Bob"', "`Bob` is about one person, not about languages"),
    ('"es" NOT IN languages AND "en" IN languages', "matches Bob, but not a new colleague who speaks only French"),
    ("languages HAS", "isn't a valid expression. TaskRouter says:"),
    ('languages NOT HAS "es"', "Use NOT only with IN"),
    ('NOT languages HAS "es"', "isn't a valid expression. TaskRouter says:"),
    ("without es", "isn't a valid expression. TaskRouter says:"),
    ("“es” NOT IN languages", "“ at character 1 means nothing here and is dropped. Use straight quotes"),
    ("", "`without_spanish` is an empty text"),
    (7, "`without_spanish` is a number; this exercise needs text"),
    (["en", "es"], "`without_spanish` is a list"),
    ({"languages": "en"}, "`without_spanish` is a dictionary"),
    (lambda desk: desk.workspace.workers.list()[0], "`without_spanish` is a Worker; this exercise needs text"),
]

PLACES = [
    (..., "`goes_to` is still `...`"),
    (case(b=...), '`goes_to["b"]` is still `...`'),
    (case(c="Spanish"), "Task c doesn't go to the Spanish queue. The filters read `selected_language`, and this"),
    (case(d="Spanish"), 'Task d doesn\'t go to the Spanish queue. "ES" isn\'t "es"'),
    (case(a="English"), 'Task a doesn\'t go to the English queue. Its `selected_language` is "es"'),
    (case(a="canceled"), "Task a matches a filter. Its `selected_language`"),
    (case(b="nowhere"), 'Task b matches a filter. Its `selected_language` is "en", as filter 2 asks'),
    (case(b=None), "No filter reads the other attribute"),
    ({"a": "Spanish", "b": "English", "c": "nowhere"}, "The letter d is missing"),
    ({}, "The letters a, b, c and d are missing"),
    (case(e="nowhere"), "There is no Task 'e' in this exercise"),
    (case(c="es"), "`goes_to[\"c\"]` is 'es', the value of the attribute"),
    (case(a="Alice"), "`goes_to[\"a\"]` is 'Alice', a Worker. A filter chooses a queue"),
    (case(a="Spansh"), "`goes_to[\"a\"]` is 'Spansh'. Did you mean “Spanish”?"),
    (case(c="French"), "`goes_to[\"c\"]` is 'French'. Write"),
    (case(c=""), "`goes_to[\"c\"]` is ''. Write"),
    (case(c=404), '`goes_to["c"]` is a number. Write'),
    (case(a=["Spanish"]), '`goes_to["a"]` is a list. Write'),
    ("Spanish", "`goes_to` is text. Write a dictionary with the letters a to d"),
    (["Spanish", "English", "nowhere"], "`goes_to` is a list. Write a dictionary with the letters a to d"),
    (["Spanish", "English", "Spanish", "nowhere"], "Task c doesn't go to the Spanish queue"),
    (None, "`goes_to` is nothing (`None`)"),
    (lambda desk: case(c=desk.story.spanish_queue_sid), "Task c doesn't go to the Spanish queue"),
    (lambda desk: case(a=desk.story.alice_sid), "'Alice', a Worker. A filter chooses a queue"),
]


def two_arguments(callback, worker):
    return {}


def no_argument():
    return {"instruction": "accept"}


async def waits(callback):
    return {}


def yields(callback):
    yield {"instruction": "accept"}


def compares_text_with_list(callback):
    same = callback.task_attributes["selected_language"] == callback.worker_attributes["languages"]
    return {"instruction": "accept"} if same else {}


def knows_spanish_only(callback):
    return {"instruction": "accept"} if "es" in callback.worker_attributes["languages"] else {}


def rejects_the_others(callback):
    speaks = callback.task_attributes["selected_language"] in callback.worker_attributes["languages"]
    return {"instruction": "accept" if speaks else "reject"}


def decides_the_other_way(callback):
    speaks = callback.task_attributes["selected_language"] in callback.worker_attributes["languages"]
    return {} if speaks else {"instruction": "accept"}


def reads_json_as_dictionary(callback):
    return callback["TaskAttributes"]["selected_language"]


def leaves(callback):
    raise SystemExit


DECISIONS = [
    ("accept", "`accept_same_language` is text, not a function"),
    ({"instruction": "accept"}, "accept_same_language` is a dictionary, not a function. Pass the function itself"),
    (None, "accept_same_language` is nothing (`None`), not a function. Pass the function itself"),
    (two_arguments, "can't be called with one argument. Begin with `def accept_same_language(callback):"),
    (no_argument, "can't be called with one argument"),
    (waits, "is an `async def`, which only makes a coroutine"),
    (yields, "your function returned a generator. Write a plain `def` with a `return`"),
    (lambda callback: {"instruction": "accept"}, "who speaks ['en'], your function returned {'instruction': 'accept'}"),
    (lambda callback: {}, "your function returned {}. The Worker speaks this language, so"),
    (lambda callback: print(end=""), "your function returned None. The Worker speaks this language, so"),
    (compares_text_with_list, "your function returned {}. The Worker speaks this language, so"),
    (knows_spanish_only, "For a Task in 'en' and a Worker who speaks ['en'], your function returned {}"),
    (rejects_the_others, "It should return {}, which means later"),
    (decides_the_other_way, "The Worker speaks this language, so"),
    (lambda callback: True, "your function returned True. The reply is of type bool"),
    (lambda callback: "accept", "your function returned 'accept'. The reply is the text 'accept'"),
    (lambda callback: json.dumps({"instruction": "accept"}), "The reply is the text"),
    (lambda callback: {"accept": True}, 'has no "instruction"'),
    (lambda callback: {"instruction": "accepted"}, "There's no instruction 'accepted' (error 55555). Did you mean"),
    (lambda callback: callback.task_attributes["language"], "stops with KeyError: 'language'"),
    (lambda callback: callback.attributes, "stops with AttributeError"),
    (reads_json_as_dictionary, "The value before the brackets is a string"),
    (lambda callback: callback["task_attributes"], 'Write `callback["TaskAttributes"]'),
    (lambda callback: undefined, "stops with NameError: name 'undefined' is not defined"),  # noqa: F821
    (leaves, "stops with SystemExit"),
]

SPANISH = '{"selected_language": "es"}'

BUGS = [
    ((..., SPANISH), "`ends_as` is still `...`"),
    (("canceled", ...), "`payload` is still `...`"),
    (("pending", SPANISH), "A pending Task waits in a queue, and this Task isn't in one"),
    (("reserved", SPANISH), "TaskRouter reserves a Worker for a Task in a queue"),
    (("assigned", SPANISH), "Nobody can accept this Task"),
    (("completed", SPANISH), "Nobody worked on this Task"),
    (("rejected", SPANISH), "A Reservation is rejected, and this Task has none"),
    (("failed", SPANISH), "Nothing fails here, and “failed” isn't"),
    (("error", SPANISH), "There is no error, and “error” isn't"),
    (("201", SPANISH), "That's the HTTP status of the response"),
    (("nowhere", SPANISH), "That's where the Task goes, not its `assignment_status"),
    (("cancelde", SPANISH), "which isn't an `assignment_status`. Twilio spells it canceled"),
    (("it is canceled", SPANISH), "Write only the status"),
    ((201, SPANISH), "`ends_as` is a number; this exercise needs text"),
    ((None, SPANISH), "`ends_as` is nothing (`None`)"),
    ((SPANISH, "canceled"), "which isn't an `assignment_status`"),
    (("canceled", {"selected_language": "es"}), "and the library sends only its keys"),
    (("canceled", "{'selected_language': 'es'}"), "which isn't JSON"),
    (("canceled", '{"selected_language": "es"'), "which isn't JSON"),
    (
        ("canceled", "es"),
        "which isn't JSON: Expecting value: line 1 column 1 (char 0). Attributes",
    ),
    (("canceled", "attributes"), "Attributes are a JSON object"),
    (("canceled", '"es"'), "`payload` is the JSON of a text"),
    (("canceled", json.dumps(SPANISH)), "`payload` is the JSON of a text"),
    (("canceled", '["selected_language", "es"]'), "`payload` is a list in JSON, and attributes are an object"),
    (("canceled", '{"type":"support"}'), "No filter matches {'type': 'support'}: `selected_language` is missing"),
    (("canceled", '{"language": "es"}'), "`payload` has `language`, but the filters read `selected_language"),
    (
        ("canceled", '{"selected_langauge": "es"}'),
        "`payload` has `selected_langauge`, but the filters read `selected_language",
    ),
    (("canceled", '{"selected_language": "en"}'), "`selected_language` is 'en', and the filter for Spanish"),
    (("canceled", '{"selected_language": "ES"}'), "`selected_language` is 'ES', and the filter for Spanish"),
    (("canceled", '{"selected_language": ["es"]}'), "`selected_language` is ['es'], and the filter for Spanish"),
    (("canceled", None), "`payload` is nothing (`None`)"),
    (("canceled", ""), "`payload` is an empty text"),
    (("canceled", '{"selected_language": "es", "age": NaN}'), "which isn't JSON: it has no NaN"),
]

NEXT = [
    (..., "`who_next` is still `...`"),
    ("Alice", "Alice matches the queue and is available, but her pending Reservation uses all of her capacity."),
    ("alice ", "but her pending Reservation uses all of her capacity."),
    (lambda desk: desk.story.alice_sid, "but her pending Reservation uses all of her capacity."),
    (
        lambda desk: desk.workspace.workers(desk.story.alice_sid).fetch(),
        "but her pending Reservation uses all of her capacity.",
    ),
    ("nobody", "TaskRouter reserves somebody: one Worker matches the queue"),
    ("no one", "TaskRouter reserves somebody"),
    (None, "TaskRouter reserves somebody"),
    ([], "TaskRouter reserves somebody"),
    ("both", "'both' isn't one name, and TaskRouter offers this Task to one Worker"),
    ("Alice and Bob", "isn't one name"),
    (["Alice", "Bob"], "isn't one name"),
    ("Bob, because Alice has no room", "'Bob, because Alice has no room' isn't one name"),
    ("English", "'English' is none of the three"),
    ("Customer Care Requests - English", "is none of the three"),
    (5, "`who_next` is a number; this exercise needs text"),
    (True, "`who_next` is `True`"),
    ("", "`who_next` is an empty text"),
    ({"Bob": 1}, "`who_next` is a dictionary"),
    (lambda desk: desk.story.spanish_queue_sid, "is none of the three"),
    (lambda desk: desk.workspace.workers(desk.story.bob_sid), "a reference to a Worker that isn't fetched yet"),
]
