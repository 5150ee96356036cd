"""One simulation: a server in this process, a machine driven by the seed, and a model that watches."""

from __future__ import annotations

import asyncio
import json
import random
import shutil
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from mockserver.app import Building, create_app
from mockserver.clock import Clock
from mockserver.journey import House
from mockserver.settings import Settings
from mockserver.signing import sign
from mockserver.signing.wish import Wish
from mockserver.vendors import all_vendors
from tests.simulation.model import Model, Sent, Violation
from tests.simulation.virtual import Crashed, FailingDisk, VirtualLoop, VirtualMachine

STEPS = 40
HOUR_MS = 3_600_000
SEEDED = {"ProctorExam"}
_CREDENTIALS = next(vendor for vendor in all_vendors() if vendor.name == "proctorexam").default_credentials
_ACCESS = {"base_url": "http://127.0.0.1:8000/proctorexam/api/v3", **_CREDENTIALS}


@dataclass
class Trace:
    """What happened, step by step; equal for equal seeds."""

    lines: list[str] = field(default_factory=list)
    answers: Counter[int] = field(default_factory=Counter)
    crashes: int = 0
    failures: int = 0

    def add(self, other: Trace) -> None:
        """Count what happened in another run as well."""
        self.answers.update(other.answers)
        self.crashes += other.crashes
        self.failures += other.failures


def simulate(seed: int, folder: Path) -> Trace:
    """Run one simulation in `folder`, which it empties.

    Raises:
        Violation: what must hold does not; the message names the seed.
    """
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    simulation = Simulation(seed, folder)
    with asyncio.Runner(loop_factory=lambda: simulation.loop) as runner:
        try:
            runner.run(simulation.run())
        except Violation as violation:
            history = "\n  ".join(simulation.trace.lines[-12:])
            raise Violation(
                f"{violation}\n  {history}\nReplay: python -m tests.simulation --seed {seed}"
            ) from None
    return simulation.trace


