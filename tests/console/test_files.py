"""The files of the console over the wire: their headers, and what is no file."""

from __future__ import annotations

import re
import urllib.request
from importlib import resources

import pytest
from raw_http import RawAnswer, RawConnection

from tests.conftest import RunningServer

STATIC = resources.files("mockserver.console") / "static"
NAMES = sorted(item.name for item in STATIC.iterdir())
SCRIPTS = [name for name in NAMES if name.endswith(".js")]


def got(server: RunningServer, path: str, *lines: str, method: str = "GET") -> RawAnswer:
    head = [
        f"{method} /__admin/console{path} HTTP/1.1",
        "Host: localhost",
        *lines,
        "Connection: close",
        "",
        "",
    ]
    with RawConnection(server.url) as connection:
        connection.send("\r\n".join(head).encode())
        return connection.answer()


@pytest.mark.parametrize("name", ["", *NAMES])
def test_every_file_carries_the_headers(server: RunningServer, name: str) -> None:
    answer = got(server, f"/{name}" if name else "")
    assert answer.status == 200
    policy = answer.headers["content-security-policy"].split("; ")
    assert policy[0] == "default-src 'none'"
    assert "script-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "require-trusted-types-for 'script'" in policy
    assert "unsafe" not in answer.headers["content-security-policy"]
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert answer.headers["cache-control"] == "no-cache"
    assert answer.headers["cross-origin-opener-policy"] == "same-origin"
    assert "access-control-allow-origin" not in answer.headers


def test_a_file_that_has_not_changed_is_not_sent_again(server: RunningServer) -> None:
    tag = got(server, "/app.js").headers["etag"]
    answer = got(server, "/app.js", f"If-None-Match: {tag}")
    assert (answer.status, answer.body) == (304, b"")


@pytest.mark.parametrize(
    "path", ["/../door.py", "/%2e%2e/__init__.py", "/static/app.js", "/app.js/", "//app.js", "/nothing.js"]
)
def test_what_is_no_file_of_the_console_is_not_there(server: RunningServer, path: str) -> None:
    assert got(server, path).status == 404


def test_the_console_is_only_read(server: RunningServer) -> None:
    assert got(server, "", "Content-Length: 0", method="POST").status == 405
    with urllib.request.urlopen(
        urllib.request.Request(f"{server.url}/__admin/console", method="HEAD")
    ) as answer:
        assert (answer.status, answer.read()) == (200, b"")


def test_a_trailing_slash_leads_to_the_page_on_the_same_host(server: RunningServer) -> None:
    answer = got(server, "/")
    assert (answer.status, answer.headers["location"]) == (307, "/__admin/console")


def test_a_link_from_elsewhere_leads_to_the_page(server: RunningServer) -> None:
    visit = ("Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: document")
    assert got(server, "", *visit).status == 200


@pytest.mark.parametrize("destination", ["script", "iframe", "empty", "style"])
def test_other_sites_cannot_use_its_files(server: RunningServer, destination: str) -> None:
    lines = ("Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: no-cors", f"Sec-Fetch-Dest: {destination}")
    assert got(server, "/app.js", *lines).status == 403


@pytest.mark.parametrize("name", SCRIPTS)
def test_no_script_can_read_markup_or_names_another_host(name: str) -> None:
    text = (STATIC / name).read_text(encoding="utf-8")
    forbidden = (
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|DOMParser|\beval\b|new Function|https?:"
    )
    assert re.findall(forbidden, text) == []


def test_the_page_holds_no_script_and_no_style_of_its_own() -> None:
    text = (STATIC / "index.html").read_text(encoding="utf-8")
    assert re.findall(r"<style|\son\w+=|style=|<script(?![^>]*\ssrc=)", text) == []


@pytest.mark.parametrize("name", SCRIPTS)
def test_controls_are_called_by_declared_names(server: RunningServer, name: str) -> None:
    """No file of the console knows a path of the control API."""
    text = (STATIC / name).read_text(encoding="utf-8")
    assert "__admin" not in text.replace("`${control.method} /__admin${control.path}`", "")
