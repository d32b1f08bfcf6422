"""Lesson 12: right answers pass, and each mistake gets a sentence of its own."""

from __future__ import annotations

import itertools

import pytest
from twilio.base.exceptions import TwilioRestException

from helpers.lessons.checks import check
from helpers.lessons.checks.lessons.lesson_12 import _STEPS
from helpers.lessons.fault_lab.contrast import CAUSES, NAMES

RIGHT = dict(enumerate(CAUSES, 1))


def with_one(number, cause):
    """The right diagnosis, but for one application."""
    return {**RIGHT, number: cause}


DIAGNOSES = [
    (..., "`diagnosis` is still `...`"),
    ({**RIGHT, 4: ...}, "`diagnosis[4]` is still `...`"),
    ("stale URL", "`diagnosis` is text. Write a dictionary with the numbers 1 to 9"),
    (None, "`diagnosis` is nothing (`None`)"),
    (list(RIGHT.values())[:8], "`diagnosis` is a list"),
    ({1: "empty reply"}, "Version 2 is missing"),
    ({**RIGHT, 10: "duplicate"}, "There is no version 10"),
    ({**RIGHT, "a": "duplicate"}, "There is no version 'a'"),
    (with_one(1, 404), "`diagnosis[1]` is a number. Write one of the nine faults in quotes"),
    (with_one(1, "network"), "isn't one of the nine faults. Where does it break: on the way to the application"),
    (with_one(3, "stale URL"), "with a stale URL, the application isn't called at all. Here the application is called"),
    (with_one(5, "server error"), "Here the application isn't called at all"),
    (with_one(3, "slow reply"), "with a slow reply, TaskRouter gets no status, because no reply comes in time. Here"),
    (
        with_one(4, "server error"),
        "with a server error, TaskRouter gets the status 500. Here TaskRouter gets no status",
    ),
    (
        with_one(3, "wrong signature"),
        "with a wrong signature, TaskRouter gets the status 403. Here TaskRouter gets the",
    ),
    (with_one(6, "server error"), "Here TaskRouter gets the status 403"),
    (with_one(2, "empty reply"), "with an empty reply, there is no alert. Here there is an alert with code 40005"),
    (with_one(1, "no instruction"), "there is an alert with code 40005. Here there is no alert"),
    (with_one(8, "duplicate"), "with a duplicate, the application is called twice for the same Reservation. Here the"),
    (
        with_one(1, "late accept"),
        "with a late accept, the log has a request to accept that came too late. Here the log",
    ),
    (with_one(9, "empty reply"), "Here the log has a request to accept that came too late"),
]


@pytest.mark.parametrize(("answer", "words"), DIAGNOSES)
def test_wrong_diagnosis(answer, words):
    """12.1: the first symptom that contradicts it."""
    verdict = check("12.1", answer)

    assert not verdict.passed
    assert words in str(verdict)


@pytest.mark.parametrize(
    ("number", "cause"), [(number, cause) for number in RIGHT for cause in CAUSES if cause != RIGHT[number]]
)
def test_each_wrong_diagnosis_names_both(number, cause):
    """The application and what it doesn't have, for all 72."""
    assert f"Version {number} doesn't have {NAMES[cause]}: with {NAMES[cause]}, " in str(
        check("12.1", with_one(number, cause))
    )


@pytest.mark.parametrize(
    "answer",
    [RIGHT, list(CAUSES), {str(number): cause.upper() for number, cause in RIGHT.items()}],
    ids=["dictionary", "list", "text"],
)
def test_right_diagnosis(answer):
    """12.1: also as a list, with numbers in quotes, and in capitals."""
    assert check("12.1", answer).passed


def accept(workspace, sent):
    """The lesson's own function."""
    reservation = workspace.tasks(sent["TaskSid"]).reservations(sent["ReservationSid"])
    try:
        return reservation.update(reservation_status="accepted")
    except TwilioRestException:
        return None


def handler(
    *,
    url=lambda request, shop: shop.public_url,
    checks=True,
    refusal=({}, 403),
    key="ReservationSid",
    remembers_first=False,
    takes=accept,
    reads=True,
    emails=1,
    reply=({}, 200),
):
    """A handler that is right but for what is passed."""

    def handle(request, shop):
        sent = request.form
        if remembers_first:
            shop.seen.add(sent[key])
        if checks and not shop.is_signed(url(request, shop), sent, request.signature):
            return refusal
        if key is None or sent[key] not in shop.seen:
            if key is not None:
                shop.seen.add(sent[key])
            if takes(shop.workspace, sent) or not reads:
                for _ in range(emails):
                    shop.send_email(sent["TaskSid"])
        return reply

    return handle


