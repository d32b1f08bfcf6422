"""Differences of this API from Twilio's, and our choices where Twilio's behavior is not known.

Differences of one parameter or property are in its row of the tables; these are about the whole API.
"""

from __future__ import annotations

__all__ = ["CHOICES", "DIFFERENCES", "FURTHER_RULES", "RULES"]

DIFFERENCES: tuple[str, ...] = (
    "Every URL in a response begins with `https://taskrouter.twilio.com`, whatever host you called: ports vary, and "
    "stored outputs must not. The SDK's HTTP clients in `taskrouter_emulator.sdk` send such a URL to the emulator "
    "again. With `curl`, replace the host of `next_page_url` yourself.",
    "There is no `Strict-Transport-Security` header, because the emulator speaks plain HTTP on a loopback address. "
    "`Twilio-Request-Duration`, `X-Powered-By` and `X-Shenanigans` are left out.",
    "There is no rate limit. The `X-Rate-Limit-*` headers never change.",
    "`operating_unit_sid` is not among the properties.",
    "A header of ours, `X-Emulator-Hint`, says what the message of a refusal leaves open: the current status and the "
    "next ones, or the version that did not match. A successful response has it if part of the request was ignored.",
)

CHOICES: tuple[str, ...] = (
    "If a parameter is given twice, the last one counts. Unknown parameters are ignored.",
    "An empty filter filters nothing. An empty callback URL, `EventsFilter`, `ReservationActivitySid` or "
    "`AssignmentActivitySid` clears the old value; `EventsFilter` becomes an empty text. An empty `Available` of an "
    "Activity or an empty `IgnoreCapacity` is false. Any other empty number, SID, date, name or yes-or-no is refused "
    "with 400 / 20001.",
    "Statuses, methods and other fixed words are case-sensitive.",
    "Parameters of a POST are read from its form only. A parameter in its URL is refused with 400 / 20001. Parameters "
    "of a GET are read from its query string only. A body is ignored, and the hint says so (reference 1.1).",
    "A form is `application/x-www-form-urlencoded` or `multipart/form-data`, in UTF-8. A body of another type, without "
    "a type, in another charset, compressed, or that is JSON or XML whatever its type, gets 415 / 19056 with the text "
    "of that code. A broken form, a file, or a percent sign without its two digits gets 400 / 20001. An empty body can "
    "have any type. A body above 4 MiB gets 413 / 20413, and more than 1000 parameters or parts get 400 / 20001 "
    "(reference 1.1k).",
    "Texts of refusals are Twilio's where a recording or Twilio's error dictionary has them: 404, 412, 415, a Task's "
    "refused statuses, a Reservation that is not pending, names that are already used, pending Reservations that "
    "cannot be rejected, a malformed `RoutingTarget`, `... field is required`. All others are ours (reference 10).",
    "`EventsFilter` and `EventType` accept any text. If no event has the type, the hint names it, with the closest "
    "one. For `EventsFilter` the alerts name it, too (reference 8.1d).",
    "Names of TaskQueues and Workflows have at most 255 characters, URLs 2048, `EventsFilter` and `Reason` 4096 "
    "(reference 11).",
    "`event_callback_url` is an empty text if there is none, as recorded. All other unset properties are null "
    "(reference 2.1f, appendix A).",
    "The response to a write shows the resource before routing continues: a new Task is `pending` and at version 0, "
    "even if it is reserved a moment later (reference 1.7a).",
    "`HEAD` gets 405 / 20004. `OPTIONS` gets 204 without credentials.",
    "Credentials are checked before anything else, so 401 hides what exists (reference 10b).",
    "ETags are quoted and sent for Tasks, Workers and Reservations. `If-Match` can be quoted or not, and `*` matches "
    "(reference 1.7).",
    "Statistics of all Workers are refused with 400 / 20001 above 100 Workers. Those of one Worker are always "
    "available. `SplitByWaitTime` takes up to 50 thresholds. A TaskChannel that does not exist counts nothing "
    "(reference 9.1, 11k).",
    "A page that was reached by its token always has a link to the previous page, even if everything before it has "
    "been deleted since (reference 1.4e).",
)

