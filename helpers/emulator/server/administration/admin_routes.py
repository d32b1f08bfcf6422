"""Routes below ``/_emulator``, with which tests control the emulator; Twilio has none of them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import UTC, datetime
from functools import partial
from typing import Any

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount, Route, Router

from ... import __version__
from ...api.http.authentication import CHALLENGE, SESSION_ACCOUNT, authenticate
from ...api.http.bodies import read_body, read_form
from ...api.http.other_routes import MOST_NUMBER, read_number
from ...api.http.rest_errors import Unauthenticated, error_body
from ...callbacks.faults import Fault
from ...clock import Millis
from ...emulator_errors import StoreFailed
from ...engine.model.refusals import Invalid, Refused
from ...hint_header import hint_header
from ...masking import mask
from ...portal.page_paths import name_page
from ...settling import AFTER_CALLBACKS_HEADER
from ..explaining.accepted_types import prefers_json
from ..explaining.task_report import report_tasks
from .administration import Administration
from .home_page import home

__all__ = ["admin_routes", "home_page"]

_JSON = "application/json; charset=utf-8"

_MAX_FORM = 64 * 1024
"""Limit in bytes: forms have a few numbers and words."""

Endpoint = Callable[[Administration, Request], Awaitable[Any]]
"""Function that returns the JSON body, or text; passwords in URLs are masked, except in bytes, which are the body."""


class _HoldsPassword(Refused):
    """Request without credentials for a snapshot with a password in it."""

    status, code = 401, 20003

    def __init__(self) -> None:
        super().__init__("A URL in this snapshot holds a password. Send Account SID and Auth Token, as curl -u does.")


def admin_routes(controls: Administration) -> list[BaseRoute]:
    """Return the routes."""

    def route(path: str, endpoint: Endpoint, method: str = "GET") -> Route:
        return Route(path, partial(_answer, controls, endpoint), methods=[method])

    return [
        Mount(
            "/_emulator",
            Router(
                redirect_slashes=False,
                routes=[
                    Route("/health", _health),
                    Route("/openapi.json", _openapi),
                    route("/clock", _clock),
                    route("/clock/advance", _advance, "POST"),
                    route("/clock/pause", _pause, "POST"),
                    route("/clock/run", _run, "POST"),
                    route("/clock/step", _step, "POST"),
                    route("/reset", _reset, "POST"),
                    route("/snapshot", _snapshot),
                    route("/restore", _restore, "POST"),
                    route("/seed", _seed, "POST"),
                    route("/explain", _report),
                    route("/explain/{sid}", _explain),
                    route("/deliveries", _deliveries),
                    route("/deliveries/{number}/replay", _replay, "POST"),
                    route("/alerts", _alerts),
                    route("/calls", _calls),
                    route("/calls", _dial, "POST"),
                    route("/calls/{sid}", _fetch_call),
                    route("/calls/{sid}/press", _press, "POST"),
                    route("/calls/{sid}/answer", _pick_up, "POST"),
                    route("/calls/{sid}/hangup", _hang_up, "POST"),
                    route("/faults", _faults),
                    route("/faults", _add_fault, "POST"),
                    route("/faults", _clear_faults, "DELETE"),
                ],
            ),
        ),
        Route("/_emulator", home_page(controls)),
    ]


def home_page(controls: Administration) -> Callable[[Request], Awaitable[Response]]:
    """Return the endpoint of the page that lists the routes."""

    async def page(request: Request) -> Response:
        return home("running" if controls.emulator.clock.is_running else "standing still", request)

    return page


async def _health(request: Request) -> Response:
    """Answer with status and version of the server."""
    return Response(msgspec.json.encode({"status": "ok", "version": __version__}), media_type=_JSON)


async def _openapi(request: Request) -> Response:
    """Answer with the OpenAPI description of the routes below ``/v1``."""
    from ...api.contract.openapi_description import describe  # here, because few requests need it

    return Response(msgspec.json.encode(describe()), media_type=_JSON)


async def _answer(controls: Administration, endpoint: Endpoint, request: Request) -> Response:
    hint, media_type = "", _JSON
    try:
        found, status = await endpoint(controls, request), 200
        if (failure := await controls.emulator.wait_until_kept()) is not None:
            raise failure
        if isinstance(found, str):
            body, media_type = _mask(found.encode()), "text/plain; charset=utf-8"
        else:
            body = found if isinstance(found, bytes) else _mask(msgspec.json.encode(found))
    except Refused as refused:
        body, status, hint = (
            _mask(error_body(refused.status, refused.code, refused.message)),
            refused.status,
            refused.hint,
        )
    except StoreFailed as failure:
        body, status = error_body(503, 20503, str(failure)), 503
    answer = Response(body, status, media_type=media_type)
    if status == 401:
        answer.raw_headers.append(CHALLENGE)
    if hint:
        answer.raw_headers.append(hint_header([hint]))
    return answer


async def _clock(controls: Administration, request: Request) -> dict[str, Any]:
    read = controls.read_clock(request.query_params.get("workspace_sid"))
    return {**_time(controls, read["now_ms"]), **read}


async def _advance(controls: Administration, request: Request) -> dict[str, Any]:
    seconds = _number(await _form(request), "seconds")
    return _time(controls, await controls.advance(seconds, patient=_is_patient(request)))


async def _pause(controls: Administration, request: Request) -> dict[str, Any]:
    return _time(controls, controls.pause())


async def _run(controls: Administration, request: Request) -> dict[str, Any]:
    return _time(controls, controls.run())


async def _step(controls: Administration, request: Request) -> dict[str, Any]:
    return _time(controls, controls.set_step(_number(await _form(request), "seconds")))


async def _reset(controls: Administration, request: Request) -> dict[str, Any]:
    await controls.reset()
    return _time(controls, controls.emulator.clock.now())


async def _snapshot(controls: Administration, request: Request) -> bytes:
    """Return a snapshot; one with passwords in its URLs, which a restore needs, asks for credentials."""
    document = msgspec.json.encode(controls.snapshot(events=request.query_params.get("events") == "true"))
    if _mask(document) != document and _account(controls, request) is None:
        raise _HoldsPassword
    return document


async def _restore(controls: Administration, request: Request) -> dict[str, Any]:
    await controls.restore(await request.body())
    return _time(controls, controls.emulator.clock.now())


async def _seed(controls: Administration, request: Request) -> dict[str, Any]:
    return {"workspaces": await controls.seed(await request.body())}


async def _report(controls: Administration, request: Request) -> str:
    """Tell of all Tasks that nobody has accepted, for tests in other languages that have failed."""
    account_sid = _account(controls, request)
    portal = str(request.base_url)
    told = await report_tasks(controls.emulator, controls.explainer, account_sid=account_sid, portal=portal)
    return f"{told or 'No Tasks are waiting, and there are no alerts.'}\n"


async def _explain(controls: Administration, request: Request) -> dict[str, Any] | str:
    """Explain a Task, a Worker or a Workflow: text, or JSON of the shape that ``Explanation.facts`` describes."""
    explanation = await controls.explainer.explain(
        request.path_params["sid"], request.query_params.get("attributes"), account_sid=_account(controls, request)
    )
    if prefers_json(",".join(request.headers.getlist("accept"))):
        return explanation.facts()
    if explanation.instance is None:  # a Task that is gone has no page
        return f"{explanation}\n"
    workspace_sid, sid = explanation.facts()["workspace_sid"], request.path_params["sid"]
    return f"{explanation}\n\n{name_page(str(request.base_url), workspace_sid, sid)}\n"


async def _deliveries(controls: Administration, request: Request) -> dict[str, Any]:
    return {"deliveries": controls.emulator.store.deliveries(**_page(request))}


async def _replay(controls: Administration, request: Request) -> object:
    return await controls.replay(read_number(request, "delivery"))


async def _alerts(controls: Administration, request: Request) -> dict[str, Any]:
    return {"alerts": controls.emulator.store.alerts(**_page(request))}


async def _calls(controls: Administration, request: Request) -> dict[str, Any]:
    return {"calls": controls.phone.list(request.query_params.get("workspace_sid"))}


async def _dial(controls: Administration, request: Request) -> dict[str, Any]:
    account_sid = _account(controls, request) or next(iter(controls.emulator.accounts))
    return await controls.phone.dial(account_sid, await _form(request), patient=_is_patient(request))


async def _fetch_call(controls: Administration, request: Request) -> dict[str, Any]:
    return controls.phone.fetch(request.path_params["sid"])


async def _press(controls: Administration, request: Request) -> dict[str, Any]:
    digits = (await _form(request)).get("digits", "")
    return await controls.phone.press(request.path_params["sid"], digits, patient=_is_patient(request))


async def _pick_up(controls: Administration, request: Request) -> dict[str, Any]:
    return await controls.phone.pick_up(request.path_params["sid"], patient=_is_patient(request))


async def _hang_up(controls: Administration, request: Request) -> dict[str, Any]:
    party = (await _form(request)).get("party", "caller")
    return await controls.phone.hang_up(request.path_params["sid"], party, patient=_is_patient(request))


async def _faults(controls: Administration, request: Request) -> dict[str, Any]:
    return {"faults": controls.faults.pending}


async def _add_fault(controls: Administration, request: Request) -> dict[str, Any]:
    given = await _form(request)
    if unknown := sorted(given.keys() - set(Fault.__struct_fields__)):
        raise Invalid(f"{unknown[0][:80]!r} means nothing here; a fault has {', '.join(Fault.__struct_fields__)}")
    controls.faults.add(Fault(**{"fault": "", **{name: _plain(text) for name, text in given.items()}}))
    return {"faults": controls.faults.pending}


async def _clear_faults(controls: Administration, request: Request) -> dict[str, Any]:
    controls.clear_faults()
    return {"faults": []}


def _is_patient(request: Request) -> bool:
    """Return True if the client waits for callbacks; any other might be answering one."""
    return AFTER_CALLBACKS_HEADER in request.headers


def _account(controls: Administration, request: Request) -> str | None:
    """Return the account that a request names; None without credentials, which a server on loopback doesn't ask for."""
    if (account_sid := request.scope.get(SESSION_ACCOUNT)) is not None:
        return str(account_sid)
    with suppress(Unauthenticated):
        return authenticate(request.headers.get("authorization", "").encode(), controls.emulator.accounts)
    return None


