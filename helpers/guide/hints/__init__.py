"""Advice on what TaskRouter refused."""
