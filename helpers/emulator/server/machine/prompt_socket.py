"""uvicorn's WebSocket protocol, which ends at once with the server."""

from __future__ import annotations

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol

__all__ = ["PromptSocket"]


class PromptSocket(WebSocketsSansIOProtocol):
    """Socket that doesn't wait for a slow reader when the server stops."""

    def shutdown(self) -> None:
        """Say goodbye, and drop the connection if what was sent before still waits to be read."""
        super().shutdown()
        if self.transport.get_write_buffer_size():
            self.transport.abort()
