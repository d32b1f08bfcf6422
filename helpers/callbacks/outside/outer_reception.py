"""Reception at the outer door: whatever arrives there is from outside, whatever its headers say."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urlsplit

from helpers.callbacks import signature
from helpers.callbacks.inbox import Received
from helpers.callbacks.inbox.intake import Intake, Judgement, read_parameters
from helpers.callbacks.inbox.shelves import KEPT_STRANGERS
from helpers.callbacks.outside.probe import PublicProbe
from helpers.callbacks.outside.rate import Rate
from helpers.callbacks.outside.task_link import TASKS_A_MINUTE, TaskLink
from helpers.callbacks.outside.turns import Turns
from helpers.callbacks.reception import Reception
from helpers.callbacks.routes import ASSIGNMENT, CREATE_TASK, EVENTS
from helpers.ground.message import Parameters, Reply, Request, header, refusal

__all__ = ["OuterReception"]

_CALLBACKS = (ASSIGNMENT, EVENTS)

_NOTHING = Reply(404, content_type="text/plain")
"""Reply to strangers: there is nothing here, not even words by which they could tell what runs."""

_STRANGE = (
    "This request came from outside. From there, the listener answers only signed callbacks: POST to "
    "/assignment_callback or /events. The sender got an empty 404."
)
_UNCHECKABLE = (
    "This request came from outside, and without an Auth Token the listener can't check signatures. Call "
    "`connection.listen()`, which gives the listener the account's Auth Token, or `listener.configure(auth_token=…)`."
)

_NOT_OPEN_YET = (
    "This request came from outside before the public URL was known. Without the URL, the listener can't check a "
    "signature. The sender got an empty 404."
)
_ALTERED = (
    "The X-Twilio-Signature is that of request {number}, but the parameters are different. A signature doesn't cover "
    "where a name ends, so it matches both. Somebody who has seen request {number} may have built this one."
)

_BUSY = refusal(429, f"At most {TASKS_A_MINUTE} Tasks a minute can be created from outside. Try again in a minute.")

_SHARED_PAGE = Reply(
    200,
    b"""<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="robots" content="noindex"><title>Create a Task</title></head>
<body><form method="post"><button>Create a Spanish Task</button></form></body></html>
""",
    "text/html; charset=utf-8",
    headers=(("cache-control", "no-store"), ("referrer-policy", "no-referrer")),
)
"""Page of the shared link. A GET creates nothing: chat programs and crawlers follow links by themselves."""


class OuterReception:
    """Receiver at the outer door: answers signed callbacks and the shared link, and tells nobody else anything.

    Args:
        inner: reception of this machine's requests, with the routes and the auth token.
    """

    server_name = None

    def __init__(self, intake: Intake, inner: Reception) -> None:
        self.public_url = ""
        """Public URL that callbacks are sent to and signed for, with the path it may have."""
        self.task_link = TaskLink()
        self.probe: PublicProbe | None = None
        """Request of our own that is on its way."""
        self._intake = intake
        self._inner = inner
        self._turns = Turns()
        self._noise, self._unsigned = Rate(KEPT_STRANGERS), Rate(KEPT_STRANGERS)

    def answer(self, request: Request) -> tuple[Reply, object]:
        """Answer ``request``, and put it into the inbox, unless it is a probe of our own."""
        request = self._locate(request)
        probe = self.probe  # read once: it can end while another of its requests is on the way
        if probe is not None and probe.receive(request):
            return Reply(204), None
        if self.task_link.leads_from(request.path):
            without_secret = replace(request, target=CREATE_TASK + request.target[len(request.path) :])
            return self.answer_visitor(without_secret)
        # A callback that arrives twice at once is decided once.
        with self._turns.take(header(request.headers, signature.HEADER)):
            return self.answer_located(request)

    def answer_located(self, request: Request) -> tuple[Reply, Received]:
        """Answer a request that has its public URL already, such as one of the inbox once more."""
        return self._intake.take(request, self._judge)

    def answer_visitor(self, request: Request) -> tuple[Reply, Received]:
        """Answer a request of somebody who has the shared link; its secret, which isn't kept, is gone already."""
        return self._intake.take(request, self._judge_visitor)

    def turn_away(self, request: Request, reply: Reply) -> Reply:
        """Put a request that didn't arrive in full into the inbox, and tell its sender nothing."""
        if self._noise.allow():
            part = replace(request, public_url=self.public_url)
            self._intake.take_part(part, replace(_NOTHING, refused=reply.refused))
        return _NOTHING

    def _locate(self, request: Request) -> Request:
        """Return ``request`` with the public URL, and without that URL's path, if a proxy has kept it."""
        path = request.path.removeprefix(urlsplit(self.public_url).path)
        is_known = path in _CALLBACKS or self.task_link.leads_from(path)
        target = path + request.target[len(request.path) :] if is_known else request.target
        return replace(request, target=target, public_url=self.public_url)

    def _judge(self, request: Request) -> Judgement:
        try:
            parameters = read_parameters(request)
        except ValueError as error:
            return self._refuse(f"The parameters can't be read: {error}.", request, {})
        if request.method != "POST" or request.path not in _CALLBACKS:
            return self._refuse(_STRANGE, request, parameters)
        if not request.public_url:
            return self._refuse(_NOT_OPEN_YET, request, parameters)
        token = self._inner.auth_token
        if token is None and request.replay_of is None:
            return self._refuse(_UNCHECKABLE, request, parameters)
        verdict = signature.check(request, token)
        if verdict in signature.SENTENCES:
            return self._refuse(signature.SENTENCES[verdict], request, parameters, verdict)
        return self._judge_signed(request, parameters, verdict)

    def _judge_signed(self, request: Request, parameters: Parameters, verdict: str) -> Judgement:
        """Judge a signed callback; one that was answered before gets the same reply, undecided.

        Twilio can deliver a callback twice, and others can send a captured one again. The signature is the same then,
        and nobody else can make another one, as they can an I-Twilio-Idempotency-Token, which isn't signed.
        """
        earlier = self._intake.inbox.find_signed(request)
        if earlier is not None and not earlier.is_like(request.path, parameters):
            return self._refuse(_ALTERED.format(number=earlier.number), request, parameters, "wrong")
        if earlier is not None and earlier.is_answered and request.replay_of is None:
            return Judgement(Reply(earlier.status, earlier.reply), verdict, parameters)
        return Judgement(self._inner.follow(request, parameters), verdict, parameters)

    def _refuse(
        self, sentence: str, request: Request, parameters: Parameters, verdict: str = "not checked"
    ) -> Judgement:
        """Refuse a stranger, with the ``sentence`` for the inbox alone."""
        rate = self._noise if verdict == "not checked" else self._unsigned
        return Judgement(replace(_NOTHING, refused=sentence), verdict, parameters, _may(request, rate))

    def _judge_visitor(self, request: Request) -> Judgement:
        """Judge a request of somebody who has the shared link."""
        try:
            parameters = read_parameters(request)
        except ValueError as error:
            return self._refuse(f"The parameters can't be read: {error}.", request, {})
        if request.method not in ("GET", "POST"):
            return self._refuse(_STRANGE, request, parameters)
        if request.method == "POST" and _may(request, self.task_link.rate):
            return Judgement(self._inner.follow(request, parameters), parameters=parameters)
        reply = _SHARED_PAGE if request.method == "GET" else _BUSY
        return Judgement(reply, parameters=parameters, kept=_may(request, self._noise))


def _may(request: Request, rate: Rate) -> bool:
    """Return True if ``rate`` allows one more; a replay is the learner's own and doesn't count."""
    return request.replay_of is not None or rate.allow()
