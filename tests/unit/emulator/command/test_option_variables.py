"""Every option of the server has a variable, with the same meaning; the option wins."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.emulator.command.option_variables import read_options, variable_of
from helpers.emulator.command.serve_options import serve_parser
from helpers.emulator.emulator_errors import BadStart

VALUES = {
    "PORT": ("8700", 8700),
    "HOST": ("::1", "::1"),
    "ALSO_KNOWN_AS": (" one.test  two.test\n", ["one.test", "two.test"]),
    "DATA": ("./my data", "./my data"),
    "LOAD": ("./my world.yaml", "./my world.yaml"),
    "ACCOUNT_SID": ("AC1", "AC1"),
    "AUTH_TOKEN": ("sesame", "sesame"),
    "API_KEY": ("SK1:a SK2:b", ["SK1:a", "SK2:b"]),
    "ACCOUNT": ("AC1:a", ["AC1:a"]),
    "CLOCK": ("lesson", "lesson"),
    "SEED": ("0", "0"),
    "ALLOW_REMOTE_CALLBACKS": ("Yes", True),
    "CERTIFICATE": ("chain.pem key.pem", [Path("chain.pem"), Path("key.pem")]),
    "MAKE_CERTIFICATE": ("./my certificates", "./my certificates"),
    "ENV": ("off", False),
    "LOG": ("1", True),
    "STEP": ("0.5", 0.5),
}


def read(*arguments, **variables):
    """Return what `serve` reads from these arguments and variables."""
    return read_options(
        serve_parser(), arguments, {f"TASKROUTER_EMULATOR_{name}": text for name, text in variables.items()}
    )


def actions():
    """Return the parser's options by variable, without the prefix."""
    settings = [action for action in serve_parser()._actions if action.dest not in ("help", "version")]
    return {variable_of(action).removeprefix("TASKROUTER_EMULATOR_"): action for action in settings}


def test_every_option_has_a_variable():
    """A new option needs a value here, too."""
    assert actions().keys() == VALUES.keys()


@pytest.mark.parametrize("name", VALUES)
def test_variable_sets_its_option(name):
    """It is read as the option is, and known as where the value came from."""
    text, value = VALUES[name]
    given, dest = read(**{name: text}), actions()[name].dest

    assert getattr(given.options, dest) == value
    assert (given.variables, given.remarks) == ({dest: f"TASKROUTER_EMULATOR_{name}"}, [])


@pytest.mark.parametrize("name", VALUES)
def test_variable_that_is_empty_counts_as_not_given(name):
    """As with a line of a Compose file whose value is not set."""
    action = actions()[name]

    assert getattr(read(**{name: " \n"}).options, action.dest) == action.default


def test_option_wins():
    """Also where it may be repeated: nothing of the variable remains."""
    arguments = ("--port", "1", "--also-known-as", "three.test", "--log", "--api-key", "SK3:c", "--data", "")
    given = read(*arguments, PORT="bad", ALSO_KNOWN_AS="one.test", LOG="0", API_KEY="SK1:a", DATA="here")

    assert given.variables == {}
    assert given.options.port == 1
    assert given.options.also_known_as == ["three.test"]
    assert given.options.log is True
    assert given.options.api_keys == ["SK3:c"]
    assert given.options.data == ""


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("PORT", "eighty", "TASKROUTER_EMULATOR_PORT is 'eighty'. Give a whole number."),
        ("PORT", "80.5", "Give a whole number"),
        ("LOG", "maybe", "TASKROUTER_EMULATOR_LOG is 'maybe'. Give 1, true, yes or on, or 0, false, no or off."),
        ("ENV", "2", "Give 1, true, yes or on"),
        ("CERTIFICATE", "chain.pem", "TASKROUTER_EMULATOR_CERTIFICATE is 'chain.pem'. Give 2 values"),
        ("CERTIFICATE", "my chain.pem key.pem", "use --certificate"),
    ],
)
def test_wrong_value_is_told(name, text, words):
    """The sentence names the variable, and what it takes."""
    with pytest.raises(BadStart) as refused:
        read(**{name: text})

    assert words in str(refused.value)


@pytest.mark.parametrize("text", ["tcp://10.0.0.1:8700", "udp://10.0.0.1:8700"])
def test_port_of_a_service_is_not_taken_for_ours(text):
    """Kubernetes and Docker set this variable for a service of that name: it doesn't end the start, and is told."""
    given = read(PORT=text)

    assert (given.options.port, given.variables) == (0, {})
    assert given.remarks == [
        f"TASKROUTER_EMULATOR_PORT is {text}, as Kubernetes and Docker set it for a service of that name. It was not "
        "read: give --port on the command line."
    ]
    assert read("--port", "8700", PORT=text).remarks == []


def test_misspelt_variable_is_told():
    """Only where a setting of ours is likely to be meant."""
    given = read(PROT="8700", API_KEYS="SK1:a", COLOUR="blue")

    assert given.remarks == [
        "TASKROUTER_EMULATOR_API_KEYS isn't a setting, so it was ignored. Did you mean TASKROUTER_EMULATOR_API_KEY?",
        "TASKROUTER_EMULATOR_PROT isn't a setting, so it was ignored. Did you mean TASKROUTER_EMULATOR_PORT?",
    ]


@pytest.mark.parametrize(
    "name",
    ["SERVICE_HOST", "SERVICE_PORT", "SERVICE_PORT_HTTP", "PORT_8700_TCP", "PORT_8700_TCP_PORT", "NAME", "ENV_LOG"],
)
def test_variables_of_a_service_are_passed_over(name):
    """What Kubernetes and Docker set beside the port is none of our business."""
    assert read(**{name: "anything"}).remarks == []


def test_help_names_every_variable():
    """Each option tells its variable."""
    told = serve_parser().format_help()

    assert [name for name in VALUES if f"[TASKROUTER_EMULATOR_{name}]" not in told] == []
