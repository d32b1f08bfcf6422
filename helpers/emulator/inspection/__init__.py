"""Inspection of logged requests: what each did, whether it was signed, what came of it, and how to send it again."""