RULES: dict[str, str] = {
    "14.1": "`AND` has precedence over `OR`.",
    "14.2": "Text comparison is case-sensitive, in `CONTAINS` too.",
    "14.3": "Two names that are both missing are equal, as in `null == null`.",
    "14.4": "`NOT IN` is true if the left side is missing.",
    "14.5": (
        'A number equals a text with the same digits: `s == 6` is true for `"6"`. Values of other kinds are never '
        "equal, and always unequal."
    ),
    "14.6": '`true` is not the text `"true"`.',
    "14.7": (
        "A name without `task.`, `worker.` or `taskrouter.` in a target's expression is null; Workflows in production "
        "have such names. One of these three words alone is refused with 400 / 20001."
    ),
    "14.8": "A configuration that names an unknown TaskQueue is refused with 400 / 20001.",
    "14.9": (
        "If no filter matches a Task and there is no default filter, the Task is created and immediately canceled, "
        "with the reason of a workflow timeout."
    ),
    "14.10": (
        "After a Reservation timed out, the Task stays in its step until the deadline of that step. The deadline "
        "counts from the time at which the Task entered its filter. For a new Task that is its creation."
    ),
    "14.11": (
        "The Worker who is idle longest is the one who has waited longest since they became available and since their "
        "last Reservation began or ended. Between equals, the Worker who was created first comes first."
    ),
    "14.12": (
        "An answer to a Reservation that is not pending is refused with 400 / 20001 and the text `Reservation WR... is "
        "not currently in a Pending state.`"
    ),
    "14.13": "An answer to a rescinded Reservation is refused with 410 / 20001.",
    "14.14": "An event callback is tried once. Failures are in the delivery log.",
    "14.15": "Workers who become free while a Task is reserved get no Reservation for it.",
    "14.16": "`StartDate` and `EndDate` override `Minutes`.",
    "14.17": (
        "`tasks_by_status` has reserved, pending, assigned, wrapping, completed and canceled, the last two 0, for a "
        "Workflow as for a Workspace and a queue."
    ),
    "14.18": "Attributes that are not a JSON object are refused with 400 / 20001.",
    "14.19": (
        "An Activity in use and a Workflow with Tasks cannot be deleted. A Worker can be: pending Reservations are "
        "canceled, and accepted Tasks stay."
    ),
    "14.20": "`Page` above 0 without `PageToken` is refused with 400 / 40153.",
    "14.21": "Assignment callbacks have no `Timestamp`.",
    "14.22": (
        "New attributes of a pending Task are tested by the filters again. If the same filter matches, the Task stays "
        "in its step. A reserved Task doesn't change."
    ),
    "14.23": "The attributes of a call win over those of `<Task>`.",
    "14.24": "`TargetWorkers` reads attributes only, not the Worker's name, SID or Activity.",
    "14.25": (
        "The Task that waits longest is pending or reserved: until a Worker accepts, the customer waits. `total_tasks` "
        "counts pending, reserved, assigned and wrapping Tasks."
    ),
    "14.26": "The Reservation is canceled, and its Task waits again.",
}
"""Answers to the open questions of docs/taskrouter.md (reference 14), by their numbers."""

