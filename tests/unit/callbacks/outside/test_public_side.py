"""Opening to the outside, closing, and what is said when the way is lost; with a relay in the place of ngrok."""

from __future__ import annotations

import socket
import threading
import time
from types import SimpleNamespace

import pytest
import requests

from helpers.callbacks import Listener
from helpers.callbacks.outside import probe as probes
from helpers.errors import listener_errors, tunnel_errors
from helpers.ground.choice import current_ground
from helpers.lessons import story
from tests.unit.callbacks.conftest import AUTH_TOKEN
from tests.unit.callbacks.outside.conftest import PUBLIC_URL, free_port


@pytest.fixture
def relay():
    """A relay; its edge is closed afterwards."""
    made = current_ground().make_relay()
    yield made
    if made._door is not None:
        made._door.close()


@pytest.fixture
def exposed(listener, relay) -> Listener:
    """A listener that is open to the outside."""
    listener.configure(make_tunnel=lambda **_: relay).expose()
    return listener


@pytest.fixture
def world(connection):
    """The tutorial's Workflow, in the kernel's own emulator, and how to listen."""
    made = story.build(connection.client)
    workflow = story.workspace_of(connection.client, made).workflows(made.workflow_sid)
    return SimpleNamespace(workflow=workflow, listen=connection.listen)


def port_of(url: str) -> int:
    """The port in a URL."""
    return int(url.rpartition(":")[2])


def test_local_tunnels_share_one_edge(connection):
    """Whatever domains are asked for, one server stands for the internet, and no more of them stay."""
    listener = connection.listen()
    before = threading.active_count()

    urls = {listener.expose(domain=f"own-{number}.example.com") for number in range(4)}
    listener.hide()

    assert (len(urls), threading.active_count() - before <= 1) == (1, True)


def test_expose_opens_another_port(exposed, relay):
    """The tunnel leads there, never to the port that is this machine's; closing frees it."""
    behind = port_of(relay._edge.upstream)
    assert behind != port_of(exposed._local_url(""))

    exposed.hide()

    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", behind))
    assert requests.get(exposed._local_url("")).status_code == 200


def test_stop_closes_everything(exposed, relay):
    """A stopped listener has no door at all, and starts without the outer one."""
    behind = port_of(relay._edge.upstream)

    exposed.stop()

    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", behind))
    assert relay.public_url is None
    assert repr(exposed.start()) == "Listener(running)"


@pytest.mark.parametrize("error", [OSError, KeyboardInterrupt])
def test_doors_close_whatever_the_tunnel_does(exposed, relay, monkeypatch, error):
    """A tunnel that can't be closed, or an interrupt meanwhile, leaves no port open."""
    ports = port_of(relay._edge.upstream), port_of(exposed._local_url(""))
    with monkeypatch.context() as patch:
        patch.setattr(relay, "close", lambda: (_ for _ in ()).throw(error))
        with pytest.raises(error):
            exposed.stop()

    for port in ports:
        with pytest.raises(ConnectionRefusedError):
            socket.create_connection(("127.0.0.1", port))
    assert not exposed.is_running


def test_listener_can_be_asked_for_while_a_workflow_is_led_here(world, monkeypatch):
    """A decision function may ask for it, and has five seconds; setting the URL and the probe can take longer."""
    listener, asked = world.listen(), []

    def set_slowly(workflow, url):
        asking = threading.Thread(target=lambda: asked.append(world.listen()), daemon=True)
        asking.start()
        asking.join(5)
        return workflow.friendly_name

    monkeypatch.setattr("helpers.callbacks.outside.public_side.set_callback_url", set_slowly)
    listener.expose(world.workflow.fetch())
    told = list(asked)
    listener.hide()

    assert told == [listener]


def test_expose_says_what_is_open(listener, relay, capsys):
    """In words without a port, so that stored outputs are the same on each run; once."""
    listener.configure(make_tunnel=lambda **_: relay)
    for _ in range(2):
        listener.expose()

    assert capsys.readouterr().out == (
        "`listener.public_url` leads to this listener until `listener.hide()`.\n"
        "From there, the listener answers only signed callbacks: POST to /assignment_callback and /events. "
        "Every other request gets an empty 404.\n"
    )


def test_own_tunnel_is_said_by_its_url(outside, capsys):
    """A public URL is the same on each run."""
    outside.listener.hide()
    outside.listener.expose()

    assert capsys.readouterr().out.startswith(f"{PUBLIC_URL} leads to this listener until `listener.hide()`.\n")


def test_nothing_opens_without_an_auth_token(relay):
    """A listener that could answer nobody isn't opened."""
    with Listener().configure(make_tunnel=lambda **_: relay) as listener, pytest.raises(listener_errors.NoAuthToken):
        listener.expose()
    assert relay.public_url is None


