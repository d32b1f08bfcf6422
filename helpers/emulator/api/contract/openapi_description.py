"""OpenAPI description of the emulator, made from the same tables as its routes.

It describes *this* server, not Twilio's, so that a tool such as schemathesis can test it.
"""

from __future__ import annotations

from typing import Any

from ... import __version__
from ...engine.event_data import text
from ..operation import Operation
from ..operations import OPERATIONS
from ..parameters.parameters import Parameter
from .parameter_defaults import parameter_defaults
from .schemas import SCHEMAS

__all__ = ["describe"]

_ERROR = {
    "type": "object",
    "properties": {
        "code": {"type": "integer"},
        "message": {"type": "string"},
        "more_info": {"type": "string", "format": "uri"},
        "status": {"type": "integer"},
    },
    "required": ["code", "message", "more_info", "status"],
    "additionalProperties": False,
}
_URL = {"type": "string", "format": "uri"}
_MAYBE_URL = {"type": ["string", "null"], "format": "uri"}
_META_TYPES = {
    "page": {"type": "integer"},
    "page_size": {"type": "integer"},
    "first_page_url": _URL,
    "previous_page_url": _MAYBE_URL,
    "url": _URL,
    "next_page_url": _MAYBE_URL,
    "key": {"type": "string"},
}
_PATH_SCHEMAS = {
    "WorkspaceSid": "WS",
    "TaskSid": "WT",
    "WorkerSid": "WK",
    "TaskQueueSid": "WQ",
    "WorkflowSid": "WW",
}


def describe() -> dict[str, Any]:
    """Return all operations, their parameters and their responses as an OpenAPI 3.1 document."""
    paths: dict[str, dict[str, Any]] = {}
    for operation in OPERATIONS:
        paths.setdefault(operation.path, {})[operation.method.lower()] = _operation(operation)
    return {
        "openapi": "3.1.0",
        "info": {"title": "TaskRouter emulator", "version": __version__},
        "paths": paths,
        "components": {
            "schemas": {"error": _ERROR, "meta": _object(_META_TYPES)} | {name: _schema(name) for name in SCHEMAS},
            "securitySchemes": {"account": {"type": "http", "scheme": "basic"}},
        },
        "security": [{"account": []}],
    }


def _operation(operation: Operation) -> dict[str, Any]:
    parameters = [_path_parameter(name) for name in operation.path_names]
    if operation.takes_if_match:
        parameters.append({"name": "If-Match", "in": "header", "schema": {"type": "string"}})
    description: dict[str, Any] = {
        "operationId": operation.name,
        "parameters": parameters,
        "responses": {str(operation.success): _answer(operation), "default": _content("An error", _reference("error"))},
    }
    if operation.method == "GET":
        parameters += [_query_parameter(each) for each in operation.parameters.all]
    elif operation.method == "POST":
        description["requestBody"] = _body(operation)
    return description


def _path_parameter(name: str) -> dict[str, Any]:
    prefix = _PATH_SCHEMAS.get(name)
    schema = {"type": "string", "minLength": 1}
    if prefix is not None:
        schema = {"type": "string", "pattern": f"^{prefix}[0-9a-fA-F]{{32}}$"}
    return {"name": name, "in": "path", "required": True, "schema": schema}


def _query_parameter(parameter: Parameter) -> dict[str, Any]:
    return {
        "name": parameter.name,
        "in": "query",
        "required": parameter.is_required,
        "schema": _parameter_schema(parameter),
    }


def _parameter_schema(parameter: Parameter) -> dict[str, Any]:
    schema = parameter.kind.schema
    return {"type": "array", "items": schema} if parameter.is_list else schema


def _body(operation: Operation) -> dict[str, Any]:
    if operation.json_schema is not None:
        return {"required": True, "content": {"application/json": {"schema": operation.json_schema}}}
    defaults = {name: _form_value(value) for name, value in parameter_defaults(operation).items()}
    schema: dict[str, Any] = {
        "type": "object",
        "properties": {
            each.name: _parameter_schema(each) | ({"default": defaults[each.name]} if each.name in defaults else {})
            for each in operation.parameters.all
        },
    }
    needed = [each.name for each in operation.parameters.all if each.is_required]
    if needed:
        schema["required"] = needed
    return {"required": bool(needed), "content": {"application/x-www-form-urlencoded": {"schema": schema}}}


def _form_value(default: Any) -> Any:
    """Return ``default`` as a form has it, where a boolean is text."""
    return text(default) if isinstance(default, bool) else default


def _answer(operation: Operation) -> dict[str, Any]:
    if operation.returns is None:
        return {"description": "Deleted"}
    record = _reference(operation.returns)
    if operation.list_key is None:
        return _content(operation.returns, record)
    properties = {operation.list_key: {"type": "array", "items": record}, "meta": _reference("meta")}
    return _content(f"A page of {operation.list_key}", _object(properties))


def _content(description: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"description": description, "content": {"application/json": {"schema": schema}}}


def _schema(name: str) -> dict[str, Any]:
    return _object({key: each.json_schema() for key, each in SCHEMAS[name].items()})


def _object(properties: dict[str, Any]) -> dict[str, Any]:
    """Return the schema of an object with exactly these properties, all of them required."""
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _reference(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{name}"}
