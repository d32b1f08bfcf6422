"""Recall questions of lesson 9: Workflows."""

from __future__ import annotations

from helpers.lessons.recall.recall_question import RecallQuestion

__all__ = ["QUESTIONS", "WARM_UP"]

QUESTIONS = (
    RecallQuestion(
        "A Task leaves its last target by timeout. No later filter matches. There is a default filter. What happens?",
        {
            "It waits in the default filter's queue.": (
                "The default filter is for Tasks that no filter matches. A filter matched this one, and its time is up."
            ),
            "It starts again with the first target.": "A Task goes through its targets once.",
            "TaskRouter cancels it.": "By timeout, a Task never reaches the default filter.",
        },
        right="c",
        place="end",
    ),
    RecallQuestion(
        "A target has `workers.available == 0` as its `skip_if`. Its only Worker is Idle, with a Task on hand. "
        "Is the target skipped?",
        {
            "No: the Worker's Activity is available.": (
                "`workers.available` looks at Activities only. To skip whenever nobody can be reserved, write `1==1`."
            ),
            "Yes: the Worker has no free capacity.": "`workers.available` looks at Activities, not at capacity.",
            "Yes, after 30 seconds.": "A `skip_if` is tested when the Task enters the target. It doesn't wait.",
        },
        right="a",
        place="busy",
    ),
    RecallQuestion(
        "You change the Workflow's configuration. Which waiting Tasks follow the new rules?",
        {
            "All of them": "Waiting Tasks keep the old rules, unless you ask TaskRouter to evaluate them again.",
            'None, unless you pass `re_evaluate_tasks="true"`': "Without it, the new rules are for new Tasks.",
            "Those without a priority": "Priority doesn't matter for this.",
        },
        right="b",
        place="re-evaluate",
    ),
)

WARM_UP: tuple[tuple[int, int], ...] = ((1, 2), (4, 1))
"""Questions that the lesson starts with: an earlier lesson, and the number of its question."""
