"""How long a text may be; the pages print no limits."""

from contracts.bench import Bench
from contracts.proctorexam import samples
from contracts.proctorexam.register import REGISTER
from contracts.safety import Profile

SHORT_TEXT, LONG_TEXT = 255, 65_535
TOO_LONG = b"is too long (maximum is 255 characters)"


@REGISTER.contract("proctorexam.lengths.name", "PE-491", profile=Profile.STANDARD)
def longest_name(bench: Bench) -> None:
    """A short text, such as a name, of 255 characters is taken, one more is refused."""
    name = bench.unique("institute").ljust(SHORT_TEXT, "é")
    answer = bench.call("POST", "/institutes", json_body={"name": name, "short_name": "pmc"})
    bench.holds("PE-491", answer.at("institute", "name") == name, f"a name of {SHORT_TEXT} characters")
    answer = bench.call("POST", "/institutes", json_body={"name": f"{name}é", "short_name": "pmc"})
    refused = answer.status == 422 and TOO_LONG in answer.body
    bench.holds("PE-491", refused, f"422 with {TOO_LONG.decode()!r} for one more")


@REGISTER.contract("proctorexam.lengths.document", "PE-491", profile=Profile.STANDARD)
def longest_document(bench: Bench) -> None:
    """A long text, such as a document, of 65535 characters is taken, one more is refused."""
    path = f"/exams/{samples.exam(bench)['id']}/documents"
    answer = bench.call("POST", path, json_body={"exam_content": "x" * LONG_TEXT})
    bench.holds("PE-491", answer.accepted, f"a document of {LONG_TEXT} characters to be taken")
    answer = bench.call("POST", path, json_body={"exam_content": "x" * (LONG_TEXT + 1)})
    bench.holds("PE-491", answer.status == 422, "422 for one more")