seen = set()


def with_own_memory(request, shop):
    """Remember outside of the shop."""
    seen.add(request.form["ReservationSid"])
    return shop and ({}, 200)


def forgetful(request, shop):
    """Remember in a set that each call makes anew."""
    handled = set()
    if not shop.is_signed(shop.public_url, request.form, request.signature):
        return {}, 403
    if request.form["ReservationSid"] not in handled:
        handled.add(request.form["ReservationSid"])
        accept(shop.workspace, request.form)
        shop.send_email(request.form["TaskSid"])
    return {}, 200


def unguarded(workspace, sent):
    """Accept without a thought of errors."""
    reservation = workspace.tasks(sent["TaskSid"]).reservations(sent["ReservationSid"])
    return reservation.update(reservation_status="accepted")


def handed_out(request, shop):
    """Last night's handler."""
    sent = request.form
    if not shop.is_signed(request.url, sent, request.signature):
        return {}, 403
    accept(shop.workspace, sent)
    shop.send_email(sent["TaskSid"])
    return "OK", 200


HANDLERS = [
    (..., "`handle` is still `...`"),
    ("handle", "`handle` is text, not a function"),
    (None, "`handle` is nothing (`None`), not a function"),
    (lambda request: {}, "`handle` can't be called with 2 arguments"),
    (lambda request, shop: {}, "`handle` never uses its argument `request`"),
    (with_own_memory, "`handle` uses `seen`, a variable of another cell. The check has a shop of its own"),
    (handed_out, "Delivery 1 is signed by TaskRouter, and you refused it. TaskRouter signed the URL that it called"),
    (handler(reply=("OK", 200)), "you replied with text, 'OK', which is sent as text/html: alert 40000"),
    (handler(reply=({"message": "success"}, 200)), "has no instruction: alert 40005"),
    (handler(reply=({}, 500)), "Delivery 1: you replied with status 500"),
    (
        handler(reply=({"instruction": "accept"}, 200)),
        "you accepted by a request, and your reply has an instruction, too",
    ),
    (handler(reply=({}, "200")), "`handle` returned ({}, '200'). Return a dictionary and a status"),
    (handler(reply=([1], 200)), "Delivery 1: the body of your reply is [1]"),
    (handler(reply=None), "`handle` returned nothing. Add a `return`"),
    (handler(takes=lambda workspace, sent: True), "After delivery 1 the Reservation is still pending"),
    (handler(emails=0), "After delivery 1 the customer has 0 emails, and should have one"),
    (handler(emails=2), "After delivery 1 the customer has 2 emails"),
    (forgetful, "Delivery 2 is a copy of delivery 1, and your handler sent a second email"),
    (
        handler(key=None, takes=unguarded),
        "At delivery 2, a copy of delivery 1, `handle` stops with TwilioRestException",
    ),
    (handler(checks=False), "Delivery 3 wasn't signed by TaskRouter, and your handler accepted the offer"),
    (handler(refusal=({}, 200)), "Delivery 3 wasn't signed by TaskRouter, and you replied with status 200"),
    (handler(remembers_first=True), "After delivery 1 the Reservation is still pending"),
    (handler(takes=unguarded), "At delivery 4, one that comes after the offer timed out, `handle` stops with Twilio"),
    (
        handler(reads=False),
        "Delivery 4 came after its offer had timed out: TaskRouter refused your accept, and you sent",
    ),
    (handler(key="TaskSid"), "Delivery 5 is a new offer of the Task of delivery 4, and your handler didn't accept it"),
]


@pytest.mark.parametrize(("answer", "words"), HANDLERS)
def test_handler_that_does_not_survive(kernel, answer, words):
    """12.2: the first delivery that goes wrong, and why."""
    verdict = check("12.2", answer)

    assert not verdict.passed
    assert words in str(verdict)


def remembers_forged(request, shop):
    """Remember before the signature is checked."""
    sent = request.form
    is_copy = sent["ReservationSid"] in shop.seen
    shop.seen.add(sent["ReservationSid"])
    if not shop.is_signed(shop.public_url, sent, request.signature):
        return {}, 403
    if not is_copy and accept(shop.workspace, sent):
        shop.send_email(sent["TaskSid"])
    return {}, 200