@pytest.mark.parametrize("given", ["token", 5, object()])
def test_first_argument_is_a_workflow(listener, relay, given):
    """Anything else is refused before something opens: it was ngrok's token once."""
    with pytest.raises(listener_errors.NotAWorkflow, match="auth_token="):
        listener.configure(make_tunnel=lambda **_: relay).expose(given)
    assert relay.public_url is None


def test_lost_tunnel_is_said_everywhere(exposed, relay):
    """By each URL of the public side, by the text form and by a wait; never is the local URL given instead."""
    relay.lose()

    for ask in (lambda: exposed.url, lambda: exposed.assignment_url, lambda: exposed.events_url):
        with pytest.raises(tunnel_errors.TunnelLost, match=r"has ended.*`listener\.expose\(workflow\)`"):
            ask()
    with pytest.raises(tunnel_errors.TunnelLost):
        exposed.share_create_task()
    assert (exposed.public_url, repr(exposed)) == (None, "Listener(tunnel lost)")
    assert exposed.create_task_url.startswith("http://127.0.0.1:")


def test_failed_reopening_stays_lost(exposed, relay, monkeypatch):
    """When opening again fails, the URL is still the one that is lost, not the local one."""
    relay.lose()

    def fail(url):
        relay.public_url = None
        raise tunnel_errors.TokenRefused

    monkeypatch.setattr(relay, "open", fail)
    for _ in range(2):
        with pytest.raises(tunnel_errors.TokenRefused):
            exposed.expose()
    with pytest.raises(tunnel_errors.TunnelLost, match="has ended"):
        _ = exposed.assignment_url

    exposed.hide()
    assert exposed.assignment_url.startswith(exposed._local_url(""))


def test_failed_change_is_lost_too(listener, relay):
    """Asked for another domain that it doesn't get, the listener has closed the old one, and says so."""
    listener.configure(make_tunnel=lambda **_: relay)
    url = listener.expose()

    def refuse(url):
        raise tunnel_errors.TokenRefused

    other = current_ground().make_relay()
    other.open = refuse
    listener.configure(make_tunnel=lambda **_: other)
    with pytest.raises(tunnel_errors.TokenRefused):
        listener.expose(domain="a.example")

    with pytest.raises(tunnel_errors.TunnelLost, match=f"The tunnel at {url} was closed"):
        _ = listener.assignment_url


def test_other_settings_open_another_tunnel(listener):
    """With a domain the old tunnel is closed and one with that name opened; the same settings again change nothing."""
    made = []

    def make(**given):
        made.append(given)
        return current_ground().make_relay()

    listener.configure(make_tunnel=make)
    first = listener.expose()
    second = listener.expose(domain="a.example")
    third = listener.expose(domain="a.example")

    assert [given["domain"] for given in made] == [None, "a.example"]
    assert first != second == third == listener.expose()
    assert requests.get(first).headers["Ngrok-Error-Code"] == "ERR_NGROK_3200"


def test_wait_ends_when_the_tunnel_does(exposed, relay):
    """What can't come isn't waited for; what is here is found; this machine's own route needs no tunnel."""
    timer = threading.Timer(0.2, relay.lose)
    timer.start()
    began = time.monotonic()

    with pytest.raises(
        listener_errors.NothingArrived, match=r"^Stopped waiting for a request to /events: The tunnel"
    ) as told:
        exposed.inbox.wait(path="/events", timeout=60)

    timer.join()
    assert time.monotonic() - began < 30
    assert told.value.trouble == exposed.tunnel_trouble()
    with pytest.raises(listener_errors.NothingArrived, match=r"^Waited 0 s"):
        exposed.inbox.wait(path="/create_task", timeout=0)
    requests.get(exposed.create_task_url.replace("create_task", "assignment_callback"))
    assert exposed.inbox.wait(path="/assignment_callback", timeout=60).method == "GET"


def test_workflow_is_set_read_back_and_probed(world, capsys):
    """Its URL is the public one, the probe is in no inbox, and the next callback comes by that way."""
    listener = world.listen()
    listener.expose(world.workflow.fetch())

    assert world.workflow.fetch().assignment_callback_url == listener.assignment_url
    assert listener.assignment_url.startswith(listener.public_url)
    assert len(listener.inbox) == 0
    assert capsys.readouterr().out.splitlines()[-1] == (
        "Workflow “Customer Care Requests” sends its callbacks there, and a signed test request has arrived."
    )
    listener.hide()


def test_lost_way_is_mended_by_one_call(world):
    """The Workflow's URL is set again."""
    listener = world.listen()
    listener.expose(world.workflow.fetch())
    listener.lose_tunnel()
    world.workflow.update(assignment_callback_url="http://127.0.0.1:1/old")

    listener.expose(world.workflow.fetch())

    assert world.workflow.fetch().assignment_callback_url == listener.assignment_url
    assert repr(listener) == "Listener(exposed)"
    listener.hide()


