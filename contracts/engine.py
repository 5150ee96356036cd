"""Generates requests from the vendor's document: the only file that imports schemathesis.

schemathesis' coverage phase enumerates, without chance, every example, boundary and violation its schemas
describe; signing,
sending and judging are ours. Its own runner is not used: it learns from answers as it goes,
probes the server on its own account and keeps what it sent.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any

from requests import PreparedRequest
from schemathesis import openapi
from schemathesis.config import SchemathesisConfig
from schemathesis.core import NotSet
from schemathesis.core.parameters import ParameterLocation
from schemathesis.core.result import Ok
from schemathesis.generation import GenerationMode
from schemathesis.generation.case import Case
from schemathesis.generation.meta import CONTENT_TYPE_PROBES, CoveragePhaseData, CoverageScenario

from contracts.bench import Bench, Stop
from contracts.cases import LEFT_OUT
from contracts.checks import Facts, Intent, OperationChecks
from contracts.claims import TOKEN, token_for, with_claims_as_bodies
from contracts.documents import for_engine
from contracts.exchange import NoAnswer
from contracts.safety import BudgetSpent, NotSent
from contracts.seen import Sightings
from contracts.surface import Operation, Surface

Step = Callable[[str], None]
MISSING = (CoverageScenario.MISSING_PARAMETER, CoverageScenario.OBJECT_MISSING_REQUIRED_PROPERTY)
# What the engine or requests add of their own and no client of the vendor sends.
FOREIGN_HEADERS = ("X-Schemathesis-TestCaseId", "User-Agent", "Accept-Encoding", "Connection")


def run_coverage(
    bench: Bench,
    surface: Surface,
    wanted: Callable[[Operation], bool],
    sightings: Sightings,
    seed: int,
    step: Step,
) -> None:
    """Send every generated case of the wanted operations; the evidence goes to the bench.

    Raises: ServerGone. A spent budget ends it early; what is left over stays unexercised.
    """
    surface = Surface(with_claims_as_bodies(surface.document))
    rows = {(operation.method, operation.path): operation for operation in surface.operations}
    for engine_operation, cases in _operations(surface.document, bench.door.base_url, seed):
        operation = rows[engine_operation.method.upper(), engine_operation.path]
        if not wanted(operation) or (operation.row != operation.id and operation.method == "PUT"):
            continue  # PUT beside PATCH is one operation: a named contract looks whether it does the same
        step(operation.id)
        checks = OperationChecks(surface, operation, sightings)
        try:
            for case in cases():
                _send(bench, surface, operation, case, checks)
        except BudgetSpent as spent:
            bench.not_exercised(operation.statements, spent.reason)
        bench.evidence += checks.finish()


def count_generated(surface: Surface, base_url: str, seed: int) -> Iterator[tuple[Operation, int]]:
    """How many requests would be generated, operation by operation; nothing is sent."""
    surface = Surface(with_claims_as_bodies(surface.document))
    rows = {(operation.method, operation.path): operation for operation in surface.operations}
    for engine_operation, cases in _operations(surface.document, base_url, seed):
        yield rows[engine_operation.method.upper(), engine_operation.path], len(cases())


def _send(
    bench: Bench, surface: Surface, operation: Operation, case: Case[Any], checks: OperationChecks
) -> None:
    facts = _facts(surface, operation, case, bench.vendor.cases.credential_fields)
    bench.origin = f"coverage.{operation.row}"
    try:
        exchange = bench.door.send(_prepared(bench, surface, operation, case, facts), bench.origin)
    except NoAnswer:
        exchange = bench.door.exchanges[-1]
    except BudgetSpent:
        raise
    except (NotSent, Stop):
        return  # not allowed by the profile, or there is nothing yet that the request could be about
    checks.judge(facts, exchange)


def _operations(
    document: dict[str, Any], base_url: str, seed: int
) -> Iterator[tuple[Any, Callable[[], list[Case[Any]]]]]:
    # unexpected-methods empty: otherwise the engine sends other methods than the documented ones.
    settings = {
        "seed": seed,
        "phases": {"coverage": {"unexpected-methods": []}},
        "cache": {"enabled": False},
        # NUL ends a request early on many servers: what follows would say nothing about the document.
        "generation": {"allow-x00": False},
    }
    schema = openapi.from_dict(for_engine(document), config=SchemathesisConfig.from_dict(settings))
    schema.config.update(base_url=base_url)
    for result in schema.get_all_operations():
        assert isinstance(result, Ok), "the lint of the documents keeps out what the engine cannot read"
        operation = result.ok()

        def cases(operation: Any = operation) -> list[Case[Any]]:
            generation = schema.config.generation_for(operation=operation, phase="coverage")
            with warnings.catch_warnings():
                warnings.simplefilter(
                    "ignore"
                )  # the engine's remarks on patterns; the lint of the document is ours
                found = schema.iter_coverage_cases(
                    operation, generation_modes=list(GenerationMode), generation_config=generation
                )
                # Well-formed requests first: whether they get through decides what a refusal means.
                return sorted(found, key=lambda case: _mode(case).is_negative)

        yield operation, cases


def _mode(case: Case[Any]) -> GenerationMode:
    meta = case._meta  # `Case.meta` would judge the case anew after every change made here
    assert meta is not None
    return meta.generation.mode


def _data(case: Case[Any]) -> CoveragePhaseData:
    meta = case._meta
    assert meta is not None
    assert isinstance(meta.phase.data, CoveragePhaseData)
    return meta.phase.data


def _facts(surface: Surface, operation: Operation, case: Case[Any], access_fields: frozenset[str]) -> Facts:
    data = _data(case)
    intent = Intent.BROKEN if _mode(case).is_negative else Intent.WELL_FORMED
    if data.scenario in CONTENT_TYPE_PROBES:
        intent = Intent.PROBE
    body_schema = _body_schema(surface, operation, case.media_type)
    about: str | None = None
    place: dict[str, Any] = {}
    if intent is Intent.BROKEN:
        about, place = _broken_field(surface, operation, case, body_schema)
    return Facts(
        operation,
        intent,
        _what(data),
        about,
        place,
        _sent_fields(surface, operation, case, body_schema),
        missing=data.scenario in MISSING,
        about_access=(about or "").lower() in access_fields,
    )


def _what(data: CoveragePhaseData) -> str:
    """What was done to which part of the request; the engine itself names parts of JSON bodies alone."""
    if data.scenario is CoverageScenario.DEFAULT_POSITIVE_TEST:
        return "nothing but what is required"
    of_body = data.parameter_location is ParameterLocation.BODY
    name = ("body" if data.location == "/type" else None) if of_body else data.parameter
    return data.description if not name or name in data.description else f"{name}: {data.description}"


def _broken_field(
    surface: Surface, operation: Operation, case: Case[Any], body_schema: dict[str, Any]
) -> tuple[str | None, dict[str, Any]]:
    """The one field that a broken case breaks, with its definition."""
    data = _data(case)
    if data.parameter_location is not ParameterLocation.BODY:
        parameters = _parameters(surface, operation)
        return data.parameter, parameters.get(data.parameter or "", {})
    if data.scenario is CoverageScenario.OBJECT_MISSING_REQUIRED_PROPERTY and isinstance(case.body, dict):
        missing = [name for name in body_schema.get("required", ()) if name not in case.body]
        names = missing if len(missing) == 1 else []
    else:
        # A place such as /properties/rules/properties/allow_voices/type
        steps = (data.location or "").split("/")
        names = [name for key, name in pairwise(steps) if key == "properties"]
    place = body_schema
    for name in names:
        place = surface.definition(place.get("properties", {}).get(name, {}))
    return (names[0] if names else None), place


def _sent_fields(
    surface: Surface, operation: Operation, case: Case[Any], body_schema: dict[str, Any]
) -> dict[str, dict[str, Any]]:
    sent = {
        name: definition
        for name, definition in _parameters(surface, operation).items()
        if definition.get("in") == "path" or (case.query and name in case.query)
    }
    sent.update(_fields_of_body(surface, case.body, body_schema, ""))
    return sent


def _fields_of_body(
    surface: Surface, body: Any, schema: dict[str, Any], prefix: str
) -> Iterator[tuple[str, dict[str, Any]]]:
    if not isinstance(body, dict):
        return
    for name, value in body.items():
        if name in schema.get("properties", {}):
            definition = surface.definition(schema["properties"][name])
            yield prefix + name, definition
            yield from _fields_of_body(surface, value, definition, f"{prefix}{name}.")


def _prepared(
    bench: Bench, surface: Surface, operation: Operation, case: Case[Any], facts: Facts
) -> PreparedRequest:
    """The case as the request of a real client: usable ids and names, and a mark where credentials belong."""
    _put_usable_values(bench, surface, operation, case, facts)
    parts = case.as_transport_kwargs(base_url=bench.door.base_url)
    parts.pop("cookies", None)
    if "x-claims-in" in operation.definition and not isinstance(case.body, NotSet):
        parts.pop("json", None)
        parts["data"] = {TOKEN: token_for(case.body)}
        parts["headers"].pop("Content-Type", None)
    headers, query = dict(parts.pop("headers", {})), dict(parts.pop("params", None) or {})
    for name in FOREIGN_HEADERS:
        headers.pop(name, None)
    credentials = bench.vendor.cases.credential_fields
    broken = (facts.about or "").lower()
    for fields in (headers, query):
        for name in [name for name in fields if name.lower() in credentials and name.lower() != broken]:
            del fields[name]
    kept = {name: value for name, value in (headers | query).items() if name.lower() == broken}
    bench.vendor.ask_for_credentials(operation.method, operation.path, headers, query)
    if broken in credentials:
        for fields in (headers, query):
            for name in [name for name in fields if name.lower() == broken and name not in kept]:
                del fields[name]
    return bench.door.prepare(parts.pop("method"), parts.pop("url"), headers=headers, params=query, **parts)


def _put_usable_values(
    bench: Bench, surface: Surface, operation: Operation, case: Case[Any], facts: Facts
) -> None:
    """Replace what cannot work by chance: ids of objects, names that have to be free, repeated values."""
    parameters = _parameters(surface, operation)
    properties = _body_schema(surface, operation, case.media_type).get("properties", {})
    for container in (case.path_parameters, case.query, case.body):
        if not isinstance(container, dict):
            continue
        for name in [name for name in container if name != facts.about]:
            definition = parameters.get(name) or surface.definition(properties.get(name, {}))
            usable = bench.vendor.cases.usable(operation.id, name, definition)
            if usable is not None:
                value = usable(bench)
                if value is LEFT_OUT:
                    del container[name]
                    continue
                # A generated text of digits stays a text: the document allows both spellings.
                container[name] = str(value) if isinstance(container[name], str) else value
            same_as = definition.get("x-same-as")
            if isinstance(same_as, str) and same_as in container:
                container[name] = container[same_as]


def _parameters(surface: Surface, operation: Operation) -> dict[str, dict[str, Any]]:
    found = {}
    for parameter in operation.definition.get("parameters", ()):
        definition = surface.resolve(parameter)
        of_schema = surface.definition(definition.get("schema", {})).get("x-statements", ())
        statements = definition.get("x-statements") or of_schema
        found[definition["name"]] = {**definition, "x-statements": statements}
    return found


def _body_schema(surface: Surface, operation: Operation, media_type: str | None) -> dict[str, Any]:
    content = surface.resolve(operation.definition.get("requestBody", {})).get("content", {})
    media: dict[str, Any] = content.get(media_type) or next(iter(content.values()), {})
    schema: dict[str, Any] = surface.resolve(media.get("schema", {}))
    return schema
