"""Customers of a day are drawn from a seed, and stay the same whatever else changes."""

from __future__ import annotations

from statistics import mean

from helpers.rushhour.customers import Customer, draw_customers


def draw(count=500, *, hours=8, spanish=0.3, seed="rush", evenly=False):
    """Draw customers as a Saturday does."""
    return draw_customers(count, hours=hours, spanish=spanish, seed=seed, evenly=evenly)


def test_same_seed_draws_the_same_customers():
    """Two draws are equal, with the very numbers that every machine draws."""
    assert draw() == draw()
    assert draw(120, hours=2)[:3] == [
        Customer(329, 1001, "en", 141),
        Customer(517, 1002, "en", 98),
        Customer(572, 1003, "en", 125),
    ]


def test_another_seed_draws_others():
    """A seed is one Saturday."""
    assert draw() != draw(seed="two")


def test_customers_come_in_order_within_the_day():
    """The order numbers follow the arrivals."""
    drawn = draw()

    assert [each.order for each in drawn] == list(range(1001, 1501))
    assert drawn == sorted(drawn)
    assert 0 <= drawn[0].arrives <= drawn[-1].arrives < 8 * 3600


def test_arrivals_peak_in_the_middle():
    """The two middle hours of eight have more customers than the first two and the last two together."""
    hours = [each.arrives // 3600 for each in draw()]
    middle, edges = (sum(hour in few for hour in hours) for few in ((3, 4), (0, 1, 6, 7)))

    assert middle > edges


def test_arrivals_can_be_spread_evenly():
    """Then no hour has twice as many as another, and the customers are the same ones in another order."""
    spread = draw(evenly=True)
    counts = [sum(each.arrives // 3600 == hour for each in spread) for hour in range(8)]

    assert max(counts) < 2 * min(counts)
    assert sorted(each[2:] for each in spread) == sorted(each[2:] for each in draw())


def test_share_of_spanish_customers_changes_nothing_else():
    """The same customers arrive with the same work; those who spoke Spanish before still do."""
    few, many = draw(), draw(spanish=0.6)

    assert [(each.arrives, each.work) for each in few] == [(each.arrives, each.work) for each in many]
    assert {each.order for each in few if each.language == "es"} < {
        each.order for each in many if each.language == "es"
    }


def test_work_takes_what_the_lesson_says():
    """70 s on average over many customers, never less than 10 s, and a few need several minutes."""
    work = [each.work for each in draw(2000)]

    assert min(work) == 10
    assert 67 < mean(work) < 73
    assert max(work) > 300
