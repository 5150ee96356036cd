"""Where webhooks may go: this machine, and hosts that were named when the server was started."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from constructor_calls import Integration, claims

from mockserver.errors import UsageError
from mockserver.settings import read_webhook_hosts
from mockserver.webhooks.post import post
from mockserver.webhooks.targets import TargetRefused, check_host, read_target, resolve


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:9000/hook",
        "http://127.9.8.7/",
        "http://[::1]:9000/hook?method=review",
        "https://localhost/hook",
        "http://lms.localhost:9000/",
        "https://receiver.example/hook",
        "http://RECEIVER.example:81/hook",
    ],
)
def test_target_is_taken(integration: Integration, url: str) -> None:
    integration.configure(review_url=url)
    settings = integration.client.get(f"{integration.admin}/settings").json()
    assert settings["constructor"]["review_url"] == url


@pytest.mark.parametrize(
    "url",
    [
        "https://lms.example.com/hook",
        "http://10.0.0.1/",
        "http://169.254.169.254/latest/meta-data",
        "http://0.0.0.0/",
        "http://[::ffff:10.0.0.1]/",
        "http://127.0.0.1.evil.example/",
        "http://localhost.evil.example/",
        "http://localhost./",
        "http://2130706433/",
        "http://0x7f.1/",
        "http://127.1/",
        "http://xn--lclhost-cza/",
    ],
)
def test_other_host_is_refused_with_the_setting_that_allows_it(integration: Integration, url: str) -> None:
    answer = integration.client.patch(f"{integration.admin}/settings", json={"constructor.review_url": url})
    assert answer.status_code == 422
    assert "MOCKSERVER_WEBHOOK_HOSTS" in answer.json()["detail"]


@pytest.mark.parametrize(
    "url",
    [
        "ftp://127.0.0.1/",
        "file:///etc/passwd",
        "127.0.0.1/hook",
        "http://",
        "http:///hook",
        "http://user:password@127.0.0.1/",
        "http://127.0.0.1:99999/",
        "http://127.0.0.1:x/",
        "http://[::1/",
        "http://127.0.0.1/a b",
        "http://127.0.0.1/\r\nX-Evil: 1",
        "http://127.0.0.1/ä",
        "http://127.0.0.1/" + "x" * 2000,
        "",
    ],
)
def test_url_that_is_no_plain_web_address_is_refused(integration: Integration, url: str) -> None:
    answer = integration.client.patch(f"{integration.admin}/settings", json={"constructor.review_url": url})
    assert answer.status_code == 422


def test_address_can_be_taken_back(integration: Integration) -> None:
    integration.configure(review_url="http://127.0.0.1:9/")
    integration.configure(review_url=None)
    integration.start(claims(proctoring="online"))
    integration.finish()
    assert integration.settled() == []


def test_host_is_looked_at_again_when_sending(open_client: Any) -> None:
    """A setting may come from elsewhere, e.g. the environment of the server."""
    from constructor_calls import integration_of

    settings = {"constructor": {"review_url": "http://lms.example.com/hook"}}
    client = open_client(vendor_settings=settings)
    integration = integration_of(client, client.get("/__admin/sandboxes/default").json())
    integration.start(claims(proctoring="online"))
    integration.finish()
    (delivery,) = integration.settled()
    assert delivery["state"] == "given_up"
    assert "webhooks go to this machine only" in delivery["attempts"][0]["problem"]


def test_name_of_this_machine_must_lead_here(monkeypatch: pytest.MonkeyPatch) -> None:
    async def elsewhere(*arguments: Any, **options: Any) -> Any:
        return [(2, 1, 6, "", ("203.0.113.9", 80))]

    async def look_up() -> str:
        monkeypatch.setattr(asyncio.get_running_loop(), "getaddrinfo", elsewhere, raising=False)
        return await resolve(read_target("http://localhost/"), ())

    with pytest.raises(TargetRefused, match="leads to another machine"):
        asyncio.run(look_up())


@pytest.mark.parametrize(
    ("url", "path", "authority"),
    [
        ("http://127.0.0.1:9000/hook?a=b#c", "/hook?a=b", "127.0.0.1:9000"),
        ("http://[::1]:9000", "/", "[::1]:9000"),
        ("https://localhost:443/x", "/x", "localhost"),
        ("http://localhost:443/x", "/x", "localhost:443"),
    ],
)
def test_url_is_taken_apart(url: str, path: str, authority: str) -> None:
    target = read_target(url)
    assert (target.path, target.authority) == (path, authority)


def test_named_host_is_allowed() -> None:
    check_host(read_target("https://lms.example.com/"), read_webhook_hosts("a.example, LMS.example.com"))


@pytest.mark.parametrize("text", ["https://lms.example.com", "a b", "lms.example/x", "ä.example"])
def test_list_of_hosts_holds_hosts(text: str) -> None:
    with pytest.raises(UsageError, match="write names or addresses"):
        read_webhook_hosts(text)


def test_hosts_are_named_when_the_server_starts() -> None:
    import argparse

    from mockserver.cli.environment import add_server_options, settings_from

    parser = argparse.ArgumentParser()
    add_server_options(parser)
    given = parser.parse_args(["--webhook-hosts", "a.example"])
    environment = {"MOCKSERVER_WEBHOOK_HOSTS": "b.example, 10.0.0.5"}
    assert settings_from(given, environment).webhook_hosts == ("a.example",)
    assert settings_from(parser.parse_args([]), environment).webhook_hosts == ("b.example", "10.0.0.5")


def test_name_is_looked_up_once_and_that_address_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    """DNS rebinding: a name that is allowed leads elsewhere when it is looked up again."""
    asked: list[str] = []

    async def rebinding(host: str, *arguments: Any, **options: Any) -> Any:
        asked.append(host)
        return [(2, 1, 6, "", ("127.0.0.1" if len(asked) == 1 else "203.0.113.9", 80))]

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"{}")
        writer.write(b"HTTP/1.1 204 No Content\r\n\r\n")
        writer.close()

    async def deliver() -> int:
        async with await asyncio.start_server(answer, "127.0.0.1", 0) as receiver:
            target = read_target(f"http://lms.example.com:{receiver.sockets[0].getsockname()[1]}/hook")
            monkeypatch.setattr(asyncio.get_running_loop(), "getaddrinfo", rebinding, raising=False)
            address = await resolve(target, ("lms.example.com",))
            return (await post(target, address, (), b"{}", timeout_seconds=5)).status

    assert asyncio.run(deliver()) == 204
    assert asked == ["lms.example.com"]
