"""Advice on errors that TaskRouter returns."""
