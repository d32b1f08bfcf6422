"""Contact data gets pseudonyms that are equal where it was, of the same form, and never something that was there."""

from __future__ import annotations

import pytest

from helpers.emulator.copies.contact_data import ContactKind, kind_of_key
from helpers.emulator.copies.pseudonyms import Pseudonyms


@pytest.fixture
def pseudonyms():
    """Pseudonyms for one person, in a Workspace whose names have the words "customer" and "alice"."""
    made = Pseudonyms(frozenset(("customer", "alice")))
    made.learn("Zoe Planted", ContactKind.NAME)
    made.learn("Test Customer", ContactKind.NAME)
    made.learn("12 Elm Street", ContactKind.ADDRESS)
    made.learn("555-0199", ContactKind.PHONE)
    made.learn("CA" + "5" * 32, ContactKind.NAME)
    made.learn_number(15005550006, ContactKind.PHONE)
    return made


@pytest.mark.parametrize(
    "text",
    [
        "Zoe Planted",
        "ZOE PLANTED hung up",
        "mail zoe@planted.test, please",
        "+15005550006",
        "call +1 (500) 555-0006!",
        "(500) 555-0006",
        "500-555-0006 or 15005550006",
        "030 5550006",
        "500.555.0006",
        "05.55.00.06.55",
        "client:zoe_40planted_2Etest",
        "sip:zoe@pbx",
        "at 555-0199",
    ],
)
def test_contact_data_in_texts_is_replaced(pseudonyms, text):
    """By its form, or because a key told of it elsewhere."""
    hidden = pseudonyms.hide(text)

    assert not [each for each in ("zoe", "planted", "555", "0006", "0199") if each in hidden.lower()]
    assert pseudonyms.hide(text) == hidden


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-29 21:20",
        "WT" + "1" * 32,
        "550e8400-e29b-41d4-a716-446655440000",
        "12 minutes",
        "Customer Care",
        "3.5 of 17",
        "192.168.0.10",
        "CA" + "5" * 32,
        "www.shop.example",
        "es",
        "",
    ],
)
def test_other_texts_stay(pseudonyms, text):
    """Dates, SIDs, short numbers, words in names of resources."""
    assert pseudonyms.hide(text) == text


def test_different_values_stay_different(pseudonyms):
    """Also those that differ in case or in one digit."""
    texts = [
        "+15005550006",
        "+15005550007",
        "zoe@planted.test",
        "Zoe@planted.test",
        "Zoe",
        "zoe",
        "Zoe Planted",
        "12 Elm Street",
    ]

    assert len({pseudonyms.hide(text) for text in texts}) == len(texts)


def test_forms_stay(pseudonyms):
    """A phone number is one afterwards, an address an address, a number a number of as many digits."""
    assert pseudonyms.hide("+1 (500) 555-0006") == "+9 (999) 999-9999"
    assert pseudonyms.hide("zoe@planted.test").endswith(".example")
    assert pseudonyms.hide_number(15005550006) == 90000000001
    assert pseudonyms.hide_number(7) == 7


def test_pseudonyms_are_not_there_already():
    """One that stands in a text would make different values equal."""
    pseudonyms = Pseudonyms()
    pseudonyms.learn("Name1")
    pseudonyms.learn("99999")
    pseudonyms.learn("Zoe", ContactKind.NAME)
    pseudonyms.learn("12345", ContactKind.ADDRESS)
    pseudonyms.learn_number(9001, None)
    pseudonyms.learn_number(1234, ContactKind.PHONE)

    assert pseudonyms.hide_number(1234) == 9002
    assert pseudonyms.hide("Zoe") == "Name2"
    assert pseudonyms.hide("12345") == "99998"


@pytest.mark.parametrize(
    ("expression", "hidden"),
    [
        ("name == 'Zoe Planted'", "name == 'Name1 Name2'"),
        ('name CONTAINS "Planted"', 'name CONTAINS "Name1"'),
        ('Zoe == "Zoe"', 'Zoe == "Name1"'),
        ("phone == 15005550006 AND level > 7", "phone == 90000000001 AND level > 7"),
        ('note == "Zoe\'s \\"call\\""', 'note == "Name1\\\'s \\"call\\""'),
        ('languages HAS "es"', 'languages HAS "es"'),
        ("this is ( no expression '", "this is ( no expression '"),
    ],
)
def test_expressions_are_rewritten_in_their_texts_alone(pseudonyms, expression, hidden):
    """Names of attributes stay, and quotes stay escaped."""
    assert pseudonyms.hide_expression(expression) == hidden


def test_part_that_an_expression_looks_for_stays():
    """``CONTAINS`` gives what it gave, for the number that has the part and for the one that hasn't."""
    pseudonyms = Pseudonyms()
    pseudonyms.learn("+15005550006", ContactKind.PHONE)
    pseudonyms.learn_expression('phone CONTAINS "+1500"')

    assert pseudonyms.hide("+15005550006") == "+15009999999"
    assert pseudonyms.hide_expression('phone CONTAINS "+1500"') == 'phone CONTAINS "+1500"'
    pseudonyms.learn_expression('phone CONTAINS "5005550007" OR phone CONTAINS "00555000"')
    assert "0055500" not in pseudonyms.hide("+15005550007")
    assert "+1500" not in pseudonyms.hide("+491725550006")


@pytest.mark.parametrize(
    "expression",
    [
        'customer_name == "Wanda" OR level > 3',
        "'Wanda' == worker.name",
        'level IN [1, 2] AND task.phones HAS "0555 99"',
        "mobile IN [15005550001, 15005550002]",
        'email != "wanda"',
        'name[0] CONTAINS "Wanda"',
    ],
)
def test_what_is_compared_with_a_telling_name_is_contact_data(expression):
    """Even if no Worker and no Task has that value now."""
    pseudonyms = Pseudonyms()
    pseudonyms.learn_expression(expression)
    hidden = pseudonyms.hide_expression(expression)

    assert not [each for each in ("wanda", "555") if each in hidden.lower()]
    assert ("level" in hidden) == ("level" in expression)


@pytest.mark.parametrize(
    ("key", "kind"),
    [
        ("phone", ContactKind.PHONE),
        ("customerPhoneNumber", ContactKind.PHONE),
        ("caller-number", ContactKind.PHONE),
        ("E-Mail", ContactKind.EMAIL),
        ("email_address", ContactKind.EMAIL),
        ("contact_uri", ContactKind.IDENTITY),
        ("from", ContactKind.IDENTITY),
        ("customerName", ContactKind.NAME),
        ("full_name", ContactKind.NAME),
        ("home address", ContactKind.ADDRESS),
        ("postalCode", ContactKind.ADDRESS),
        ("friendly_name", None),
        ("selected_language", None),
        ("phone_type", None),
        ("contact_reason", None),
        ("queue_name", None),
        ("", None),
    ],
)
def test_keys_tell_what_stands_under_them(key, kind):
    """In every way in which keys are spelt."""
    assert kind_of_key(key) == kind