class Simulation:
    """The state of one run."""

    def __init__(self, seed: int, folder: Path) -> None:
        self._chance = random.Random(seed)
        self._database = f"sqlite:///{folder}/a.db"
        self.loop = VirtualLoop()
        self._machine = VirtualMachine(self.loop, self._chance)
        self._model = Model(there=set(SEEDED))
        self._sandbox_ahead_ms = 0
        self._sent: list[Sent] = []
        self.trace = Trace()
        self._app: Building
        self._house: House
        self._disk: FailingDisk

    async def run(self) -> None:
        """Start the server, let things happen, and look at what is left."""
        self.loop.set_exception_handler(_crash_is_expected)
        self._start()
        kinds = (self._create, self._replay, self._reuse, self._jump, self._pass, self._look, self._die)
        for _ in range(STEPS):
            self.loop.elapsed += self._chance.random()
            (happen,) = self._chance.choices(kinds, weights=(30, 25, 10, 12, 10, 8, 5))
            self._disk.is_failing = self._chance.random() < 0.3
            await happen()
            self.trace.failures += self._disk.failures
            self._disk.is_failing, self._disk.failures = False, 0
            self._model.clock_shows(self._now_ms())
        await self._look()
        await self._app.close(self._house.store)

    def _start(self) -> None:
        self._app = create_app(Settings(database=self._database, run="simulated"), machine=self._machine)
        self._house = self._app.open()
        file = self._house.store._file  # type: ignore[attr-defined] # nobody but a simulation reaches that deep
        self._disk = file.driver = FailingDisk(file.driver, self._chance)

    def _now_ms(self) -> int:
        return self._machine.now_ms() + self._sandbox_ahead_ms

    async def _create(self) -> None:
        """New creations, side by side."""
        await self._send([self._signed() for _ in range(self._chance.randint(1, 6))])

    async def _replay(self) -> None:
        """Requests sent before, byte by byte, several times side by side."""
        if self._sent:
            await self._send(self._chance.choices(self._sent, k=self._chance.randint(1, 6)))

    async def _reuse(self) -> None:
        """Old nonces, signed afresh."""
        if self._sent:
            old = self._chance.choices(self._sent, k=3)
            await self._send([self._signed(nonce=item.nonce) for item in old])

    async def _jump(self) -> None:
        """The machine's clock or the sandbox's jumps, minutes or days, and often back to where it was."""
        hours = self._chance.choice([-49, -25, -24, -1, -0.08, 0, 0, 0, 0.08, 1, 23.9, 24, 25, 49, 1000])
        if self._chance.random() < 0.5:
            self._machine.ahead_ms = round(hours * HOUR_MS)
            self._say(f"the machine's clock is off by {hours} h")
            return
        self._disk.is_failing = False
        ahead_ms = round(hours * HOUR_MS)
        clock = Clock("shifted", offset_ms=ahead_ms) if ahead_ms else Clock()
        sandboxes = self._house.sandboxes
        await self._house.store.run(lambda db: sandboxes.change(db, sandboxes.default(db), clock=clock))
        self._sandbox_ahead_ms = ahead_ms
        self._say(f"the sandbox's clock is off by {hours} h")

    async def _pass(self) -> None:
        """Time goes by; the server's upkeep works meanwhile."""
        seconds = self._chance.choice([1, 31, 31, 600, 12 * 3600])
        self._say(f"{seconds} s go by")
        self.loop.elapsed += seconds
        await asyncio.sleep(0.2)

    async def _look(self) -> None:
        """What the server says is there is what was acknowledged."""
        self._disk.is_failing = False
        status, body = await self._ask(self._wish("GET", "/institutes"))
        if status != 200:
            raise Violation(f"the list was answered {status}")
        self._model.listed({item["name"] for item in json.loads(body)["institutes"]})

    async def _die(self) -> None:
        """The process dies at some statement of its next requests, and starts again."""
        self._disk.dies_in = self._chance.randint(1, 40)
        sent = [self._signed() for _ in range(self._chance.randint(1, 6))]
        self._sent += sent
        await asyncio.wait([asyncio.create_task(self._ask(item.request)) for item in sent], timeout=5)
        for item in sent:
            self._model.unanswered(item)
        for task in asyncio.all_tasks() - {asyncio.current_task()}:
            task.cancel()
        await asyncio.sleep(0)
        self._disk._driver.close()
        self._start()
        self.trace.crashes += 1
        self._say("the process died and was started again")
        await self._look()

    def _signed(self, nonce: str = "") -> Sent:
        nonce = nonce or str(self._chance.randrange(10**12))
        name = f"University {self._chance.randrange(10**12)}"
        parameters = {"name": name, "short_name": name[-8:]}
        return Sent(name, nonce, self._wish("POST", "/institutes", parameters, nonce=nonce))

    def _wish(self, method: str, path: str, parameters: Any = None, **overrides: str) -> Any:
        wish = Wish(method, path, parameters or {}, overrides=overrides)
        chance = self._chance.randbytes
        signed = sign("proctorexam", wish, _ACCESS, now_ms=self._now_ms(), random_bytes=chance)
        return signed.method, signed.url, signed.headers, signed.body

    async def _send(self, items: list[Sent]) -> None:
        self._sent += [item for item in items if item not in self._sent]
        answers = await asyncio.gather(*(self._ask(item.request) for item in items))
        may_fail = self._disk.failures > 0
        for item, (status, _) in zip(items, answers, strict=True):
            self.trace.answers[status] += 1
            self._say(f"{item.nonce} {item.name}: {status}")
            self._model.answered(
                item,
                status,
                now_ms=self._now_ms(),
                running_ms=round(self.loop.elapsed * 1000),
                may_fail=may_fail,
            )

    async def _ask(self, request: Any) -> tuple[int, bytes]:
        """Send a request to the app itself and return status and body."""
        method, url, headers, body = request
        place = urlsplit(url)
        scope = {
            "type": "http",
            "http_version": "1.1",
            "method": method,
            "scheme": "http",
            "path": place.path,
            "raw_path": place.path.encode(),
            "query_string": place.query.encode(),
            "root_path": "",
            "headers": [
                (b"host", place.netloc.encode()),
                (b"content-length", str(len(body)).encode()),
                *((name.lower().encode(), value.encode()) for name, value in headers),
            ],
            "client": ("127.0.0.1", 50_000),
            "server": ("127.0.0.1", 8000),
        }
        heard: list[Any] = []

        async def receive() -> Any:
            return {"type": "http.request", "body": body, "more_body": False}

        async def send(message: Any) -> None:
            heard.append(message)

        await self._app(scope, receive, send)
        return heard[0]["status"], b"".join(message.get("body", b"") for message in heard[1:])

    def _say(self, text: str) -> None:
        self.trace.lines.append(f"{self.loop.elapsed:.3f} {text}")


def _crash_is_expected(loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    if not isinstance(context.get("exception"), Crashed):
        loop.default_exception_handler(context)
