"""The callback listener: a small web server in the kernel that receives TaskRouter's callbacks."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Self, TypeVar

from helpers.callbacks.create_task import TaskMaker
from helpers.callbacks.decision import Decision, check_decision
from helpers.callbacks.inbox import Inbox, Received
from helpers.callbacks.inbox.intake import Intake
from helpers.callbacks.outside.public_side import PublicSide
from helpers.callbacks.outside.workflow_url import check_workflow
from helpers.callbacks.reception import Reception
from helpers.callbacks.replayed_requests import make_again
from helpers.callbacks.routes import ASSIGNMENT, CREATE_TASK, EVENTS
from helpers.errors.listener_errors import BadPublicUrl, ListenerStopped, NoAuthToken, NotPublic
from helpers.errors.tunnel_errors import TunnelLost
from helpers.ground.choice import current_ground
from helpers.ground.ground import Door, TunnelMaker
from helpers.ground.own_tunnel import find_fault

if TYPE_CHECKING:
    from twilio.rest import Client
    from twilio.rest.taskrouter.v1.workspace.workflow import WorkflowInstance

__all__ = ["Listener", "current_listener", "listen", "stop_listening"]

_NO_PORT = "Pass the port on this machine that your tunnel leads to: `connection.listen(public_url=…, port=8000)`."

D = TypeVar("D", bound=Decision | None)


class Listener:
    """Listener for callbacks on 127.0.0.1, in the background, until it is stopped or the kernel ends.

    Args:
        auth_token: checks the signature of callbacks. Without it signatures aren't checked, and a listener open to
            the internet refuses callbacks.
        port: 0 picks a free one.
        patience_seconds: time limit for one request to arrive, and for an idle connection.
    """

    def __init__(
        self,
        *,
        auth_token: str | None = None,
        port: int = 0,
        patience_seconds: float = 10.0,
    ) -> None:
        self.inbox = Inbox()
        intake = Intake(self.inbox)
        self._reception = Reception(intake, auth_token=auth_token)
        self._outside = PublicSide(intake, self._reception, patience_seconds)
        self.inbox.hopeless = self.tunnel_trouble
        self._wanted_port = port
        self._patience_seconds = patience_seconds
        self._lock, self._exposing = threading.RLock(), threading.RLock()
        self._door: Door | None = None
        self._has_created: Callable[[str], bool] | None = None

    def start(self, port: int = 0) -> Self:
        """Start to listen; do nothing if the listener already runs at ``port``.

        Args:
            port: another port moves a running listener there. It keeps inbox and settings, its tunnel is closed. 0
                leaves it where it is.

        Raises:
            PortTaken: the port isn't free; a running listener stays where it was.
            CannotListen: it can't listen for another reason.
        """
        with self._lock:
            if self._door is None or port not in (0, self._door.port):
                wanted = port or self._wanted_port
                door = current_ground().open_door(wanted, self._reception, self._patience_seconds)
                self.stop()
                self._door = door
        return self

    def stop(self) -> None:
        """Close tunnel and door; keep inbox and settings for the next ``start``."""
        with self._lock:
            door, self._door = self._door, None
            try:
                self.hide()
            finally:
                if door is not None:
                    door.close()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, *error: object) -> None:
        self.stop()

    @property
    def is_running(self) -> bool:
        """True while requests are answered."""
        return self._door is not None

    @property
    def public_url(self) -> str | None:
        """Public URL of the tunnel while it leads here, else None."""
        return self._outside.public_url

    def tunnel_trouble(self) -> str | None:
        """Return a sentence if a tunnel was opened and its public URL no longer leads here, else None.

        The tunnel's program may be asked for it, which can take a second.
        """
        return self._outside.trouble()

    @property
    def known_tunnel_trouble(self) -> str | None:
        """Sentence that ``tunnel_trouble`` returned last, unless the tunnel has been opened or closed since."""
        return self._outside.known_trouble

    @property
    def url(self) -> str:
        """URL of the listener: the public one if there is a tunnel, else the local one.

        Raises:
            ListenerStopped: the listener isn't running.
            TunnelLost: there was a tunnel, and it no longer leads here.
        """
        if trouble := self.tunnel_trouble():
            raise TunnelLost(trouble)
        return self.public_url or self._local_url("The URL")

    @property
    def assignment_url(self) -> str:
        """URL to set as a Workflow's ``assignment_callback_url``."""
        return self.url + ASSIGNMENT

    @property
    def rehearsal_url(self) -> str:
        """URL on this machine for assignment callbacks of one's own making; there may be another one for TaskRouter."""
        return self._local_url("The URL") + ASSIGNMENT

    @property
    def events_url(self) -> str:
        """URL to set as a Workspace's ``event_callback_url``."""
        return self.url + EVENTS

    @property
    def create_task_url(self) -> str:
        """URL on this machine that creates a Task in the Workflow that ``create_tasks_with`` named.

        There is none for others unless ``share_create_task`` makes one.
        """
        return self._local_url("The URL") + CREATE_TASK

    def _local_url(self, asked_for: str) -> str:
        door = self._door
        if door is None:
            raise ListenerStopped(asked_for)
        return f"http://127.0.0.1:{door.port}"

    def configure(
        self,
        *,
        auth_token: str | None = None,
        settle: Callable[[], object] | None = None,
        make_tunnel: TunnelMaker | None = None,
        has_created: Callable[[str], bool] | None = None,
    ) -> Self:
        """Change the settings that are passed and keep the others.

        Args:
            auth_token: checks the signature of callbacks.
            settle: waits until earlier callbacks have been answered; ``/create_task`` calls it first.
            make_tunnel: makes the tunnel that ``expose`` opens; by default ngrok's.
            has_created: tells if this kernel created the Workspace with a SID; ``expose`` leaves all others alone.
        """
        if auth_token is not None:
            self._reception.auth_token = auth_token
        if settle is not None:
            self._reception.routes.settle = settle
        if make_tunnel is not None:
            self._outside.make_tunnel = make_tunnel
        if has_created is not None:
            self._has_created = has_created
        return self

    def decide(self, function: D) -> D:
        """Let ``function`` answer assignment callbacks, and return it, so that this is also a decorator.

        ``function`` gets an ``AssignmentCallback`` and returns an instruction as a dict, or None to leave
        the Reservation pending. It runs in a thread of the listener and has 5 seconds. ``decide(None)`` removes it.

        Raises:
            NotADecision: ``function`` can't be called with one argument.
        """
        if function is not None:
            check_decision(function)
        self._reception.routes.decision = function
        return function

    def create_tasks_with(self, client: Client, workspace_sid: str, workflow_sid: str) -> None:
        """Let ``/create_task`` create its Tasks in this Workflow through ``client``."""
        self._reception.routes.task_maker = TaskMaker(client, workspace_sid, workflow_sid)

    def replay(self, received: Received, edit: Mapping[str, str | None] | None = None) -> Received:
        """Answer a request from the inbox once more, headers and signature included, and return the new entry.

        The decision function runs in the calling thread, so that the cell shows what it prints.

        Args:
            edit: parameters to change or add; None removes one. A changed callback gets a new signature.

        Raises:
            NotReplayable: ``received`` isn't a request, or didn't arrive in full.
        """
        request = make_again(received, edit, self._reception.auth_token)
        if received.public_url is None:
            return self._reception.answer(request)[1]
        # Who had the secret of the shared link, which isn't kept, is a visitor again.
        is_shared = received.path == CREATE_TASK and received.refused is None
        outside = self._outside.reception
        return (outside.answer_visitor if is_shared else outside.answer_located)(request)[1]

    def rehearse(self, parameters: Mapping[str, str]) -> Received:
        """Answer an assignment callback that wasn't sent but built, and return its entry in the inbox.

        It is signed as TaskRouter would sign it. The decision function runs in the calling thread.

        Raises:
            ListenerStopped: the listener isn't running.
        """
        return self._reception.rehearse(self.rehearsal_url, parameters)

    def expose(
        self,
        workflow: WorkflowInstance | None = None,
        *,
        domain: str | None = None,
        auth_token: str | None = None,
        ngrok_path: str | None = None,
    ) -> str:
        """Open a tunnel to this listener, or open it again if it has ended, and return its public URL.

        From outside only signed callbacks are answered, at a port of their own. What is open, and how to close it, is
        printed. A tunnel of one's own, by ``public_url`` or TASKROUTER_PUBLIC_URL, runs already; the port behind it is
        opened.

        Args:
            workflow: its ``assignment_callback_url`` is set and read back, and a signed request is sent to it, which
                must arrive here.
            domain: host name of your own at ngrok, by default NGROK_DOMAIN, or else one that ngrok gives.
            auth_token: ngrok's, not Twilio's; by default NGROK_AUTHTOKEN. It is asked for if it isn't set.
            ngrok_path: file of the ngrok agent, by default PYNGROK_NGROK_PATH, or else the one that pyngrok installs.

        The settings can stand in the environment or in ``.env``.

        Raises:
            NoAuthToken: the listener couldn't check signatures.
            BadSetting: a setting isn't valid.
            NotAWorkflow: ``workflow`` is something else.
            NotOwnWorkflow: it is in a Workspace that this kernel didn't create.
            TunnelError: there is no tunnel, or nothing arrives by it; the subclass says why, and the next step.
            StaysInPage: this is the browser edition, which nothing leaves.
        """
        if workflow is not None:
            check_workflow(workflow, self._has_created)
        if self._reception.auth_token is None:
            raise NoAuthToken
        with self._exposing:
            with self._lock:
                self.start()
                self._outside.choose(domain=domain, auth_token=auth_token, ngrok_path=ngrok_path)
                url = self._outside.open_tunnel()
            # Not under the other lock: this can take a while, and a decision function may ask for the listener.
            if workflow is None:
                self._outside.name_workflow_left_behind()
            else:
                self._outside.lead_callbacks(workflow, self._reception.auth_token)
            return url

    def renew_agent(self) -> None:
        """Close the tunnel, and download ngrok's agent again in place of the one that pyngrok downloaded before.

        Raises:
            TunnelError: it can't be downloaded or replaced; the text says why.
            StaysInPage: this is the browser edition, which has no programs.
        """
        self.hide()
        current_ground().renew_agent()

    def share_create_task(self) -> str:
        """Return a URL by which people outside can create Tasks, a few in a minute, until ``hide`` or the next call.

        It has a secret in it: whoever knows the URL can use it. A browser shows a button there.

        Raises:
            NotPublic: the listener isn't exposed.
            TunnelLost: there was a tunnel, and it no longer leads here.
        """
        url = self.url
        if self.public_url is None:
            raise NotPublic
        return url + self._outside.share_create_task()

    def use_tunnel(self, public_url: str, port: int) -> Self:
        """Expect callbacks at ``public_url``, which a tunnel of one's own leads to ``port`` of this machine.

        Signatures are checked against that URL, whether a proxy on the way keeps its path or takes it off. The listener
        itself is at another port, for this machine alone. What is open, and how to close it, is printed.

        Raises:
            BadPublicUrl: Twilio can't reach the listener by that URL, or there is no port.
            PortTaken, CannotListen: it can't listen there.
            StaysInPage: this is the browser edition, which nothing leaves.
        """
        current_ground().require_network("A public URL")
        rule = find_fault(public_url) or ("" if port else _NO_PORT)
        if rule:
            raise BadPublicUrl(public_url, rule)
        with self._lock:
            if self._wanted_port == port:  # it is the tunnel's now
                self._wanted_port = 0
            if self._door is not None and self._door.port == port:
                self.stop()
            self.start()
            self._outside.choose_own(public_url, port)
            self._outside.open_tunnel()
        return self

    def hide(self) -> None:
        """Close the tunnel, then the port that it leads to; keep listening locally."""
        with self._lock:
            self._outside.close()

    def lose_tunnel(self) -> None:
        """End the tunnel as a crash of its program would, to see what follows, and print the result.

        The Workflow keeps its URL, and nobody is told. ``expose`` mends it.
        """
        with self._lock:
            is_lost = self._outside.lose()
        if is_lost is None:
            print("There's no tunnel to lose.")
        elif is_lost:
            print("The tunnel's program has stopped, as in a crash. Nobody was told.")
        else:
            print("This listener didn't start the tunnel's program. To see what happens, stop it where you started it.")

    def __repr__(self) -> str:
        if self.tunnel_trouble():
            return "Listener(tunnel lost)"
        state = "exposed" if self.public_url else "running" if self.is_running else "stopped"
        return f"Listener({state})"