def emails_forged(request, shop):
    """Send the email before the signature is checked."""
    sent = request.form
    if sent["ReservationSid"] not in shop.seen:
        shop.seen.add(sent["ReservationSid"])
        shop.send_email(sent["TaskSid"])
    if not shop.is_signed(shop.public_url, sent, request.signature):
        return {}, 403
    accept(shop.workspace, sent)
    return {}, 200


def emails_lost(request, shop):
    """Take every error but that of an offer that timed out for a success."""
    sent = request.form
    if not shop.is_signed(shop.public_url, sent, request.signature):
        return {}, 403
    if sent["ReservationSid"] not in shop.seen:
        shop.seen.add(sent["ReservationSid"])
        try:
            unguarded(shop.workspace, sent)
        except TwilioRestException as error:
            if error.status == 400:
                return {}, 200
        shop.send_email(sent["TaskSid"])
    return {}, 200


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (remembers_forged, "Delivery 3 wasn't signed by TaskRouter, and its `ReservationSid` is in `shop.seen` now"),
        (emails_forged, "Delivery 3 wasn't signed by TaskRouter, and your handler sent an email for it"),
        (emails_lost, "Delivery 6 is about a Task that was deleted, and your handler sent an email"),
    ],
)
def test_handler_in_the_wrong_order(kernel, answer, words):
    """12.2: its parts are right, and their order isn't."""
    assert words in str(check("12.2", answer))


@pytest.mark.parametrize(
    "answer", [handler(), handler(reply={}), handler(reply=({}, 204)), handler(refusal=("no", 401))]
)
def test_handler_that_survives(kernel, answer):
    """12.2: with a status or without, as often as it is asked."""
    assert check("12.2", answer).passed
    assert check("12.2", answer).passed


RUNBOOK = ["calls", "order", "log", "reply", "status"]

RUNBOOKS = [
    (..., "`runbook` is still `...`"),
    (["calls", ..., "log", "reply", "status"], "`runbook[1]` is still `...`"),
    ("alerts", "`runbook` is text. Write a list of five steps"),
    (None, "`runbook` is nothing (`None`)"),
    ([], "`runbook` has 0 steps; this exercise needs five"),
    (["events"], "`runbook` has one step; this exercise needs five. Add what you never ask"),
    ([*RUNBOOK, "alerts"], "`runbook` has 6 steps; this exercise needs five. Leave out one"),
    (["calls", "calls", "log", "reply", "status"], 'The step "calls" is there more than once'),
    (["calls", "debugger", "log", "reply", "status"], "'debugger' isn't one of the nine steps. They are alerts"),
    ([1, 2, 3, 4, 5], "1 isn't one of the nine steps"),
    (
        ["alerts", "order", "log", "events", "status"],
        "can't separate a slow reply from a stale URL: you never count",
    ),
    (["alerts", "order", "log", "reply", "calls"], "a server error from a wrong signature: you never ask which status"),
    (
        ["events", "order", "log", "calls", "status"],
        "an empty reply from a reply without an instruction: you never read",
    ),
    (
        ["alerts", "order", "log", "calls", "status"],
        "an empty reply from yesterday's version: you never look at",
    ),
    (
        ["alerts", "order", "calls", "reply", "status"],
        "an empty reply from a late accept: you never look at what the app",
    ),
    (
        ["alerts", "log", "calls", "reply", "status"],
        "reordered events from yesterday's version: you never comp",
    ),
    (["board", "order", "log", "alerts", "status"], "can't separate an empty reply from a duplicate: you never count"),
]


@pytest.mark.parametrize(("answer", "words"), RUNBOOKS)
def test_runbook_that_does_not_separate(answer, words):
    """12.3: the first two faults that look the same, and the step that would separate them."""
    verdict = check("12.3", answer)

    assert not verdict.passed
    assert words in str(verdict)


@pytest.mark.parametrize(
    "answer", [RUNBOOK, tuple(RUNBOOK[::-1]), [(step, "ask") for step in RUNBOOK], [step.upper() for step in RUNBOOK]]
)
def test_runbook_that_separates(answer):
    """12.3: in any order, with notes, and in capitals."""
    assert check("12.3", answer).passed


def test_no_other_runbook_separates():
    """The solution says so."""
    passing = [steps for steps in itertools.combinations(_STEPS, 5) if check("12.3", list(steps)).passed]

    assert passing == [tuple(sorted(RUNBOOK))]
