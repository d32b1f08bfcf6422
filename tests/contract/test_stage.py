"""The stage answers unmodified clients as Twilio would, and lets nothing leave this machine."""

from __future__ import annotations

import json

import pytest

from tests.contract.stage.clients import SDK, run_curl, run_python
from tests.contract.stage.strangers import STRANGERS

WORKSPACES = "https://taskrouter.twilio.com/v1/Workspaces"


def account_url(stage) -> str:
    """URL of the learner's account."""
    return f"https://api.twilio.com/2010-04-01/Accounts/{stage.account.sid}.json"


def code_of(stage, url: str, **options: str) -> tuple[int, int, str]:
    """Status, code and message of the error that curl gets."""
    body = json.loads(run_curl(stage, url, **options))
    return body["status"], body["code"], body["message"]


def test_the_sdk_works_unmodified(stage):
    """Started with the stage's variables alone, the SDK creates and reads a Workspace at taskrouter.twilio.com."""
    code = "print(taskrouter.workspaces.create(friendly_name='Mine').url)\nprint(len(taskrouter.workspaces.list()))"

    url, number = run_python(stage, SDK + code).splitlines()

    assert url.startswith(f"{WORKSPACES}/WS")
    assert (number, list(stage.workspaces.values())) == ("1", ["Mine"])


def test_curl_works_unmodified(stage):
    """A user's curl command reaches the same TaskRouter, certificate and all."""
    workspace = json.loads(run_curl(stage, WORKSPACES, "--data-urlencode", "FriendlyName=Mine"))

    assert stage.workspaces == {workspace["sid"]: "Mine"}
    assert [(entry.method, entry.path, entry.form, entry.status) for entry in stage.log] == [
        ("POST", "/v1/Workspaces", {"FriendlyName": "Mine"}, 201)
    ]


def test_nothing_leaves_this_machine(stage):
    """Other hosts are refused, and the stage knows who was asked for."""
    answers = [run_curl(stage, url) for url in ("https://twilio.test/", "https://example.com:8443/")]

    assert all("CONNECT tunnel failed" in answer for answer in answers)
    assert stage.proxy.refused == ["twilio.test:443", "example.com:8443"]


def test_others_trust_no_certificate_of_the_stage(stage):
    """Only who was told to trust the stage's authority does."""
    answer = run_python(stage, SDK + "taskrouter.workspaces.list()", REQUESTS_CA_BUNDLE="", CURL_CA_BUNDLE="")

    assert "CERTIFICATE_VERIFY_FAILED" in answer


def test_account_is_told_as_twilio_does(stage):
    """api.twilio.com answers the SDK with name, status, type and owner, and the Auth Token, as Twilio's does."""
    code = (
        "account = client.api.v2010.accounts(client.account_sid).fetch()\n"
        "print(account.friendly_name, account.status, account.type, account.owner_account_sid, account.auth_token)"
    )
    told = run_python(stage, SDK + code)

    assert told == f"Care Desk active Full {stage.account.sid} {stage.account.auth_token}\n"


def test_suspended_account(stage):
    """A suspended account gets 401 with code 20005 from every host."""
    stage.account.status = "suspended"

    for url in (WORKSPACES, account_url(stage), "https://flex-api.twilio.com/v1/Configuration"):
        assert code_of(stage, url) == (401, 20005, "Account not active")


def test_wrong_token(stage):
    """A wrong token, or none of the form at all, gets 401 with code 20003."""
    for url in (WORKSPACES, account_url(stage)):
        assert code_of(stage, url, user=f"{stage.account.sid}:wrong") == (401, 20003, "Authenticate")


@pytest.mark.parametrize(
    ("kind", "workspaces", "account"),
    [("main", None, None), ("standard", None, 20003), ("restricted", 70051, 20003)],
)
def test_keys_open_what_their_kind_opens(stage, kind, workspaces, account):
    """A main key opens everything, a standard one no accounts, a restricted one what it was given."""
    key = getattr(stage.account, f"{kind}_key")
    answers = [
        json.loads(run_curl(stage, url, user=f"{key.sid}:{key.secret}")) for url in (WORKSPACES, account_url(stage))
    ]

    assert [answer.get("code") for answer in answers] == [workspaces, account]


def test_flex_is_found_only_where_it_is(stage):
    """flex-api.twilio.com has a Configuration for a Flex account alone."""
    url = "https://flex-api.twilio.com/v1/Configuration"
    assert code_of(stage, url)[0] == 404

    stage.account.flex_workspace_sid = stage.strangers("Flex Task Assignment")[0]

    assert json.loads(run_curl(stage, url))["taskrouter_workspace_sid"] == stage.account.flex_workspace_sid


def test_strangers_are_listed_in_full(stage):
    """Any change in another's Workspace, however small, changes its listing."""
    sids = stage.strangers()
    before = stage.listing(sids)
    task = next(record for record in before.values() if record["kind"] == "task")
    run_python(
        stage, SDK + f"taskrouter.workspaces('{task['workspace_sid']}').tasks('{task['sid']}').update(priority=1)"
    )
    after = stage.listing(sids)

    assert [stage.workspaces[sid] for sid in sids] == list(STRANGERS)
    assert [sid for sid in after if after[sid] != before[sid]] == [task["sid"]]
