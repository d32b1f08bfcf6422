"""Differences of this API from Twilio's, and our choices where Twilio's behaviour is not known.

Differences of one parameter or property are in its row of the tables; these are about the whole API.
"""

from __future__ import annotations

__all__ = ["CHOICES", "DIFFERENCES", "FURTHER_RULES", "RULES"]

DIFFERENCES: tuple[str, ...] = (
    "Every URL in an answer begins with `https://taskrouter.twilio.com`, whatever host was asked: ports vary and "
    "stored outputs must not. The SDK's HTTP clients in `taskrouter_emulator.sdk` lead it back here; with `curl`, "
    "replace the host of `next_page_url` yourself.",
    "There is no `Strict-Transport-Security` header: we speak plain HTTP on a loopback address. "
    "`Twilio-Request-Duration`, `X-Powered-By` and `X-Shenanigans` are left out.",
    "No rate is limited; the `X-Rate-Limit-*` headers stand still.",
    "`operating_unit_sid` is not among the properties.",
    "What a refusal's words leave open stands in a header of ours, `X-Emulator-Hint`: the present status and the next "
    "ones, the version that did not match. A success has it where something was passed over.",
)

CHOICES: tuple[str, ...] = (
    "A parameter given twice counts as it was given last; unknown parameters are ignored.",
    "An empty filter filters nothing. An empty callback URL, `EventsFilter`, `ReservationActivitySid` or "
    "`AssignmentActivitySid` clears it, `EventsFilter` to an empty text; an empty `Available` of an Activity or "
    "`IgnoreCapacity` is false; any other empty number, SID, date, name or yes-or-no is refused with 400 / 20001.",
    "Statuses, methods and other fixed words are case-sensitive.",
    "Parameters of a POST are read from its form only; one that stands in the URL is refused with 400 / 20001. Those "
    "of a GET are read from its query string only; a body is passed over, which the hint says (reference 1.1).",
    "A form is `application/x-www-form-urlencoded` or `multipart/form-data`, in UTF-8. A body of another type, "
    "without a type, of another charset, packed, or that is JSON or XML whatever its type, answers 415 / 19056 with "
    "the words of that code; a broken form, a file, or a percent sign without its two digits 400 / 20001. An empty "
    "body has any type. A body above 4 MiB answers 413 / 20413, more than 1000 parameters or parts 400 / 20001 "
    "(reference 1.1k).",
    "Words of refusals are Twilio's where a recording or Twilio's error dictionary has them: 404, 412, 415, a Task's "
    "refused statuses, a Reservation that is not pending, names that are taken, pending Reservations that cannot be "
    "rejected, a malformed `RoutingTarget`, `... field is required`. All others are ours (reference 10).",
    "`EventsFilter` and `EventType` take any text; a type that no event has is named in the hint, and for "
    "`EventsFilter` in the alerts, with the nearest one (reference 8.1d).",
    "Names of TaskQueues and Workflows have at most 255 characters, URLs 2048, `EventsFilter` and `Reason` 4096 "
    "(reference 11).",
    "`event_callback_url` is an empty text where there is none, as recorded; all other unset properties are null "
    "(reference 2.1f, appendix A).",
    "The answer to a write shows the resource before routing goes on: a new Task is `pending` and at version 0 even "
    "if it is reserved a moment later (reference 1.7a).",
    "`HEAD` answers 405 / 20004; `OPTIONS` answers 204 without credentials.",
    "Credentials are asked for before anything else, so 401 hides what exists (reference 10b).",
    "ETags are quoted and sent for Tasks, Workers and Reservations; `If-Match` may be quoted or not, and `*` matches "
    "(reference 1.7).",
    "Statistics of all Workers answer 400 / 20001 above 100 Workers; those of one Worker always answer. "
    "`SplitByWaitTime` takes up to 50 thresholds. A TaskChannel that does not exist counts nothing (reference 9.1, "
    "11k).",
    "A page reached by its token always offers the way back, even if everything before it was deleted meanwhile "
    "(reference 1.4e).",
)