_current: Listener | None = None
_current_lock = threading.Lock()


def current_listener() -> Listener | None:
    """Return the kernel's listener; None before the first ``listen()``."""
    return _current


def listen(
    *,
    auth_token: str | None = None,
    port: int = 0,
    settle: Callable[[], object] | None = None,
    make_tunnel: TunnelMaker | None = None,
    has_created: Callable[[str], bool] | None = None,
    public_url: str | None = None,
) -> Listener:
    """Start the kernel's one listener and return it; later calls change only the settings that are passed.

    The arguments are those of ``Listener.configure`` and ``Listener.start``. With ``public_url`` the port is the one
    that a tunnel of one's own leads to, as ``Listener.use_tunnel`` explains.

    Raises:
        PortTaken: the port isn't free; a running listener stays where it was.
        BadPublicUrl: Twilio can't reach the listener by ``public_url``.
    """
    global _current
    with _current_lock:
        _current = _current or Listener()
        _current.configure(auth_token=auth_token, settle=settle, make_tunnel=make_tunnel, has_created=has_created)
        return _current.start(port) if public_url is None else _current.use_tunnel(public_url, port)


def stop_listening() -> None:
    """Stop the kernel's listener, if there is one, and forget it with its settings: they are those of a connection."""
    global _current
    with _current_lock:
        stopped, _current = _current, None
    if stopped is not None:
        stopped.stop()
