"""Tracing: reasons why an expression is true or false, and edits that would make it true."""
