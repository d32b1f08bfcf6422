"""Advice on requests that TaskRouter refused."""
