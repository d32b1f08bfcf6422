"""Requests that TaskRouter makes of an application, and the replies it reads."""
