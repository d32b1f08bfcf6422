"""JSON as text: what is wrong is found and said, and what is right is written in another way without a change."""

from __future__ import annotations

import random
from typing import Any

from tests.unit.emulator.display.in_node import evaluate

IMPORTS = 'import { compact, lengthOf, pretty, problemOf, settingOf } from "./static/code/json_text.js";\n'
PIECES = [
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    '"a"',
    '"b\\n"',
    '"\\u00e9😀"',
    "1",
    "-1.50e3",
    "01",
    "true",
    "nul",
    " ",
    "\n",
    "'",
    "é",
]


def ask(expression: str, given: object, folder: Any) -> Any:
    """Return the value of an expression of JavaScript in which ``given`` stands for what is given."""
    return evaluate(f"{IMPORTS}console.log(JSON.stringify({expression}));", folder, given)


def any_texts() -> list[str]:
    """Texts of all kinds: values, and values in which pieces are missing, too many or elsewhere."""
    chance = random.Random("any JSON")

    def value(depth: int) -> str:
        kind = chance.choice(["object", "list", "scalar", "scalar"]) if depth else "scalar"
        if kind == "scalar":
            return chance.choice(["1", "-1.50e3", "12345678901234567890", "true", "null", '"x"', '"\\u00e9 😀 \\\\"'])
        inner = [value(depth - 1) for _ in range(chance.randrange(4))]
        if kind == "list":
            return f"[ {' , '.join(inner)}]"
        return "{" + ",\n\t".join(f'"n{number}" : {each}' for number, each in enumerate(inner)) + "}"

    good = [f'{{"all": {value(4)}}}' for _ in range(200)]
    bad = []
    for text in good * 5:
        at = chance.randrange(len(text))
        bad.append(text[:at] + chance.choice(PIECES) + text[at + chance.randrange(3) :])
    return [*good, *bad, *("".join(chance.choices(PIECES, k=6)) for _ in range(2000))]


WRONG = {
    "{\n  languages: 1}": "Line 2: this isn't valid JSON. Names and texts need double quotes.",
    '{"a": es}': "Line 1: this isn't valid JSON. Names and texts need double quotes.",
    "{\n  \"a\": 'es'}": "Line 2: this isn't valid JSON. Names and texts need double quotes.",
    '{\n  "a": 1\n  "b": 2\n}': "Line 2: this isn't valid JSON. A comma is missing.",
    '{"a": 1,\n}': "Line 2: this isn't valid JSON. Take the comma before } away.",
    '{"a": [1, 2}': "Line 1: this isn't valid JSON. } can't stand here: a comma or ] is expected.",
    '{"a" 1}': 'Line 1: this isn\'t valid JSON. A colon is missing after "a".',
    '{"a": 1': "Line 1: this isn't valid JSON. The end is missing: add }.",
    '{"a": "x\n"}': "Line 1: this isn't valid JSON. This text doesn't end: add a double quote.",
    '{"a": True}': "Line 1: this isn't valid JSON. JSON writes true, not True.",
    '{"a": 1} b': (
        "Line 1: this isn't valid JSON. There's text after the end. Remove it, or add the bracket that opens it."
    ),
    "[1]": "This must be an object: start with {.",
    " ": "This is empty. Write {} if there are no attributes.",
    "[" * 5000: "Line 1: this isn't valid JSON. This is nested too deeply.",
}
"""Texts that aren't JSON objects, with what is said of them."""

SET = {
    ("", "vip", True): '{\n  "vip": true\n}',
    ("{}", "language", "es"): '{\n  "language": "es"\n}',
    ('{\n  "a": 1.0\n}', "language", "es"): '{\n  "a": 1.0,\n  "language": "es"\n}',
    ('{"language": ["en"], "n": 9007199254740993}', "language", "es"): '{"language": "es", "n": 9007199254740993}',
    ('{"customer": {"tier": 1}}', "customer.tier", 2): '{"customer": {"tier": 2}}',
    ('{"customer": 1}', "customer.tier", 2): '{"customer": {"tier":2}}',
}
"""Texts, the attribute that is set in them, its value, and the text then."""


def test_it_agrees_with_the_browser_on_what_json_is(tmp_path, without_node):
    """For 3,200 texts, good and bad: an object or not, as JSON.parse says; other spacing, the same value."""
    if without_node:
        return
    differing = ask(
        """given.filter((text) => {
          let value;
          try { value = JSON.parse(text); } catch { value = null; }
          const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
          if (isObject !== (problemOf(text) === null)) return true;
          if (!isObject) return false;
          const short = compact(text);
          return /[\\n\\t]/.test(short) || compact(pretty(text)) !== short || pretty(short) !== pretty(text)
            || JSON.stringify(JSON.parse(short)) !== JSON.stringify(value);
        })""",
        any_texts(),
        tmp_path,
    )

    assert differing == []


def test_what_is_wrong_is_said_with_its_line(tmp_path, without_node):
    """The sentence names the line and what mends it."""
    if without_node:
        return
    said = ask("given.map((text) => problemOf(text).words)", list(WRONG), tmp_path)

    assert said == list(WRONG.values())


def test_setting_an_attribute_leaves_all_else(tmp_path, without_node):
    """The rest of the text stays as it was typed, digits of large numbers included."""
    if without_node:
        return
    changes = ask("given.map((each) => settingOf(...each))", list(SET), tmp_path)

    pairs = zip((text for text, _, _ in SET), changes, strict=True)
    after = [text[: change["start"]] + change["text"] + text[change["end"] :] for text, change in pairs]
    assert after == list(SET.values())


def test_text_that_is_not_json_is_left_alone(tmp_path, without_node):
    """Nothing is set in it, and it is sent and shown as it is; characters are counted as TaskRouter does."""
    if without_node:
        return
    assert ask('[settingOf(given, "a", 1), compact(given), pretty(given)]', "{a", tmp_path) == [None, "{a", "{a"]
    assert ask("lengthOf(given)", "é😀\n", tmp_path) == 3
