"""The support matrix in docs/ says what the code does."""

from __future__ import annotations

from pathlib import Path

from helpers.emulator.api.contract.openapi_description import describe
from helpers.emulator.api.contract.support_matrix import support_matrix
from helpers.emulator.api.operations import OPERATIONS

STORED = Path(__file__).resolve().parents[2] / "docs" / "support-matrix.md"


def test_stored_matrix_is_true() -> None:
    """The stored page is what the code generates; `python -m helpers.emulator.api` prints it."""
    assert STORED.read_text(encoding="utf-8") == support_matrix()


def test_matrix_names_every_operation() -> None:
    """Each operation has its row, with its parameters."""
    rows = [line for line in support_matrix().splitlines() if line.startswith("| ")]

    for operation in OPERATIONS:
        (row,) = [line for line in rows if line.startswith(f"| {operation.name} |")]
        assert all(f"`{parameter.name}`" in row for parameter in operation.parameters.all)


def test_description_covers_every_operation() -> None:
    """Our OpenAPI description has the same operations, each with its answer and its errors."""
    described = [each for item in describe()["paths"].values() for each in item.values()]

    assert sorted(each["operationId"] for each in described) == sorted(each.name for each in OPERATIONS)
    assert all("default" in each["responses"] and len(each["responses"]) == 2 for each in described)
