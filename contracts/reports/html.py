"""One HTML file with filters and the deciding request of every statement; it loads nothing from anywhere.

Each request stands in the file once; the script shows it inside every statement that it decided.
"""

import base64
import hashlib
from html import escape
from importlib.resources import files

from contracts.exchange import Exchange
from contracts.operations import figures_of
from contracts.redaction import Redactor
from contracts.reports.wire import body_text, headers_of
from contracts.result import RunResult
from contracts.statements import EVIDENCE
from contracts.verdict import Standing, Verdict

SCRIPT = """
const names = ["standing", "evidence", "operation", "text"];
const inputs = names.map((name) => document.getElementById(name));
const rows = [...document.querySelectorAll("main > details")];
function show() {
  const [standing, evidence, operation, text] = inputs.map((input) => input.value.toLowerCase());
  let shown = 0;
  for (const row of rows) {
    const fits = (!standing || row.dataset.standing === standing)
      && (!evidence || row.dataset.evidence === evidence)
      && (!operation || row.dataset.operations.split(" ").includes(operation))
      && (!text || row.textContent.toLowerCase().includes(text));
    row.hidden = !fits;
    shown += fits;
  }
  document.getElementById("shown").textContent = shown + " of " + rows.length + " statements";
}
for (const row of rows) {
  row.addEventListener("toggle", () => {
    const link = row.querySelector("a[data-request]");
    if (!link) return;
    const request = document.getElementById(link.dataset.request).cloneNode(true);
    request.removeAttribute("id");
    request.open = true;
    link.replaceWith(request);
  });
}
inputs.forEach((input) => input.addEventListener("input", show));
show();
"""
ORDER = (Standing.VIOLATED, Standing.UNDECIDED, Standing.WAIVED, Standing.HELD, Standing.NOT_EXERCISED)


def render(result: RunResult, redactor: Redactor) -> str:
    """The report as one page."""
    options = result.options
    # Only this very script may run, whatever a recorded answer contains.
    digest = base64.b64encode(hashlib.sha256(SCRIPT.encode()).digest()).decode()
    operations = sorted({name for verdict in result.verdicts for name in verdict.statement.applies_to})
    exchanges = {exchange.number: exchange for exchange in result.exchanges}
    decided_by = sorted(
        {look.exchange for one in result.verdicts if (look := one.deciding) and look.exchange}
    )
    verdicts = sorted(result.verdicts, key=lambda verdict: (ORDER.index(verdict.standing), verdict.id))
    headline = (
        f"{escape(options.base_url)}, profile {options.profile.label}, seed {options.seed}, "
        f"{len(result.exchanges)} requests in {result.seconds:.1f} s. "
        f"Asserted: {', '.join(options.asserted)}."
    )
    parts = {
        "SCRIPT_HASH": f"sha256-{digest}",
        "SCRIPT": SCRIPT,
        "VENDOR": escape(options.vendor),
        "HEADLINE": headline,
        "SENTENCES": "".join(
            f'<p class="warning">{escape(redactor.text(one))}</p>' for one in result.sentences
        ),
        "NUMBERS": _numbers(result),
        "STANDINGS": "".join(f"<option>{standing.value}</option>" for standing in ORDER),
        "OPERATIONS": "".join(f"<option>{escape(name)}</option>" for name in operations),
        "STATEMENTS": "\n".join(_statement(verdict, exchanges, result, redactor) for verdict in verdicts),
        "UNDOCUMENTED": _undocumented(result, redactor),
        "LEFT_BEHIND": _left_behind(result),
        "TIMES": _times(result),
        "REQUESTS": "\n".join(_exchange(exchanges[number], redactor) for number in decided_by),
    }
    # Split once: a recorded answer that contains a mark such as @@SCRIPT@@ stays as it is.
    pieces = (files("contracts.reports") / "report.html").read_text(encoding="utf-8").split("@@")
    return "".join(parts[piece] if index % 2 else piece for index, piece in enumerate(pieces))


def _numbers(result: RunResult) -> str:
    names = ("", "index", "score", "held", "violated", "undecided", "not exercised")
    head = f"<tr>{''.join(f'<th>{name}</th>' for name in names)}</tr>"
    rows = []
    for level in (*EVIDENCE, ""):
        numbers = result.numbers(*([level] if level else []))
        values = (
            f"{numbers.index:.1%}",
            f"{numbers.score:.1%}",
            numbers.held,
            numbers.violated,
            numbers.undecided,
            numbers.not_exercised,
        )
        cells = "".join(f'<td class="number">{value}</td>' for value in values)
        rows.append(f"<tr><th>{level or 'all'}</th>{cells}</tr>")
    return f"<table>{head}{''.join(rows)}</table>"