RULES: dict[str, str] = {
    "14.1": "`AND` binds tighter than `OR`.",
    "14.2": "Text is compared case-sensitively, by `CONTAINS` too.",
    "14.3": "Two names that are both missing are equal, as `null == null` is.",
    "14.4": "`NOT IN` holds where the left side is missing.",
    "14.5": (
        'A number equals a text that spells it: `s == 6` holds for `"6"`. Other kinds are never equal, and always '
        "unequal."
    ),
    "14.6": '`true` is not the text `"true"`.',
    "14.7": (
        "A name without `task.`, `worker.` or `taskrouter.` in a target's expression is null; Workflows in production "
        "have such names. One of these three words alone is refused with 400 / 20001."
    ),
    "14.8": "A configuration that names an unknown TaskQueue is refused with 400 / 20001.",
    "14.9": (
        "A Task that no filter takes, where there is no default filter, is created and at once canceled, with the "
        "reason of a workflow timeout."
    ),
    "14.10": (
        "After a Reservation timed out the Task stays in its step until the deadline of that step, counted from when "
        "the Task entered its filter: for a fresh Task, its creation."
    ),
    "14.11": (
        "Longest idle is whoever has waited longest since they became available and since their last Reservation began "
        "or ended; ties go to whoever was created first."
    ),
    "14.12": (
        "Answering a Reservation that is not pending is refused with 400 / 20001 and the words `Reservation WR... is "
        "not currently in a Pending state.`"
    ),
    "14.13": "Answering a rescinded Reservation is refused with 410 / 20001.",
    "14.14": "An event callback is tried once; failures stand in the delivery log.",
    "14.15": "Workers who become free while a Task is reserved do not join.",
    "14.16": "`StartDate` and `EndDate` win over `Minutes`.",
    "14.17": (
        "`tasks_by_status` has reserved, pending, assigned, wrapping, completed and canceled, the last two 0, for a "
        "Workflow as for a Workspace and a queue."
    ),
    "14.18": "Attributes that are no JSON object are refused with 400 / 20001.",
    "14.19": (
        "An Activity in use and a Workflow with Tasks cannot be deleted. A Worker can: pending Reservations are "
        "canceled, accepted Tasks stay."
    ),
    "14.20": "`Page` above 0 without `PageToken` is refused with 400 / 40153.",
    "14.21": "Assignment callbacks carry no `Timestamp`.",
    "14.22": (
        "New attributes of a pending Task ask the filters again; if the same filter takes it, it stays in its step. A "
        "reserved Task is left alone."
    ),
    "14.23": "There is no `<Enqueue>`: a Task's attributes are those it was created with.",
    "14.24": "`TargetWorkers` reads attributes only, not the Worker's name, SID or Activity.",
}
"""Answers to the open questions of docs/taskrouter.md (reference 14), by their numbers."""

