"""A Workflow's configuration, compiled."""

from __future__ import annotations

import gc
import json
import tracemalloc

import pytest

from helpers.emulator.engine.model.refusals import Invalid
from helpers.emulator.engine.model.workflow_configuration import RoutingPlan, compact_configuration, read_plan


def configuration(number: int, note: str) -> str:
    return json.dumps({"task_routing": {"default_filter": {"queue": f"WQ{number}", "note": note}}})


def plans_in_memory() -> int:
    gc.collect()
    return sum(isinstance(each, RoutingPlan) for each in gc.get_objects())


def test_same_text_is_compiled_once() -> None:
    """Routing asks for a plan at every step."""
    text = configuration(0, "")

    assert read_plan(text) is read_plan(text)


def test_large_plans_are_forgotten() -> None:
    """However many configurations of the largest size are sent, few are remembered: a plan may take 100 MB."""
    before = plans_in_memory()
    for number in range(20):
        read_plan(configuration(number, "x" * 1_000_000))

    assert plans_in_memory() - before <= 4


def test_remembered_ones_push_out_only_as_much_as_they_take() -> None:
    """Four of the largest size fit; a small one beside them does not make all of them be read again."""
    largest = [configuration(100 + number, "x" * 1_000_000) for number in range(4)]
    plans = [read_plan(text) for text in largest]
    read_plan(configuration(200, ""))

    assert [read_plan(text) for text in reversed(largest)] == plans[::-1]
    assert all(read_plan(text) is plan for text, plan in zip(largest, plans, strict=True))


def test_what_is_stored_is_read_once() -> None:
    """The text as given and the text as stored are one configuration, however long its expressions are."""
    spaced = json.dumps(
        {"task_routing": {"filters": [{"expression": "a == 7", "targets": [{"queue": "WQ7"}]}]}}, indent=1
    )
    stored = compact_configuration(spaced)

    assert stored != spaced
    assert compact_configuration(spaced) is stored
    assert read_plan(stored).filters[0].expression.text == "a == 7"


@pytest.mark.parametrize(
    ("given", "stored"),
    [
        ("[ 1.50, 1e9 ,1E+2, 123456789012345678901234567890]", "[1.50,1e9,1E+2,123456789012345678901234567890]"),
        ('{"a" : 1 , "a" : 2}', '{"a":1,"a":2}'),
        (r'"espa\u00f1ol \ud83d\ude00 http:\/\/a"', '"español 😀 http://a"'),
        (r'["\\u00f1", "\"\\\/", "\n\u000a\u0001"]', r'["\\u00f1","\"\\/","\n\n\u0001"]'),
        (" [ { } , [ ] , null , true ] ", "[{},[],null,true]"),
    ],
)
def test_stored_text_is_as_it_was_given(given: str, stored: str) -> None:
    """Without white space, and without escapes that say nothing."""
    head = '{"task_routing":{"default_filter":{"queue":"WQ7"}},"more":'

    assert compact_configuration(f"{head}{given}}}") == f"{head}{stored}}}"


def test_what_nobody_asks_for_is_not_built() -> None:
    """A hundred thousand lists would take five megabytes, and nobody could do anything meanwhile."""
    lists = ",".join(["[" * 450 + "]" * 450] * 220)
    text = f'{{"task_routing": {{"default_filter": {{"queue": "WQ8", "x": [{lists}]}}}}, "lists": [{lists}]}}'
    tracemalloc.start()
    compact_configuration(text)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert peak < 5 * len(text)


FILTER = '{{"task_routing": {{"filters": [{{"expression": "1==1", "targets": {}}}]}}}}'


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[1]", "Configuration must be an object. Received: [1]"),
        ("{}", "task_routing must be an object. Received: null"),
        ('{"task_routing": [ 1 ]}', "task_routing must be an object. Received: [1]"),
        ('{"task_routing": {"filters": {}}}', "task_routing.filters must be a list. Received: {}"),
        ('{"task_routing": {"filters": [null]}}', "filters[0] must be an object. Received: null"),
        ('{"task_routing": {"filters": [{}]}}', "filters[0].expression must be an expression. Received: null"),
        ('{"task_routing": {"filters": [{"expression": 1}]}}', "filters[0].expression must be an expression"),
        (FILTER.format("[]"), "filters[0].targets must be a list with at least one target. Received: []"),
        (FILTER.format("null"), "filters[0].targets must be a list with at least one target. Received: null"),
        (FILTER.format("[{}]"), "filters[0].targets[0].queue must be a TaskQueue SID. Received: null"),
        (FILTER.format('[{"queue": "WQ1"}, 1]'), "filters[0].targets[1] must be an object. Received: 1"),
        (FILTER.format('[{"queue": "WQ1", "timeout": 0}]'), "filters[0].targets[0].timeout must be an integer from 1"),
        (FILTER.format('[{"queue": "WQ1", "priority": true}]'), "targets[0].priority must be an integer from 0"),
        (FILTER.format('[{"queue": "WQ1", "priority": 1.0}]'), "targets[0].priority must be an integer from 0"),
        (FILTER.format('[{"queue": "WQ1", "priority": "1e3"}]'), "targets[0].priority must be an integer from 0"),
        (FILTER.format('[{"queue": "WQ1", "order_by": []}]'), "targets[0].order_by must be text. Received: []"),
        (FILTER.format('[{"queue": "WQ1", "known_worker_sid": 1}]'), "known_worker_sid must name a task attribute"),
        (FILTER.format(f'[{{"queue": "1", "known_worker_sid": "task.{"a" * 9000}"}}]'), "must name a task attribute"),
        ('{"task_routing": {"default_filter": 1}}', "default_filter must be an object. Received: 1"),
        ('{"task_routing": {"default_filter": {"queue": 1}}}', "default_filter.queue must be a TaskQueue SID"),
        (f'{{"task_routing": {"[" * 900 + "]" * 900}}}', "task_routing must be an object. Received: [[[[[[[["),
        ("[" * 1_000_000, "Configuration is nested too deeply"),
        ('{"task_routing": "http://a:b@c"}', 'Received: "http://***@c"'),
    ],
)
def test_refusal_names_the_place(text: str, words: str) -> None:
    """What stands where, and what should."""
    with pytest.raises(Invalid) as refused:
        compact_configuration(text)

    assert words in refused.value.message


def test_null_and_empty_text_are_nothing() -> None:
    """A target without a queue takes that of the one before; what is no name is none."""
    targets = '[{"queue": "WQ1", "timeout": "5", "priority": ""}, {"queue": "", "timeout": null, "expression": ""}]'
    rule = f'{{"filter_friendly_name": 1, "friendly_name": "Care", "expression": "1==1", "targets": {targets}}}'
    plan = read_plan(f'{{"task_routing": {{"filters": [{rule}], "default_filter": null}}}}')

    assert [(each.queue_sid, each.timeout, each.priority) for each in plan.filters[0].targets] == [
        ("WQ1", 5, None),
        ("WQ1", None, None),
    ]
    assert (plan.filters[0].name, plan.default) == ("Care", None)
