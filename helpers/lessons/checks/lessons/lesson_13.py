"""Lesson 13: a service level, the cheapest staff that reaches one, and offers that are ignored.

The checks of 13.2 and 13.3 simulate the answer, so that each figure they tell is one that came out.
"""

from __future__ import annotations

import re

from helpers.emulator.display.value_kinds import kind
from helpers.emulator.engine.model.defaults import RESERVATION_TIMEOUT
from helpers.lessons.checks.answers import normalize, spell
from helpers.lessons.checks.exercise_hints import Hints
from helpers.lessons.checks.verdict import NotYet
from helpers.rushhour import RushHour, rush_hour
from helpers.rushhour.simulation import ANSWER_SECONDS
from helpers.rushhour.staff import COSTS

__all__ = ["CHECKS", "HINTS"]

_NUMBER = re.compile(r"-?\d+(\.\d+)?")
_PERCENT = re.compile(r"\s*(%|percent)$")


def _read_number(answer: object) -> float | None:
    """Return the number that the answer is, or that stands in it as text with or without a percent sign; else None."""
    if isinstance(answer, bool):
        return None
    if isinstance(answer, int | float):
        return float(answer)
    written = _PERCENT.sub("", normalize(answer)) if isinstance(answer, str) else ""
    return float(written) if _NUMBER.fullmatch(written) else None


_LEVELS = {
    6: "6 is how many customers waited at most 60 s. The service level is their share, in percent.",
    5: "5 is how many customers waited less than 60 s. Within 60 s means up to 60 s, and the answer is in percent.",
    4: "4 is how many customers waited longer than 60 s. The service level is the share of the others, in percent.",
    0.4: "that's the share of those who waited longer.",
    30: "more than three of the ten waited 60 s or less. Count them again.",
    40: "that's the share of those who waited longer.",
    50: "you left out the customer who waited exactly 60 s. Within 60 s means up to 60 s.",
    0.5: "you left out the customer who waited exactly 60 s. Within 60 s means up to 60 s.",
    59.5: "that's the median wait, in seconds. The service level is a share of customers.",
    63.5: "that's the mean wait, in seconds. The service level is a share of customers.",
    70: "61 s isn't within 60 s.",
    0.7: "61 s isn't within 60 s.",
    90: "that's the wait that nine of ten customers didn't exceed, in seconds: the 90th percentile.",
    100: "some customers waited longer than 60 s, one of them 200 s.",
    200: "that's the longest wait, in seconds.",
}
"""Answers to 13.1 that say what was done, each with the reason."""
_COUNT_THEM = "Count the waits that are 60 s or less. There are ten waits in all."


def tells_the_service_level(service_level: object) -> str:
    """13.1: the share of ten waits that are within 60 s."""
    number = _read_number(service_level)
    if number is None:
        if isinstance(service_level, str) and re.search(r"\d\s*s", service_level):
            raise NotYet(
                f"`service_level` is {spell(service_level)}: a time.", "It's a share of customers, in percent."
            )
        raise NotYet(
            f"`service_level` is {_name_kind(service_level)}; this exercise needs a number.",
            "Write the share in percent, such as 75.",
        )
    if number in (60, 0.6):
        return "six of ten customers waited 60 s or less: a service level of 60 % within 60 s."
    if reason := _LEVELS.get(number):
        raise NotYet(f"It isn't {number:g}: {reason}", pointer=_COUNT_THEM)
    if not 0 <= number <= 100:
        raise NotYet(f"{number:g} can't be a share: it has to be from 0 to 100 percent.", pointer=_COUNT_THEM)
    raise NotYet(f"It isn't {number:g} percent.", "How many of the ten waited 60 s or less?", pointer=_COUNT_THEM)


def _name_kind(answer: object) -> str:
    return spell(answer) if isinstance(answer, str) and answer.strip() else kind(answer)


_GOAL = 75
"""Service level within 60 s that 13.2 asks for, in both languages."""
_CHEAPEST = 140
"""Least cost with which the goal is reached; a test tries all staffs."""
_MOST_STAFF = 4
_HARD_TO_READ = {"tempenglish": "temp English", "tempboth": "temp both", "course": "course"}
_NAMES = '"temp English", "temp both" and "course"'


