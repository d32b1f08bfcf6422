"""Rush hour: a day at the help desk, simulated in seconds on an emulator of its own, with its figures and pictures.

::

    today = rush_hour()                     500 customers in eight hours; the last line of a cell shows the table
    show_rush_hours(today, rush_hour("temp English"))
    today.show_queue()                      a picture, with its table in words
"""

from __future__ import annotations

from helpers.rushhour.desk import open_desk
from helpers.rushhour.rush_hours import RushHour, rush_hour, show_rush_hours

__all__ = ["RushHour", "open_desk", "rush_hour", "show_rush_hours"]