FURTHER_RULES: tuple[str, ...] = (
    "Two Activities cannot have the same name. Two Workflows or two Workspaces can (reference 1.8).",
    "A Workspace of template `EMPTY` starts without Activities. The first one that is created becomes its default and "
    "timeout Activity (reference 2.1g).",
    "Attributes keep the order of their keys. Over REST, slashes are not escaped; only callbacks escape them. "
    "Callbacks have the letters of all scripts unescaped (reference 1.6).",
    "`IN` and `NOT IN` match nobody if the right side is missing or is text. Two comparisons need `AND` or `OR` "
    "between them (reference 5.2, 5.3).",
    "A channel of capacity 0 has 0 per cent available. A lower capacity doesn't take away Reservations that are there "
    "(reference 3.4e).",
    "With a queue as `RoutingTarget`, the Task enters the queue directly, without events of a Workflow. A Workflow as "
    "`RoutingTarget` works like `WorkflowSid`. A Worker as `RoutingTarget` is asked once; if that Worker doesn't "
    "accept, the Task is canceled (reference 3.1h, 3.4i).",
    "`TaskChannel` moves a pending Task to another channel. Once a Worker was reserved, it is refused with 400 / "
    "20001.",
    "A single-tasking Workspace starts with the same three Activities as any other, not with the four that were usual "
    "before 2019. Its queues change a Worker's Activity only if they name one (reference 2.1, 3.3a).",
    "A single-tasking Worker whose Reservation was canceled or rescinded returns to the Activity before it (reference "
    "3.3).",
    "If the last target is skipped and nothing else matches, the Task is canceled with the reason of a workflow "
    "timeout, though no timeout passed. Its events have `workflow.skipped` (reference 4.5b).",
    "`task_routing` is required in a configuration. `timeout` must be a positive integer, and `priority` an integer of "
    "at least 0 (reference 4.1, 4.8).",
    "There is no unary `NOT`. In a text, a quote or a backslash needs a backslash before it. An expression has at most "
    "8192 characters, and at most 64 levels of parentheses (reference 5.2).",
    "Characters of an expression or an `order_by` that belong to no token are stored, but ignored when it is read, as "
    "lexers made by ANTLR do. A quote without its partner is ignored with everything after it, a `-` or `!` with the "
    "character after it. The rest is evaluated. Workflows are known to store such characters. For `TargetWorkers` the "
    "known refusal of `skill-level` shows the same. We do the same in filters of lists (reference 5.2e).",
    "An empty value does not filter a list. An empty `TargetWorkers` matches nobody, and so does one that has only "
    "ignored characters (reference 1.8j, 5.2e).",
    "A comma after a complete clause of a Workflow's filter ends the expression, and what follows is ignored. In other "
    "expressions it is refused. A list can be empty. After a dot, a key can begin with a digit; the first part of a "
    "name cannot (reference 5.2f).",
    "A reply of 204 to an assignment callback means that the application decides later, like an empty 200. A callback "
    "URL that cannot be reached or returns an error status is reported as 11200 (reference 7.3).",
    "An instruction that cannot be carried out cancels the Reservation. Over REST it is refused with 400 / 20001. A "
    "Worker whose phone rings in the simulated call answers immediately, unless the caller's call was made with "
    "`worker_answers=false`. The call lasts until the Reservation wraps up or ends, or another instruction follows "
    "(reference 7.3i, 12.1).",
    "Of TwiML, a simulated call runs `<Say>`, `<Play>`, `<Pause>`, `<Gather>` of keys, `<Redirect>`, `<Hangup>`, "
    "`<Reject>`, `<Leave>`, `<Enqueue workflowSid>` and, for a Worker, `<Dial><Queue reservationSid>`. Other verbs are "
    "passed over, and the call says so. Reading and playing take no time, so a `waitUrl` is asked again only after a "
    "`<Pause>` or a `<Gather>`. A location that nobody gave is empty. A call whose Task is gone waits on, until its "
    "caller hangs up. A number has no fallback URL, and `AvgQueueTime` is always 0 (reference 12.2, 12.3).",
    "Status callbacks of the simulated call are tried once: those of `dequeue` by GET, as documented, those of `call` "
    "by POST, and those of a conference by the methods it names. If no events are named, they report `completed`, and "
    "those of a conference itself `start` and `end`. Their parameters are those of voice webhooks without the location "
    "of the numbers. They also have `TaskSid`, and the caller's call as `taskCallSid`, which is documented, and as "
    "`TaskCallSid`, which programs read. `mute`, `hold` and `speaker` never happen, and nothing is recorded. An "
    "invalid URL, event or method is reported as 40157 or 40134 for `dequeue`, 40113 for `call`, 40145 for "
    "`conference` (reference 7.4).",
    "A repeated assignment callback is sent when its Reservation is created. If replies, or their failure, led the "
    "same Task to the same Worker ten times in quick succession (each within half a second, on a running clock), each "
    "further callback waits 5 seconds, and an alert says so (reference 3.2m).",
    "A loop of callbacks ends. It is detected when fifty callbacks of one kind follow one another, and each of them, "
    "while it was open, caused the same number of its own kind: events of the same resource, new resources of a kind, "
    "the same Task and Worker. What they cause is then no longer sent, and an alert says so. An application that "
    "answers first and writes later is not detected.",
    "`reservation.created` of a Task that was reserved before has `task_re_evaluated_reason`: `reservation_` and the "
    "status of the Reservation that ended (reference 4.4a).",
    "Descriptions were captured for TaskQueues, for Workers that were created, deleted, or given another Activity or "
    "other attributes, for Tasks that were created and completed, for the first steps into Workflow and queue, and for "
    "Reservations that were created and accepted. The others follow the pattern, with the name of a Workspace, an "
    "Activity, a TaskChannel or a Workflow (reference 8.2j).",
    "Resource types `workspace`, `activity`, `workflow` and `taskchannel` follow those that were captured: "
    "`taskqueue`, `worker`, `task`, `reservation` (reference 8.1c).",
    "Each date inside an event is in seconds, `TaskVirtualStartTime` too. `TaskIgnoreCapacity` is false if the request "
    "didn't set it. `OperatingUnitSid`, `TargetChangedReason`, `WorkerChannelCapacity` and "
    "`WorkerChannelConsumedCapacity` are not sent (reference 8.2).",
    "The actor of an event is the Workspace, its source is `twilio`, and its address is 127.0.0.1. Events are listed "
    "oldest first (reference 8.4).",
)