def _small_day(*staff: str, timeout: int = RESERVATION_TIMEOUT, back_after: int = 0, ignore_every: int = 0) -> RushHour:
    """Return the lesson's small day: 120 customers in two hours."""
    return rush_hour(*staff, customers=120, hours=2, timeout=timeout, back_after=back_after, ignore_every=ignore_every)


def finds_the_cheapest_staff(staff: object) -> str:
    """13.2: what to add to Alice and Bob, so that both languages reach the service level for least money."""
    added = _read_staff(staff)
    cost = sum(COSTS[name] for name in added)
    if added.count("course") > 1:
        raise NotYet("`staff` has the course twice.", "Bob can learn Spanish once.")
    if len(added) > _MOST_STAFF:
        raise NotYet(f"`staff` has {len(added)} entries, for {cost}.", f"There is a way for {_CHEAPEST}.")
    day = _small_day(*sorted(added))
    spanish, english = (day.figures[language].service_level for language in ("es", "en"))
    seen = f"Spanish {spanish:.0f} %, English {english:.0f} %"
    if min(spanish, english) < _GOAL:
        raise NotYet(f"{seen}: {_describe_miss(spanish, english)}", _explain_miss(added), pointer=_point(added))
    if cost > _CHEAPEST:
        raise NotYet(f"It works ({seen}), for {cost}.", f"There is a way for {_CHEAPEST}.", pointer=_ONE_IS_ENOUGH)
    return f"{seen}, for {cost}. Nothing cheaper reaches {_GOAL} % in both languages on this day."


_ONE_IS_ENOUGH = "Try each of the three alone before you combine them."


def _read_staff(staff: object) -> list[str]:
    """Return the answer as names of staff, as :data:`COSTS` spells them."""
    if isinstance(staff, str):
        known = _HARD_TO_READ.get(_squeeze(staff))
        if known:
            raise NotYet("`staff` is text; this exercise needs a list.", f'Write it in brackets: `["{known}"]`.')
        raise NotYet("`staff` is text; this exercise needs a list.", 'Write a list such as `["course"]`.')
    if isinstance(staff, RushHour):
        raise NotYet("`staff` is what `rush_hour` returned.", 'Write the list of names, such as `["course"]`.')
    if isinstance(staff, dict) or not isinstance(staff, list | tuple | set | frozenset):
        raise NotYet(f"`staff` is {kind(staff)}; this exercise needs a list.", 'Write a list such as `["course"]`.')
    return [_read_one(each) for each in staff]


def _read_one(name: object) -> str:
    if not isinstance(name, str):
        raise NotYet(f"`staff` has {kind(name)} in it.", f"The three are {_NAMES}.")
    known = _HARD_TO_READ.get(_squeeze(name))
    if known is None:
        raise NotYet(f"{spell(name)} isn't one of the three.", f"They are {_NAMES}.")
    return known


def _squeeze(name: str) -> str:
    return re.sub(r"[\s_-]", "", normalize(name))


def _describe_miss(spanish: float, english: float) -> str:
    if max(spanish, english) < _GOAL:
        return f"both miss {_GOAL} %."
    language = "Spanish" if spanish < _GOAL else "English"
    return f"{language} misses {_GOAL} %."


def _explain_miss(added: list[str]) -> str:
    if not added:
        return "Alice and Bob alone can't reach it."
    if "course" in added and len(added) == 1:
        return "Nobody was added, and the desk is short of time."
    if set(added) == {"temp English"}:
        cost = f" And that costs {sum(COSTS[each] for each in added)}." if len(added) > 1 else ""
        return f"Only Alice speaks Spanish.{cost}"
    return "Look at the language that misses it."


def _point(added: list[str]) -> str:
    if set(added) <= {"course"}:
        return "Under “Who should it be?”, compare how many customers each Worker serves. Who has time left?"
    return "Alice is the only one who speaks Spanish. What changes if a second Worker does?"


_MOST_SECONDS = 400
"""Mean wait of Spanish customers that 13.3 asks to stay below."""
_LEAST_TIMEOUT = 15
_LONGER = f"Let it last {_LEAST_TIMEOUT} s at least, so that nobody has to hurry."
_LONGEST = {"timeout": 600, "back_after": 3600}