def _mask(body: bytes) -> bytes:
    return mask(body.decode()).encode() if b"@" in body or b"%40" in body else body


def _time(controls: Administration, now: Millis) -> dict[str, Any]:
    text = datetime.fromtimestamp(now / 1000, UTC).isoformat(timespec="milliseconds")
    clock = controls.emulator.clock
    return {"now": text, "now_ms": now, "running": clock.is_running, "step": clock.step_ms / 1000}


async def _form(request: Request) -> dict[str, str]:
    body = await read_body(request.receive, _MAX_FORM)
    return dict(read_form(dict(request.scope["headers"]), body))


def _page(request: Request) -> dict[str, Any]:
    """Return the part of a log that a request asks for, as arguments of the store."""
    query = dict(request.query_params)
    return {
        "workspace_sid": query.get("workspace_sid"),
        "after_number": _whole({"after": "0", **query}, "after", 0, MOST_NUMBER),
        "limit": _whole({"limit": "1000", **query}, "limit", 1, 1000),
    }


def _plain(text: str) -> Any:
    """Return ``text`` as a number if it is one, else as it is."""
    for read in (int, float):
        with suppress(ValueError):
            return read(text)
    return text


def _number(given: dict[str, str], name: str) -> float:
    try:
        number = float(given.get(name, ""))
    except ValueError:
        number = -1
    if not 0 <= number < 1e12:
        raise Invalid(f"{name} is {_seen(given, name)}; it must be a number, 0 or more")
    return number


def _whole(given: dict[str, str], name: str, least: int, most: int) -> int:
    try:
        number = int(given[name])
    except ValueError:
        number = least - 1
    if not least <= number <= most:
        raise Invalid(f"{name} is {_seen(given, name)}; it must be a whole number from {least} to {most}")
    return number


def _seen(given: dict[str, str], name: str) -> str:
    return repr(given[name][:80]) if name in given else "missing"
