"""JUnit XML for a build server: one case per statement."""

from xml.etree.ElementTree import Element, SubElement, indent, tostring

from contracts.redaction import Redactor
from contracts.result import Outcome, RunResult
from contracts.verdict import Standing, Verdict

# XML 1.0 has no way to write these, not even escaped.
NOT_IN_XML = dict.fromkeys((*range(9), 11, 12, *range(14, 32), 65534, 65535), "�")


def render(result: RunResult, redactor: Redactor) -> str:
    """The report as XML text; statements that are not asserted never fail a build."""
    numbers = result.numbers()
    failures = len(result.violated)
    # Without a failure of its own a run that went wrong would look like one in which all was well.
    wrong = result.outcome is not Outcome.HELD and not failures
    suite = Element(
        "testsuite",
        name=f"contracts {result.options.vendor}",
        tests=str(numbers.all + wrong),
        failures=str(failures),
        errors=str(int(wrong)),
        skipped=str(numbers.all - numbers.held - failures),
        time=f"{result.seconds:.3f}",
    )
    properties = SubElement(suite, "properties")
    for name, value in (("index", numbers.index), ("score", numbers.score)):
        SubElement(properties, "property", name=name, value=f"{value:.4f}")
    for verdict in result.verdicts:
        suite.append(_case(verdict, result, redactor))
    if wrong:
        suite.append(_run(result, redactor))
    if result.sentences:
        SubElement(suite, "system-out").text = _xml(redactor.text("\n".join(result.sentences)))
    indent(suite)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + tostring(suite, encoding="unicode") + "\n"


def _run(result: RunResult, redactor: Redactor) -> Element:
    case = Element("testcase", classname=f"{result.options.vendor}.run", name="The run came to its end")
    SubElement(case, "error", message=_xml(redactor.text(" ".join(result.sentences))))
    return case


def _case(verdict: Verdict, result: RunResult, redactor: Redactor) -> Element:
    statement = verdict.statement
    case = Element(
        "testcase",
        classname=f"{statement.vendor}.{statement.evidence}",
        name=_xml(f"{statement.id} {statement.text}"),
    )
    reason = _xml(redactor.text(verdict.reason))
    if verdict.standing is Standing.VIOLATED and statement.evidence in result.options.asserted:
        look = verdict.deciding
        where = f"\nrequest {look.exchange} of {look.origin}" if look else ""
        SubElement(
            case, "failure", message=reason
        ).text = f"{reason}{where}\nSource: {', '.join(statement.source)}"
    elif verdict.standing is not Standing.HELD:
        SubElement(case, "skipped", message=f"{verdict.standing.value}: {reason}")
    return case


def _xml(text: str) -> str:
    return text.translate(NOT_IN_XML).encode("utf-8", "replace").decode()
