"""Each kind of fault in a live run is found, and a run without faults has none."""

from __future__ import annotations

from dataclasses import replace

import nbformat
import pytest

from tests.contract.performance import Performance
from tests.contract.stage.stage import LoggedRequest
from tests.contract.twin.play_twice import Run
from tests.contract.verdict import find_faults

SID = "WS" + "1" * 32
STRANGER = {SID: {"kind": "workspace", "sid": SID, "workspace_sid": SID, "friendly_name": "Production"}}
TOLD = {"AssignmentCallbackUrl": "https://desk.example.com/assignment_callback"}


def cell(cell_id: str, text: str = "", error: str = "", tags: tuple[str, ...] = ()):
    """A code cell that prints a text, or raises."""
    outputs = [nbformat.v4.new_output("stream", text=text)] if text else []
    if error:
        outputs.append(nbformat.v4.new_output("error", ename=error, evalue="no", traceback=["no"]))
    return nbformat.v4.new_code_cell("", id=cell_id, outputs=outputs, metadata={"tags": list(tags)})


def logged(form: dict[str, str]) -> list[LoggedRequest]:
    """A log in which a Workflow is updated."""
    return [LoggedRequest("taskrouter.twilio.com", "POST", "/v1/Workspaces/WS1/Workflows/WW1", form, 200)]


GOOD = Performance(
    lesson="04",
    cells=[
        cell("after", f"Task WT{'2' * 32} is reserved since 10:00:00 in TaskRouter Notebooks 0123abcd"),
        cell("start", "the Workflow's assignment callbacks go to this notebook's listener"),
        cell("mistake", error="TwilioRestException", tags=("raises-exception",)),
    ],
    stored={"after": cell("after", f"Task WT{'3' * 32} is reserved since 09:00:02 in TaskRouter Notebooks")},
    tunnel=True,
    secrets=["0123456789abcdef"],
    strangers_before=STRANGER,
    strangers_after=STRANGER,
    left={},
    online=[],
    refused=[],
    telltales=[],
    log=logged(TOLD),
    recorded=Run([], {}),
)


def test_good_run_has_no_faults():
    """SIDs, times, the Workspace's mark and a cell that is meant to raise are no faults."""
    assert find_faults(GOOD) == []


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"cells": [cell("after", error="KeyError")], "stored": {}}, "cell after raised KeyError"),
        ({"cells": [cell("mistake", error="NameError", tags=("raises-exception",))]}, "cell mistake raised NameError"),
        ({"cells": [cell("where", "Traceback (most recent call last):\n")]}, "cell where shows a traceback"),
        ({"cells": [cell("where", "the token is 0123456789abcdef")]}, "cell where shows a secret"),
        ({"telltales": ["the command line of ngrok"]}, "a secret stands in the command line of ngrok"),
        ({"left": {SID: "TaskRouter Notebooks 0123abcd"}}, "the Workspace 'TaskRouter Notebooks 0123abcd' is left"),
        ({"online": ["desk.ngrok.app"]}, "desk.ngrok.app still leads to this machine"),
        ({"strangers_after": {}}, "1 resources of the stranger's Workspace 'Production' were touched"),
        ({"refused": ["example.com:443"]}, "example.com:443 was asked for"),
        ({"cells": [cell("after", "Task WT2222… is pending")]}, "cell after shows\nTask WT… is pending\nrather than"),
        ({"log": []}, "cell start says that callbacks go to this notebook's listener, and no Workflow"),
        ({"log": logged(TOLD) + logged({"AssignmentCallbackUrl": "http://127.0.0.1:9"})}, "which Twilio can't reach"),
    ],
)
def test_each_fault_is_found(change, fault):
    """One fault is one sentence."""
    [found] = find_faults(replace(GOOD, **change))

    assert fault in found


def test_names_that_local_mode_would_have_made_may_be_missing():
    """In cells for local mode alone; any other name is a fault, and so is such a name elsewhere."""

    def raising(cell_id: str, error: str, name: str, *tags: str):
        made = cell(cell_id, error=error, tags=("raises-exception", *tags))
        made.source = "call = connection.dial(url)"
        made.outputs[0].evalue = f"name {name!r} is not defined"
        return made

    first = raising("call", "NoSimulatedCall", "", "local-only")
    cells = [
        raising("talk", "NameError", "call", "local-only"),
        raising("other", "NameError", "caller", "local-only"),
        raising("anywhere", "NameError", "call"),
    ]

    assert find_faults(replace(GOOD, cells=[first, *cells], stored={})) == [
        "cell other raised NameError: name 'caller' is not defined",
        "cell anywhere raised NameError: name 'call' is not defined",
    ]
    assert len(find_faults(replace(GOOD, cells=cells, stored={}))) == 3