def tames_ignored_offers(policy: object) -> str:
    """13.3: a timeout, and a time after which a Worker is back, with which Spanish customers wait less than 400 s."""
    timeout, back_after = _read_policy(policy)
    if timeout <= ANSWER_SECONDS:
        wrong = f"with a timeout of {timeout} s nobody can answer: answering takes {ANSWER_SECONDS} s."
        raise NotYet(wrong, _LONGER)
    day = _small_day(timeout=timeout, back_after=back_after, ignore_every=10)
    wait = day.figures["es"].mean
    seen = f"Spanish customers wait {wait:,.0f} s on average"
    if timeout < _LEAST_TIMEOUT:
        raise NotYet(f"{seen}, but an offer ends after {timeout} s.", _LONGER)
    if wait >= _MOST_SECONDS:
        reason = _describe_policy(timeout, back_after, day.timeouts)
        raise NotYet(f"{seen}: {reason}", pointer=_point_to_policy(timeout, back_after))
    return (
        f"{seen}, and {day.timeouts} offers were ignored. Your application can do that: when the event "
        "`reservation.timeout` arrives, it asks the Worker “Still there?”."
    )


def _read_policy(policy: object) -> tuple[int, int]:
    """Return timeout and time until a Worker is back, in whole seconds."""
    example = 'Write `{"timeout": 60, "back_after": 60}` with your numbers.'
    if isinstance(policy, list | tuple) and len(policy) == 2:
        policy = dict(zip(_LONGEST, policy, strict=True))
    if not isinstance(policy, dict):
        raise NotYet(f"`policy` is {kind(policy)}; this exercise needs a dictionary.", example)
    for key in policy:
        if not isinstance(key, str) or key not in _LONGEST:
            raise NotYet(f"`policy` has a key {spell(key)}, which isn't one of the two.", example)
    for key in _LONGEST:
        if key not in policy:
            raise NotYet(f"`policy` has no `{key}`.", example)
    return _read_seconds("timeout", policy["timeout"]), _read_seconds("back_after", policy["back_after"])


def _read_seconds(key: str, value: object) -> int:
    if value is None and key == "back_after":
        raise NotYet(
            "`back_after` is `None`: then nobody ever sets the Worker Idle again.",
            "After two ignored offers, Alice and Bob could both be Offline for good.",
        )
    number = _read_number(value)
    if number is None:
        raise NotYet(f"`{key}` is {_name_kind(value)}; it has to be a number of seconds.", "Write, for example, 60.")
    if number < 0:
        raise NotYet(f"`{key}` can't be negative.", "Nothing happens before the offer has timed out.")
    if number != number or number > _LONGEST[key]:
        raise NotYet(f"`{key}` is {number:g}.", f"Try at most {_LONGEST[key]} s: customers wait meanwhile.")
    if number != int(number):
        raise NotYet(f"`{key}` is {number:g}.", "Write whole seconds.")
    return int(number)


def _describe_policy(timeout: int, back_after: int, ignored: int) -> str:
    if back_after >= 300:
        lost = f"{ignored * timeout:,} s until they timed out, and {ignored * back_after:,} s"
        return f"{ignored} ignored offers cost {lost} of Workers who were Offline."
    if timeout > back_after:
        return "while an offer is ignored, its customer waits for nobody, and its Worker helps nobody."
    return f"it has to be less than {_MOST_SECONDS} s. How soon could the Worker be back?"


def _point_to_policy(timeout: int, back_after: int) -> str:
    if back_after > timeout:
        return "Compare the two days under “How long does nobody notice?”. Which of the two numbers differs?"
    return "Compare the two timeouts under “Is a longer timeout kinder?”. Which one is better, and why?"


CHECKS = {
    "13.1": tells_the_service_level,
    "13.2": finds_the_cheapest_staff,
    "13.3": tames_ignored_offers,
}

HINTS = {
    "13.1": Hints(
        nudge="Which of the ten waits are within 60 s, and is 60 s one of them?",
        pointer="Read again what a service level is, under “Let a Saturday pass”. It's a share of the customers.",
        line="service_level = 100 * sum(wait <= ___ for wait in waits) / len(waits)",
    ),
    "13.2": Hints(
        nudge="What does the desk lack today: Spanish, or time?",
        pointer="Under “Who should it be?”, look at who serves how many. One temp can add time and Spanish at once.",
        line='staff = ["temp ___"]',
    ),
    "13.3": Hints(
        nudge="An ignored offer costs time twice. When, and who decides how much?",
        pointer="Under “How long does nobody notice?”, the days differ in one of the numbers. Make that one small.",
        line='policy = {"timeout": 20, "back_after": ___}',
    ),
}
