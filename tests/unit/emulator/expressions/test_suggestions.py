"""Where a likely intention is known, the error says what to write instead."""

from __future__ import annotations

import pytest

from helpers.emulator.expressions import ExpressionError, Scope, parse, parse_order_by


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        ("skill-level > 3", "Rename the attribute skill-level to skill_level"),
        ("customer.skill-level > 3", "Rename the attribute customer.skill-level to customer.skill_level"),
        ("n - 1 > 3", "no arithmetic"),
        ("n + 1 > 3", "no arithmetic"),
        ("skills HAVE 'x'", "Did you mean HAS?"),
        ("skills INCLUDES 'x'", "Did you mean HAS?"),
        ("name CONTAIN 'x'", "Did you mean CONTAINS?"),
        ("lang NOTIN ['es']", "Did you mean NOT IN?"),
        ("lang IS 'es'", "Did you mean ==?"),
        ("lang NOT 'es'", "Use NOT only with IN"),
        ("NOT flag == true", "Don't write NOT before a clause"),
        ("!flag", "! or NOT"),
        ("flag", "flag == true"),
        ("a == 1 && b == 2", "Write AND instead of &&."),
        ("a == 1 & b == 2", "Write AND instead of &."),
        ("a == 1 || b == 2", "Write OR instead of ||."),
        ("a == 1 ANDD b == 2", "Join clauses with AND or OR"),
        ("a === 1", "Write ==."),
        ("a => 1", "Write >=."),
        ("a =< 1", "Write <=."),
        ("a <> 1", "Write !=."),
        ("x IN ['a']' AND m == 'Yes'", "Is there one quote ' too many?"),
        ("988ENsk == 1", "A name can't start with a digit"),
        ("(a == 1, b == 2)", "Use commas only inside lists"),
        ("name == Alice Smith", "Put quotes around a text"),
        ("name == 'Alice", "no closing quote"),
        ("'langs HAS \"es\"'", "Remove the quotes at both ends"),
        ('lang == \\"es\\"', "copied this from JSON"),
        ("(n > 1", "Close it with )"),
        ("n > 1)", "This ) closes nothing"),
        ("n IN ['x',]", "with a comma"),
        ("n IN [[1]]", "A list can"),
        ("n IN [es]", "Text in a list needs quotes: ['es']. An attribute has no brackets: IN es."),
        ("n IN ['en', es]", "Text in a list needs quotes: ['es']."),
        ("n IN [,]", "A list can hold texts in quotes, numbers, true, false and null"),
        ("n IN ['en' 'es']", "Put a comma between two values"),
        ("n IN ['en';'es']", "Put a comma between two values"),
        ("n IN ['en', 'es'", "Close it with ]."),
        ("n IN [", "Close it with ]."),
        ("o['p'] == 1", "a deeper key with a dot"),
        ("o..p == 1", "a dot between two keys"),
        ("o == {}", "no objects"),
        ("n >", "A value is missing here"),
        ("n > 1 AND", "A clause is missing here"),
        ("", "1==1 for always"),
    ],
)
def test_suggestion_names_the_way_out(text: str, advice: str) -> None:
    """The suggestion speaks of what was most likely meant."""
    with pytest.raises(ExpressionError) as caught:
        parse(text, scope=Scope.TASK)

    assert advice in (caught.value.suggestion or "")


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        ("worker.level", "ASC or DESC"),
        ("worker.level DOWN", "ASC or DESC"),
        ("worker.a ASC worker.b ASC", "Put a comma"),
        ("level DESC", "worker.level DESC"),
        ("", "worker.level DESC"),
    ],
)
def test_order_by_suggestion_names_the_way_out(text: str, advice: str) -> None:
    """An order_by is advised in its own terms."""
    with pytest.raises(ExpressionError) as caught:
        parse_order_by(text)

    assert advice in (caught.value.suggestion or "")
