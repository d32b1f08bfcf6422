"""Fault lab of lesson 12: broken applications behind the Workflow's callback URL, told apart by their symptoms."""

from __future__ import annotations

from helpers.lessons.fault_lab.lab import FaultLab, fault_lab

__all__ = ["FaultLab", "fault_lab"]
