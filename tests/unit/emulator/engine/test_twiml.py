"""TwiML: what is read of a document, and what is refused."""

from __future__ import annotations

import pytest

from helpers.emulator.engine.model.twiml import BadTwiml, Verb, read_twiml

XML = "text/xml; charset=utf-8"


def test_verbs_have_attributes_text_and_nouns() -> None:
    """Marks inside ``<Say>`` are part of its text."""
    body = b"""<?xml version="1.0" encoding="UTF-8"?>
    <Response><!-- a comment -->
      <Say language="es">Hola <emphasis>amiga</emphasis></Say>
      <Enqueue workflowSid="WW1"><Task priority="5">{"a": "&lt;"}</Task></Enqueue>
    </Response>"""

    assert read_twiml(body, XML) == [
        Verb("Say", {"language": "es"}, "Hola amiga"),
        Verb("Enqueue", {"workflowSid": "WW1"}, "", (Verb("Task", {"priority": "5"}, '{"a": "<"}'),)),
    ]


def test_plain_text_is_read_to_the_caller() -> None:
    assert read_twiml("Adiós".encode(), "text/plain") == [Verb("Say", text="Adiós")]


def test_an_empty_reply_asks_for_nothing() -> None:
    assert read_twiml(b" ", XML) == []


@pytest.mark.parametrize(
    ("body", "content_type", "code", "words"),
    [
        (b"<Response>", XML, 12100, "not XML"),
        (b"<Response/>", None, 11200, "no content type"),
        (b"{}", "application/json", 12300, "application/json"),
        (b"<Answer/>", XML, 12102, "<Answer>"),
        (b"<Response/>", "audio/mpeg", 12300, "audio/mpeg"),
        (b'<!DOCTYPE r [<!ENTITY a "b">]><Response><Say>&a;</Say></Response>', XML, 12100, "DOCTYPE"),
        (b'<?xml version="1.0" encoding="klingon"?><Response/>', XML, 12100, "encoding"),
        (b"\xff\xfe<Response/>", XML, 12100, "not XML"),
        (b"<a>" * 20_000, XML, 12100, "not XML"),
    ],
)
def test_what_is_no_twiml(body: bytes, content_type: str | None, code: int, words: str) -> None:
    with pytest.raises(BadTwiml) as caught:
        read_twiml(body, content_type)
    assert caught.value.code == code
    assert words in caught.value.text
