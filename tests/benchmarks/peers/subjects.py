"""The peers as they are measured. None of them checks a credential; only json-server and moto keep rows."""

from __future__ import annotations

import functools
import http.client
import json
import shutil
from pathlib import Path

from tests.benchmarks.load import Load, request
from tests.benchmarks.peers.installing import (
    moto_missing,
    moto_server,
    npm_missing,
    script,
    wiremock_jar,
    wiremock_missing,
)
from tests.benchmarks.process import ROOT
from tests.benchmarks.subjects import NEW_ITEM, Subject, plain

HERE = Path(__file__).parent
PROCTOREXAM = ROOT / "contracts" / "proctorexam" / "openapi.yaml"


def _prism(document: Path, folder: Path, port: int) -> list[str]:
    del folder
    return [script("prism"), "mock", "--port", str(port), "--verboseLevel", "silent", str(document)]


def _institute(url: str, count: int) -> Load:
    """Return the creation of an institute as ProctorExam's document wants it; Prism checks no signature."""
    del count
    values = {**NEW_ITEM, "timestamp": 1, "nonce": 1, "signature": "0" * 64}
    headers = {
        "Content-Type": "application/json",
        "Accept": "application/vnd.procwise.v3, application/json",
        "Authorization": "Token token=any",
    }
    return Load([request("POST", f"{url}/institutes", headers, json.dumps(values).encode())], again=True)


def _wiremock(options: tuple[str, ...], folder: Path, port: int) -> list[str]:
    shutil.copytree(HERE / "wiremock", folder, dirs_exist_ok=True)
    place = ["--port", str(port), "--root-dir", str(folder), "--disable-banner"]
    return ["java", "-jar", wiremock_jar(), *place, *options]


def _mockoon(folder: Path, port: int) -> list[str]:
    del folder
    data = str(HERE / "mockoon.json")
    return [script("mockoon-cli"), "start", "--repair", "-X", "--data", data, "--port", str(port)]


def _json_server(folder: Path, port: int) -> list[str]:
    rows = folder / "items.json"
    rows.write_text(json.dumps({"items": [{"id": 1, **NEW_ITEM}]}))
    return [script("json-server"), "--quiet", "--port", str(port), str(rows)]


def _moto(folder: Path, port: int) -> list[str]:
    del folder
    return [moto_server(), "-p", str(port)]


def _put_item(url: str, count: int) -> Load:
    """Return the writing of an item into a table, which is made on the way."""
    del count
    table = {
        "TableName": "items",
        "KeySchema": [{"AttributeName": "id", "KeyType": "HASH"}],
        "AttributeDefinitions": [{"AttributeName": "id", "AttributeType": "S"}],
        "BillingMode": "PAY_PER_REQUEST",
    }
    connection = http.client.HTTPConnection(url.removeprefix("http://"))
    connection.request("POST", "/", json.dumps(table), _aws_headers("CreateTable"))
    connection.getresponse().read()  # from the second time on: the table is there
    connection.close()
    item = {"TableName": "items", "Item": {"id": {"S": "1"}, "name": {"S": "University"}}}
    return Load([request("POST", f"{url}/", _aws_headers("PutItem"), json.dumps(item).encode())], again=True)


def _aws_headers(action: str) -> dict[str, str]:
    credential = "Credential=any/20300101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=any"
    return {
        "X-Amz-Target": f"DynamoDB_20120810.{action}",
        "Content-Type": "application/x-amz-json-1.0",
        "Authorization": f"AWS4-HMAC-SHA256 {credential}",
    }


PEERS = (
    Subject(
        "Prism",
        "a document of one path; log off",
        functools.partial(_prism, HERE / "prism.json"),
        plain("/items"),
        ready_path="/items",
        missing=npm_missing,
    ),
    Subject(
        "Prism, same document",
        "our document of ProctorExam; log off",
        functools.partial(_prism, PROCTOREXAM),
        {"POST": _institute},
        missing=npm_missing,
    ),
    Subject(
        "WireMock",
        "as it comes, with its journal",
        functools.partial(_wiremock, ()),
        plain("/items"),
        ready_path="/items",
        missing=wiremock_missing,
    ),
    Subject(
        "WireMock, tuned",
        "journal, request log and compression off",
        functools.partial(_wiremock, ("--no-request-journal", "--disable-request-logging", "--disable-gzip")),
        plain("/items"),
        ready_path="/items",
        missing=wiremock_missing,
    ),
    Subject(
        "Mockoon", "two fixed answers", _mockoon, plain("/items"), ready_path="/items", missing=npm_missing
    ),
    Subject(
        "json-server",
        "rows in a file",
        _json_server,
        plain("/items"),
        ready_path="/items/1",
        missing=npm_missing,
    ),
    Subject(
        "moto",
        "DynamoDB's PutItem in memory, any signature is taken",
        _moto,
        {"POST": _put_item},
        missing=moto_missing,
    ),
)
