"""The controls of a running server, called by the names under which they are declared.

A server lists its controls in `/__admin/openapi.json`; nothing here knows a path. So a client can call
whatever the server at hand can do, and what it cannot do is said plainly.
"""

from __future__ import annotations

import http.client
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

from mockserver.client.http import TIMEOUT_SECONDS, AnswerBroken, Reply, ask, connect, exchange, server_of
from mockserver.errors import UsageError


class ControlRefused(UsageError):
    """The server refused a control; `detail` says what to do instead."""

    def __init__(self, name: str, status: int, detail: str) -> None:
        super().__init__(detail)
        self.name = name
        self.status = status
        self.detail = detail


@dataclass(frozen=True)
class Control:
    """One control as the server declares it: `path` holds names in braces, `body` is its JSON schema."""

    name: str
    method: str
    path: str
    summary: str
    in_path: tuple[str, ...]
    in_query: tuple[str, ...]
    body: Mapping[str, Any] | None


class ControlApi:
    """Calls the controls of the server at `url`, a UsageError if it is no http or https URL."""

    def __init__(self, url: str, admin_token: str | None = None) -> None:
        server_of(url)
        self.url = url.rstrip("/")
        self._headers = [("Accept", "application/json")]
        if admin_token:
            self._headers.append(("Authorization", f"Bearer {admin_token}"))
        self._controls: dict[str, Control] | None = None

    def call(self, name: str, body: Any = None, /, **values: Any) -> Any:
        """Carry out a control and return its answer as JSON (None where it has none).

        `values` fill its path and its query; None leaves a query value out.

        Raises:
            ServerUnreachable, AnswerBroken: no server, or no whole answer.
            ControlRefused: the server refuses.
            UsageError: the server has no such control, or it takes no such value.
        """
        control = self.control(name)
        url = self._url(control, values)
        headers, content = self._headers, b""
        if body is not None:
            content = json.dumps(body).encode()
            headers = [*headers, ("Content-Type", "application/json")]
        reply = exchange(control.method, url, headers, content)
        if not reply.ok:
            raise ControlRefused(name, reply.status, _detail(reply))
        return _value(reply)

    def carry_out(self, name: str, values: Mapping[str, Any]) -> Any:
        """Carry out a control, with each value wherever the control takes it: path, query or body.

        A `sandbox_id` that the control does not take is left out.

        Raises:
            UsageError: as `call`.
        """
        control = self.control(name)
        rest = dict(values)
        if "sandbox_id" not in control.in_path:
            rest.pop("sandbox_id", None)
        addressed = {key: rest.pop(key) for key in (*control.in_path, *control.in_query) if key in rest}
        if control.body is None:
            return self.call(name, None, **addressed, **rest)
        return self.call(name, rest, **addressed)

    def stream(self, name: str, /, **values: Any) -> Iterator[Any]:
        """Carry out a control that answers with server-sent events; give the data of each as JSON.

        It ends with an event whose data is null, or when the server ends it.

        Raises:
            UsageError: as `call`; also when the server hangs up.
        """
        control = self.control(name)
        connection = connect(self._url(control, values), TIMEOUT_SECONDS)
        connection.sock.settimeout(None)  # the next event may be long in coming
        try:
            answer = ask(connection, control.method, self._url(control, values), self._headers, b"")
            if answer.status != 200:
                reply = Reply(answer.status, answer.reason, (), answer.read())
                raise ControlRefused(name, answer.status, _detail(reply))
            for line in answer:
                if line.startswith(b"data: null"):
                    return
                if line.startswith(b"data:"):
                    yield json.loads(line[5:])
        except (http.client.HTTPException, OSError) as problem:
            raise AnswerBroken(f"the server at {self.url} hung up") from problem
        finally:
            connection.close()

    def controls(self) -> Mapping[str, Control]:
        """Return the controls that the server has, by name."""
        if self._controls is None:
            self._controls = {control.name: control for control in self._declared()}
        return self._controls

    def control(self, name: str) -> Control:
        """Return the control of that name.

        Raises:
            UsageError: the server has none.
        """
        control = self.controls().get(name)
        if control is None:
            raise UsageError(
                f"the server at {self.url} has no control {name!r}: 'mockserver control' lists those it has"
            )
        return control

    def _declared(self) -> Iterator[Control]:
        reply = exchange("GET", f"{self.url}/__admin/openapi.json", self._headers)
        document = _value(reply) if reply.ok else None
        if not isinstance(document, dict) or "paths" not in document:
            if reply.status in (401, 403):
                raise ControlRefused("openapi", reply.status, _detail(reply))
            raise UsageError(f"{self.url} is no mockserver: it has no control API at /__admin")
        schemas = document.get("components", {}).get("schemas", {})
        for path, methods in document["paths"].items():
            for method, operation in methods.items():
                parameters = operation.get("parameters", ())
                yield Control(
                    name=operation["operationId"],
                    method=method.upper(),
                    path=path,
                    summary=operation.get("summary", ""),
                    in_path=tuple(item["name"] for item in parameters if item["in"] == "path"),
                    in_query=tuple(item["name"] for item in parameters if item["in"] == "query"),
                    body=_body_schema(operation, schemas),
                )

    def _url(self, control: Control, values: Mapping[str, Any]) -> str:
        unknown = [key for key in values if key not in (*control.in_path, *control.in_query)]
        if unknown:
            known = [name for name in (*control.in_path, *control.in_query) if name != "sandbox_id"]
            raise UsageError(
                f"the control {control.name} takes no {', '.join(unknown)}: "
                + (f"use one of {', '.join(known)}" if known else "it takes nothing")
            )
        path = control.path
        for key in control.in_path:
            if key not in values:
                raise UsageError(f"the control {control.name} needs {key}")
            path = path.replace(f"{{{key}}}", quote(str(values[key]), safe=""))
        query = [(key, values[key]) for key in control.in_query if values.get(key) is not None]
        return f"{self.url}/__admin{path}" + (f"?{urlencode(query, doseq=True)}" if query else "")


def _body_schema(operation: Mapping[str, Any], schemas: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """Return the schema of the JSON body; of alternatives, one with the properties of them all."""
    content = operation.get("requestBody", {}).get("content", {}).get("application/json")
    if content is None:
        return None
    schema: Mapping[str, Any] = content.get("schema", {})
    properties: dict[str, Any] = {}
    for part in (schema, *schema.get("anyOf", ()), *schema.get("oneOf", ())):
        found = schemas.get(part["$ref"].rpartition("/")[2], {}) if "$ref" in part else part
        properties |= found.get("properties", {})
    return {"properties": properties}


def _value(reply: Reply) -> Any:
    if not reply.body:
        return None
    if "json" in (reply.header("content-type") or ""):
        return json.loads(reply.body)
    return reply.text


def _detail(reply: Reply) -> str:
    try:
        document = json.loads(reply.body)
        return str(document["detail"])
    except (ValueError, KeyError, TypeError):
        return f"the control API answered {reply.status} {reply.reason}: {reply.text[:300]}"
