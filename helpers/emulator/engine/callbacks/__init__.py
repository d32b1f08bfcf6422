"""Requests that TaskRouter sends to an application, and the replies it reads."""
