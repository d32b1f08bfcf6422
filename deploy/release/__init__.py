"""Releases: a number for what "Unreleased" holds, then packages, stick and notes of the commit that has its tag."""
