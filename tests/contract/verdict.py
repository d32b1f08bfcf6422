"""Verdict on a notebook that ran live: each check returns sentences about what was wrong, none if all is well."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator

from nbformat import NotebookNode

from tests.contract.performance import Performance, text_of

__all__ = ["CHECKS", "find_faults"]

OTHERWISE_LIVE = {
    "setup",  # says which account
    "expose",
    "list-workspaces",  # the strangers' are there, too
    "show-wire",
    "start",  # says first what it is going to create
    "preview-world",
    "board",  # Twilio's time, and no next timer
    "console",  # the same
    "listener",  # its URL
    "callback",  # headers in another order, or built here
    "timeline",  # the width of its columns
    "branch",  # only local mode has a history
    "compare",
    "ages",
    "06 point",  # Twilio can't call an app on this machine
    "06 called",
    "06 accepted",
    "07 why",  # no URL yet
    "07 inbox",
    "07 explain",  # the lost URL
    "07 lost",  # how often TaskRouter has tried
    "07 mend",  # its URL
    "08 almost",  # only local mode can advance the clock
    "08 over",
    "08 reveal",  # so nobody was moved
    "08 moved",
    "08 late",  # and it isn't too late
    "08 back",
    "08 cascade",
    "09 move-on",  # only local mode can advance the clock
    "09 end",
    "09 known-later",
    "10 old-offer",  # a single-tasking Workspace needs local mode
    "10 old-accept",
    "12 healthy",  # only local mode has a lab
    "12 flicker",
    "12 events",
    "12 alerts",
    "12 app",
    "12 stale",
    "12 slow",
    "12 silent",
    "12 examine",
    "12 picture",
    "12 fallback",
    "12 fallback-strip",
    "14 picture",  # no caller, so no second try
    "14 strip",
}
"""Cells whose output may differ from the stored one by more than SIDs, times, and the Workspace's mark."""

OTHERWISE_ALONE = {
    "set-url",  # without a tunnel TaskRouter has no URL for callbacks
    "sequence",  # and sends none
    "07 stranger",  # nobody can knock
    "07 forged",
    "07 notice",
    "07 outside",
    "07 close",
}
"""Cells whose output may differ if there is no tunnel, too; some ids stand in one lesson alone."""

_SAME = (
    (r"\b([A-Z]{2})[0-9a-f]{4}(?:…|[0-9a-f]{28}\b)", r"\1…"),
    (r"\d{4}-\d\d-\d\d|\d\d:\d\d:\d\d(?:\.\d+)?|\d+(?:\.\d+)? s\b", "…"),
    (r"(?<=TaskRouter Notebooks) [0-9a-f]{8}\b", ""),  # the mark of a kernel's own Workspace
    (r"it has (?:just been created|waited for …)", "it waits"),
    (r"in (?:24 h|23 h 59 min)", "in …"),
    (r"· (.*) \(needs [^)]+\)", r"✓ \1"),
    (r"\(live mode\)", "(local mode)"),
    (r"\S+ no longer leads to this listener\.\n?", ""),  # only where a tunnel was open
    (" +", " "),
)
"""Patterns of what differs between runs, with what stands for it."""

_BESIDE = ("  X-Forwarded-", "TaskRouter returned 429, too many requests. Trying again in ", "Waiting up to ")
"""Beginnings of lines that come in live mode beside what the cell shows."""

_CALLBACKS_COME = "go to this notebook's listener"


def find_faults(performance: Performance) -> list[str]:
    """Return everything that is wrong, from all checks."""
    return [fault for check in CHECKS for fault in check(performance)]


def raised(performance: Performance) -> Iterator[str]:
    """A cell raises that isn't meant to, or one that is meant to raises the wrong thing.

    A cell for local mode alone may miss a name that an earlier such cell would have made.
    """
    unmade: set[str] = set()
    for cell in performance.cells:
        tags = cell.metadata.get("tags", [])
        for error in (output for output in cell.outputs if output.output_type == "error"):
            is_known = error.ename != "NameError" or ("local-only" in tags and error.evalue.split("'")[1] in unmade)
            if not is_known or "raises-exception" not in tags:
                yield f"cell {cell.id} raised {error.ename}: {error.evalue}"
        if _says_it_needs_local_mode(cell):
            unmade.update(re.findall(r"^(\w+) = ", cell.source, re.M))