def _statement(
    verdict: Verdict, exchanges: dict[int, Exchange], result: RunResult, redactor: Redactor
) -> str:
    statement, look = verdict.statement, verdict.deciding
    exchange = exchanges.get(look.exchange) if look and look.exchange else None
    sources = "".join(f"<li>{escape(source)}</li>" for source in statement.source)
    shown = ""
    if exchange is not None:
        anchor = f"request-{exchange.number}"
        shown = f'<p><a href="#{anchor}" data-request="{anchor}">request {exchange.number}</a></p>'
    decided = f"<small>decided by {escape(look.origin)}</small>" if look else ""
    again = f"<p>Again: <code>{escape(_again(verdict, exchange, result))}</code></p>" if exchange else ""
    return (
        f'<details data-standing="{verdict.standing.value}" data-evidence="{statement.evidence}" '
        f'data-operations="{escape(" ".join(statement.applies_to).lower())}">'
        f'<summary><span class="standing {verdict.standing.value.replace(" ", "-")}">'
        f"{verdict.standing.value}</span> "
        f"<b>{statement.id}</b> {escape(statement.text)} <small>{statement.evidence}</small></summary>"
        f"<p>{escape(redactor.text(verdict.reason))} {decided}</p>{again}{shown}<ul>{sources}</ul></details>"
    )


def _again(verdict: Verdict, exchange: Exchange | None, result: RunResult) -> str:
    """How to see it once more: a generated request by its number, a named contract by its id."""
    options, look = result.options, verdict.deciding
    assert look is not None
    assert exchange is not None
    if look.origin.startswith("coverage."):
        return f"contracts resend contracts-{options.vendor}.json {exchange.number}"
    return (
        f"contracts run --vendor {options.vendor} --base-url {options.base_url} "
        f"--profile {options.profile.label} --only {look.origin}"
    )


def _exchange(exchange: Exchange, redactor: Redactor) -> str:
    request, answer = exchange.request, exchange.answer
    sent = [f"{request.method} {redactor.text(request.url)}"]
    sent += [f"{name}: {value}" for name, value in headers_of(request.headers, redactor).items()]
    sent += ["", body_text(request.body, redactor)]
    got = [exchange.error]
    if answer is not None:
        got = [str(answer.status)]
        got += [f"{name}: {value}" for name, value in headers_of(answer.headers, redactor).items()]
        got += ["", body_text(answer.body, redactor)]
    title = f"request {exchange.number}: {request.method} {request.path} {answer.status if answer else ''}"
    return (
        f'<details id="request-{exchange.number}"><summary>{escape(redactor.text(title))}</summary>'
        f"<pre>{escape(chr(10).join(sent))}</pre><pre>{escape(chr(10).join(got))}</pre></details>"
    )


def _left_behind(result: RunResult) -> str:
    if not result.left_behind:
        return ""
    items = "".join(f"<li>{escape(made.kind)} {escape(made.id)}</li>" for made in result.left_behind)
    title = f"Created by this run and still there: {len(result.left_behind)}"
    return f'<details class="warning"><summary>{title}</summary><ul>{items}</ul></details>'


def _times(result: RunResult) -> str:
    names = ("operation", "requests", "held", "documented", "median ms", "slowest ms")
    head = f"<tr>{''.join(f'<th>{name}</th>' for name in names)}</tr>"
    rows = []
    for one in figures_of(result):
        values = (one.requests, one.held, one.documented, f"{one.median_ms:.1f}", f"{one.slowest_ms:.1f}")
        cells = "".join(f'<td class="number">{value}</td>' for value in values)
        rows.append(f"<tr><th>{escape(one.operation)}</th>{cells}</tr>")
    return f"<table>{head}{''.join(rows)}</table>"


def _undocumented(result: RunResult, redactor: Redactor) -> str:
    if not result.undocumented:
        return ""
    rows = "".join(
        f"<tr><td>{escape(one.operation)}</td><td>{escape(one.kind)}</td><td>{escape(redactor.text(one.what))}</td>"
        f'<td class="number">{one.times}</td></tr>'
        for one in result.undocumented
    )
    return f"<h2>Seen and not documented</h2><table>{rows}</table>"
