"""Web application of the official TaskRouter quickstart, with its two routes."""

from __future__ import annotations

from flask import Flask, Response
from twilio.rest import Client


def make_application(client: Client, workspace_sid: str, workflow_sid: str) -> Flask:
    """Return the application that works in one Workspace."""
    app = Flask(__name__)

    @app.route("/assignment_callback", methods=["GET", "POST"])
    def assignment_callback() -> Response:
        """Accept every Reservation."""
        return Response(response='{"instruction": "accept"}', status=200, mimetype="application/json")

    @app.route("/create_task", methods=["GET", "POST"])
    def create_task() -> Response:
        """Create a Task for somebody who speaks Spanish."""
        attributes = '{"selected_language": "es"}'
        client.taskrouter.v1.workspaces(workspace_sid).tasks.create(attributes=attributes, workflow_sid=workflow_sid)
        return Response({}, status=200, mimetype="application/json")

    return app