def test_workflow_with_the_address_of_before_is_named(world, exposed, capsys):
    """When the next tunnel has another address and no Workflow is passed; no longer once it was led there."""
    led = world.workflow.fetch()
    exposed.expose(led)
    before = exposed.assignment_url
    another = current_ground().make_relay()
    exposed.configure(make_tunnel=lambda **_: another)

    exposed.expose(domain="another.ngrok.app")
    told = capsys.readouterr().out
    exposed.expose(led)
    exposed.expose()

    assert told.endswith(
        f"Workflow “{led.friendly_name}” had the URL {before} earlier. If it hasn't changed since, TaskRouter still "
        "calls it: run `listener.expose(workflow)`.\n"
    )
    assert "earlier" not in capsys.readouterr().out
    another._door.close()


def test_way_that_is_shut_is_told_by_the_probe(world, monkeypatch):
    """When the tunnel ends in between, the error says what came back: ngrok's own code, in its words."""
    monkeypatch.setattr(probes, "LIMIT_SECONDS", 0)
    listener = world.listen()
    listener.expose()
    listener._outside.tunnel._edge.upstream = None
    monkeypatch.setattr(listener._outside.tunnel, "open", lambda url: listener._outside.tunnel.public_url)
    monkeypatch.setattr(listener._outside.tunnel, "trouble", lambda: None)

    with pytest.raises(tunnel_errors.NotReached, match="ERR_NGROK_3200") as told:
        listener.expose(world.workflow.fetch())

    assert told.value.url == f"{listener.public_url}/assignment_callback"
    monkeypatch.undo()
    listener.hide()


def test_own_tunnel_may_not_have_the_listeners_port(listener):
    """Asked to listen where the inner door is, the listener moves that: a tunnel leads there."""
    port = port_of(listener.url)

    listener.use_tunnel(PUBLIC_URL, port)

    assert port_of(listener._local_url("")) != port
    assert requests.get(f"http://127.0.0.1:{port}/").status_code == 404


def test_taken_port_of_an_own_tunnel_is_told(listener):
    """Nothing is half open then."""
    with (
        socket.create_server(("127.0.0.1", 0)) as taken,
        pytest.raises(listener_errors.PortTaken, match="the tunnel"),
    ):
        listener.use_tunnel(PUBLIC_URL, taken.getsockname()[1])
    assert (listener.public_url, listener.is_running) == (None, True)


@pytest.mark.parametrize(
    ("public_url", "port", "says"),
    [
        (PUBLIC_URL, 0, "the port"),
        ("http://hub.example", 8000, "https://"),
        ("https://me:secret@hub.example", 8000, "user name or a password"),
        (f"{PUBLIC_URL}/", 8000, f"Leave the slash out: {PUBLIC_URL}$"),
    ],
)
def test_wrong_public_url_is_told(listener, public_url, port, says):
    """With the rule and the next step, without a password; nothing opens."""
    with pytest.raises(listener_errors.BadPublicUrl, match=says) as told:
        listener.use_tunnel(public_url, port)
    assert "secret" not in str(told.value)
    assert listener.public_url is None


def test_running_the_cell_again_keeps_an_own_tunnel(listener):
    """Another URL or port moves it."""
    port, other = free_port(), free_port()
    for _ in range(2):
        listener.use_tunnel(PUBLIC_URL, port)
    listener.use_tunnel("https://other.example", other)

    assert listener.assignment_url == "https://other.example/assignment_callback"
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", port))


def test_settings_can_name_an_own_tunnel(no_dotenv, monkeypatch):
    """Then `expose` opens the port behind it, and nothing goes to ngrok."""
    port = free_port()
    monkeypatch.setenv("TASKROUTER_PUBLIC_URL", PUBLIC_URL)
    monkeypatch.setenv("TASKROUTER_PUBLIC_PORT", str(port))

    with Listener(auth_token=AUTH_TOKEN) as listener:
        assert listener.expose() == PUBLIC_URL
        assert requests.get(f"http://127.0.0.1:{port}/").status_code == 404


@pytest.mark.parametrize("is_running", [False, True])
def test_port_of_ones_own_goes_to_the_tunnel(is_running):
    """A listener that was made for this port leaves it, before it starts and after."""
    port = free_port()
    listener = Listener(auth_token=AUTH_TOKEN, port=port)
    if is_running:
        listener.start()
    try:
        listener.use_tunnel(PUBLIC_URL, port)
        assert (listener.public_url, port_of(listener._local_url("")) == port) == (PUBLIC_URL, False)
    finally:
        listener.stop()
