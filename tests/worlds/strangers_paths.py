"""Paths that strangers and scanners ask a public URL for, some of them nearly those of a callback."""

from __future__ import annotations

__all__ = ["PATHS"]

PATHS = [
    "/",
    "/assignment_callback",
    "/events",
    "/create_task",
    "/create_task/",
    "/create_task/guess",
    "/favicon.ico",
    "/robots.txt",
    "/.env",
    "/_emulator",
    "/assignment_callback/",
    "//assignment_callback",
    "/assignment%5Fcallback",
    "/?a=1",
    "/./events",
    "/x/../events",
    "/Events",
    "/events%00",
    "/events;x",
    "/proxy/8000/events",
    "/proxy/8000",
    "/%E2%82%AC",
    "/api/tunnels",
    "/login",
    "/admin",
    "/wp-login.php",
    "/actuator/health",
    "/.git/config",
]
