"""Whatever a client sent, the console shows it as text and runs nothing of it."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import expect

from tests.console.conftest import Console

HOSTILE = [
    "<script>window.ran=1</script>",
    "<img src=x onerror=window.ran=1>",
    '"><svg onload=window.ran=1>',
    "</code></pre><iframe srcdoc='<script>parent.ran=1</script>'></iframe>",
    "<a href=javascript:window.ran=1>x</a>",
    "<style>*{display:none}</style>",
    "{{constructor.constructor('window.ran=1')()}}",
    "${window.ran=1}",
    "<link rel=stylesheet href=//evil.example/x.css>",
    "<base href=//evil.example/>",
]


def nothing_ran(console: Console) -> None:
    assert console.tab.page.evaluate("window.ran") is None
    assert console.tab.page.locator("main script, main img, main svg, main iframe, main style").count() == 0


@pytest.mark.parametrize("text", HOSTILE)
def test_markup_in_a_body_stays_text(console: Console, text: str) -> None:
    headers = {"x-api-key": console.sandbox["credentials"]["consero"]["api_key"]}
    body = json.dumps({"candidate_email": text, "examination_id": 119})
    console.ask("/consero/api/v1/allocate-candidate", {**headers, "Content-Type": "application/json"}, body)
    console.open("journal")
    console.tab.page.locator(".requests a").click()
    expect(console.tab.page.get_by_label("Body of the request")).to_contain_text(json.dumps(text))
    nothing_ran(console)


@pytest.mark.parametrize("text", HOSTILE)
def test_markup_in_headers_and_names_stays_text(console: Console, text: str) -> None:
    headers = {"x-api-key": console.sandbox["credentials"]["consero"]["api_key"], "X-Odd": text}
    body = json.dumps({"candidate_email": "a@example.org", "examination_id": 119, text: 1})
    console.ask("/consero/api/v1/allocate-candidate", {**headers, "Content-Type": "application/json"}, body)
    console.open("journal")
    console.tab.page.locator(".requests a").click()
    expect(console.tab.page.get_by_label("Headers of the request")).to_contain_text(text)
    expect(console.tab.page.locator(".chips")).to_have_text(text)
    nothing_ran(console)


@pytest.mark.parametrize(
    ("sent", "path"),
    [
        ("%3Cscript%3Ewindow.ran=1%3C/script%3E", "<script>window.ran=1</script>"),
        ("%3Cimg%20src=x%20onerror=window.ran=1%3E", "<img src=x onerror=window.ran=1>"),
        ("a%E2%80%AEb", "aU+202Eb"),
        ("a%E2%81%A6b%E2%80%8Bc", "aU+2066bU+200Bc"),
        ("a%1B%5B31mb", "aU+001B[31mb"),
    ],
)
def test_markup_and_odd_characters_in_a_path_stay_text(console: Console, sent: str, path: str) -> None:
    key = console.sandbox["credentials"]["consero"]["api_key"]
    console.ask(f"/consero/api/v1/{sent}", {"x-api-key": key})
    console.open("journal")
    row = console.tab.page.locator(".requests a")
    expect(row).to_contain_text(f"/api/v1/{path}")
    row.click()
    expect(console.tab.page.locator(".entry .line")).to_contain_text(path)
    nothing_ran(console)


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        ("a\u202eb", "aU+202Eb"),
        ("a\u0000b", "aU+0000b"),
        ("a\u200db\ufeff", "aU+200DbU+FEFF"),
        ("a\u0085b", "aU+0085b"),
        ("12345678901234567890", "12345678901234567890"),
    ],
)
def test_odd_characters_in_a_body_are_written_as_numbers(console: Console, sent: str, shown: str) -> None:
    headers = {"x-api-key": console.sandbox["credentials"]["consero"]["api_key"]}
    console.ask("/consero/api/v1/allocate-candidate", {**headers, "Content-Type": "text/plain"}, sent)
    console.open("journal")
    console.tab.page.locator(".requests a").click()
    expect(console.tab.page.get_by_label("Body of the request")).to_have_text(shown)


def test_json_is_indented_and_otherwise_shown_as_it_was_sent(console: Console) -> None:
    headers = {"x-api-key": console.sandbox["credentials"]["consero"]["api_key"]}
    sent = '{"a":1.0,"a":12345678901234567890,"b":["x\\u0000,]",{}],"c":[]}'
    console.ask("/consero/api/v1/allocate-candidate", {**headers, "Content-Type": "application/json"}, sent)
    console.open("journal")
    console.tab.page.locator(".requests a").click()
    shown = console.tab.page.get_by_label("Body of the request").inner_text()
    assert shown == (
        '{\n  "a": 1.0,\n  "a": 12345678901234567890,\n'
        '  "b": [\n    "x\\u0000,]",\n    {}\n  ],\n  "c": []\n}'
    )