FURTHER_RULES: tuple[str, ...] = (
    "Two Activities cannot have one name. A Workflow's and a Workspace's name may be taken twice (reference 1.8).",
    "A Workspace of template `EMPTY` starts without Activities; the first one made becomes its default and timeout "
    "Activity (reference 2.1g).",
    "Attributes keep the order of their keys, and slashes are plain over REST: only callbacks escape them. Callbacks "
    "carry letters of all scripts as they are (reference 1.6).",
    "`IN` and `NOT IN` match nobody where the right side is missing or is text. Two comparisons need `AND` or `OR` "
    "between them (reference 5.2, 5.3).",
    "A channel of capacity 0 has 0 per cent available; lowering a capacity takes nothing away (reference 3.4e).",
    "A `RoutingTarget` that is a queue is entered directly, without events of a Workflow; one that is a Workflow is "
    "as if `WorkflowSid` had been given. One that is a Worker is asked once; who does not accept ends the Task "
    "(reference 3.1h, 3.4i).",
    "`TaskChannel` moves a pending Task to another channel; once somebody was reserved it is refused with 400 / 20001.",
    "A single-tasking Workspace starts with the same three Activities as any other, not with the four of before 2019; "
    "its queues change nobody's Activity unless they name one (reference 2.1, 3.3a).",
    "A single-tasking Worker whose Reservation was canceled or rescinded returns to the Activity before it (reference "
    "3.3).",
    "`task_routing` is required in a configuration; `timeout` must be a positive integer, `priority` one from 0 on "
    "(reference 4.1, 4.8).",
    "There is no unary `NOT`. A backslash stands before a quote or a backslash in a text. An expression has at most "
    "8192 characters, and parentheses at most 64 deep (reference 5.2).",
    "Characters of an expression or an `order_by` that belong to no token are stored, dropped when it is read, and "
    "the rest decides, as lexers made by ANTLR do: a quote without its partner goes with all that follows, a `-` or "
    "`!` with the character after it. Known for Workflows to be stored; in `TargetWorkers` the known refusal of "
    "`skill-level` shows it; in filters of lists we do the same (reference 5.2e).",
    "An empty value filters no list. An empty `TargetWorkers` matches nobody, and so does one of which nothing is "
    "left (reference 1.8j, 5.2e).",
    "A comma after a complete clause of a Workflow's filter ends the expression, and what follows is ignored; "
    "elsewhere it is refused. A list may be empty. Behind a dot a key may begin with a digit, at the head of a name "
    "it may not (reference 5.2f).",
    "A reply of 204 to an assignment callback means later, as an empty 200 does. A callback URL that cannot be "
    "reached or answers with an error status shows as 11200 (reference 7.3).",
    "An instruction that cannot be carried out cancels the Reservation, by REST it is refused with 400 / 20001. A "
    "Worker who is rung on the simulated call answers at once; the call lasts until their Reservation wraps up or "
    "ends, or another instruction follows (reference 7.3i, 12.1).",
    "Status callbacks of the simulated call are tried once: `dequeue`'s by GET, as documented, `call`'s by POST, a "
    "conference's by the methods it names. Where no events are named they tell of `completed`, those of a conference "
    "itself of `start` and `end`. Parameters are those of voice webhooks without the geography of numbers, with "
    "`TaskSid`, and with the caller's call as `taskCallSid`, which is documented, and as `TaskCallSid`, which "
    "programs read. `mute`, `hold` and `speaker` never happen, and nothing is recorded. A URL, event or method that "
    "is none shows as 40157 or 40134 for `dequeue`, 40113 for `call`, 40145 for `conference` (reference 7.4).",
    "A repeated assignment callback is sent when its Reservation is created. Once answers, or their failure, brought "
    "the same Task to the same Worker ten times in no time (each within half a second, on a running clock), each "
    "further callback waits 5 seconds, and an alert says so (reference 3.2m).",
    "A loop of callbacks ends: when fifty in a row of one kind each had, while open, the same number of their kind "
    "caused (events of the same resource, new resources of a kind, the same Task and Worker), what they cause is not "
    "sent any more, and an alert says so. An application that answers first and writes later is not noticed.",
    "`reservation.created` of a Task that was reserved before carries `task_re_evaluated_reason`: `reservation_` and "
    "the status of the Reservation that ended (reference 4.4a).",
    "Descriptions were captured for TaskQueues, for Workers created, deleted, with another Activity or other "
    "attributes, for Tasks created and completed, for the first steps into Workflow and queue, and for Reservations "
    "created and accepted. The others follow the pattern, with the name of a Workspace, an Activity, a TaskChannel or "
    "a Workflow (reference 8.2j).",
    "Resource types `workspace`, `activity`, `workflow` and `taskchannel` follow those that were captured: "
    "`taskqueue`, `worker`, `task`, `reservation` (reference 8.1c).",
    "Each date inside an event is in seconds, `TaskVirtualStartTime` too. `TaskIgnoreCapacity` is false where nothing "
    "was said. `OperatingUnitSid`, `TargetChangedReason`, `WorkerChannelCapacity` and `WorkerChannelConsumedCapacity` "
    "are not sent (reference 8.2).",
    "The actor of an event is the Workspace, its source `twilio`, its address 127.0.0.1. Events are listed oldest "
    "first (reference 8.4).",
    "`total_tasks` counts pending, reserved, assigned and wrapping Tasks; the longest waiting one is pending or "
    "reserved (reference 9.3).",
)