def bare_tracebacks(performance: Performance) -> Iterator[str]:
    """Something shows a traceback rather than a sentence."""
    for cell in performance.cells:
        if re.search(r"Traceback \(most recent call last\)|^\S*File .*, line \d+", text_of(cell), re.M):
            yield f"cell {cell.id} shows a traceback"


def leaked(performance: Performance) -> Iterator[str]:
    """A planted secret is in an output, on a command line, or in a file that stays."""
    for cell in performance.cells:
        if any(secret in str(cell.outputs) for secret in performance.secrets):
            yield f"cell {cell.id} shows a secret"
    yield from (f"a secret stands in {place}" for place in performance.telltales)


def left_behind(performance: Performance) -> Iterator[str]:
    """Something of ours is still there at the end: Workspaces, or a public URL."""
    yield from (f"the Workspace {name!r} is left in the account" for name in performance.left.values())
    yield from (f"{host} still leads to this machine" for host in performance.online)


def strangers_touched(performance: Performance) -> Iterator[str]:
    """Other people's Workspaces aren't as they were."""
    before, after = performance.strangers_before, performance.strangers_after
    touched = [sid for sid in before.keys() | after.keys() if before.get(sid) != after.get(sid)]
    desks = Counter(before.get(sid, after.get(sid, {}))["workspace_sid"] for sid in touched)
    for sid, number in desks.items():
        yield f"{number} resources of the stranger's Workspace {before[sid]['friendly_name']!r} were touched"


def strayed(performance: Performance) -> Iterator[str]:
    """Something tried to reach a host that isn't Twilio's or ngrok's."""
    yield from (f"{address} was asked for" for address in performance.refused)


def said_otherwise(performance: Performance) -> Iterator[str]:
    """A cell shows another world than the one that its prose explains: the stored one, but for SIDs and times."""
    other = OTHERWISE_LIVE if performance.tunnel else OTHERWISE_LIVE | OTHERWISE_ALONE
    for cell in performance.cells:
        if _says_it_needs_local_mode(cell):
            continue
        if cell.id in performance.stored and not {cell.id, f"{performance.lesson} {cell.id}"} & other:
            seen, stored = (_plain(each) for each in (cell, performance.stored[cell.id]))
            if seen != stored:
                yield f"cell {cell.id} shows\n{seen}\nrather than\n{stored}"


def claimed_callbacks(performance: Performance) -> Iterator[str]:
    """A cell says that callbacks come here though no Workflow was told a public URL."""
    told = any(
        entry.form.get("AssignmentCallbackUrl", "").startswith("https://")
        for entry in performance.log
        if entry.method == "POST" and "/Workflows" in entry.path
    )
    for cell in performance.cells:
        if _CALLBACKS_COME in text_of(cell) and not told:
            yield f"cell {cell.id} says that callbacks {_CALLBACKS_COME}, and no Workflow has a public URL"


def useless_urls(performance: Performance) -> Iterator[str]:
    """A Workflow or Workspace is told an address that only this machine can reach."""
    for entry in performance.log:
        for name, url in entry.form.items():
            if name.endswith("CallbackUrl") and url.startswith("http://"):
                yield f"{entry.method} {entry.path} sets {name} to {url}, which Twilio can't reach"


CHECKS: tuple[Callable[[Performance], Iterator[str]], ...] = (
    raised,
    bare_tracebacks,
    leaked,
    left_behind,
    strangers_touched,
    strayed,
    said_otherwise,
    claimed_callbacks,
    useless_urls,
)


def _says_it_needs_local_mode(cell: NotebookNode) -> bool:
    is_local = "local-only" in cell.metadata.get("tags", [])
    return is_local and any(output.output_type == "error" for output in cell.outputs)


def _plain(cell: NotebookNode) -> str:
    texts = [output.get("text") or output.get("data", {}).get("text/plain") or "" for output in cell.outputs]
    lines = [line for text in texts for line in text.splitlines()]
    # Without empty lines, because the end of a line that is printed can come as an output of its own.
    shown = "\n".join(line for line in lines if line and not line.startswith(_BESIDE))
    for pattern, same in _SAME:
        shown = re.sub(pattern, same, shown)
    return shown.strip()
