"""What enters the signed text and what does not: ids of the address, null, separators, headers."""

from contracts.bench import Bench
from contracts.proctorexam import samples
from contracts.proctorexam.auth import ACCEPT
from contracts.proctorexam.named.asking import ask, bare, own_headers, signed, with_signature
from contracts.proctorexam.register import REGISTER
from contracts.safety import Profile


@REGISTER.contract("proctorexam.signed_text.ids", "PE-033", "PE-037", profile=Profile.STANDARD)
def ids_of_the_address(bench: Bench) -> None:
    """The id of the address is signed under its name and need not be sent beside it."""
    if not bench.sign_url_ids:
        bench.not_exercised(("PE-033", "PE-037"), "the run was told not to sign ids of the address")
        return
    exam = samples.exam(bench)["id"]
    parameters = signed(bench, id=str(exam))
    del parameters["id"]
    answer = bench.call("GET", f"/exams/{exam}", sign=False, query=parameters, headers=own_headers(bench))
    bench.holds(("PE-033", "PE-037"), answer.status == 200, "an id that is signed and not sent to be let in")
    for wrong in (bare(bench, id=str(exam + 1)), bare(bench, exam_id=str(exam))):
        parameters = {name: text for name, text in with_signature(bench, wrong).items() if "id" not in name}
        answer = bench.call("GET", f"/exams/{exam}", sign=False, query=parameters, headers=own_headers(bench))
        bench.holds("PE-033", answer.refused, "another id, or its id under another name, to be refused")


@REGISTER.contract("proctorexam.signed_text.alone", "PE-041")
def nothing_but_parameters(bench: Bench) -> None:
    """Headers and path are not signed: one signature is good at another address and with other headers."""
    for path in ("/exams", "/student_sessions"):
        answer = ask(bench, signed(bench), path=path, accept=ACCEPT)
        bench.holds("PE-041", answer.status == 200, f"the same recipe at {path}")
    headers = own_headers(bench) | {"User-Agent": "another", "X-Another": "1"}
    answer = bench.call("GET", "/exams", sign=False, query=signed(bench), headers=headers)
    bench.holds("PE-041", answer.status == 200, "headers that are not signed to be let in")


@REGISTER.contract("proctorexam.signed_text.separators", "PE-050", "PE-040")
def separators_in_values(bench: Bench) -> None:
    """?, = and percent signs stand in the text as they are."""
    for value in ("a?b=c", "a=b", "100%25", "ü&+ "):
        answer = ask(bench, signed(bench, note=value))
        bench.holds(("PE-040", "PE-050"), answer.status == 200, f"the value {value!r} to be signed as it is")


@REGISTER.contract("proctorexam.signed_text.first", "PE-072", "PE-490")
def access_before_parameters(bench: Bench) -> None:
    """A wrong signature is refused before a wrong parameter, and a refused parameter uses up the nonce."""
    wrong = {**signed(bench, page="none"), "signature": "0" * 64}
    bench.holds("PE-072", ask(bench, wrong).status == 403, "403 before 422")
    parameters = signed(bench, page="none")
    bench.need(ask(bench, parameters).status == 422, "a page that is no number is not refused with 422")
    good = signed(bench, nonce=parameters["nonce"])
    bench.holds("PE-490", ask(bench, good).refused, "the nonce to be used up by a request refused with 422")
    unused = {**signed(bench), "signature": "0" * 64}
    ask(bench, unused)
    good = signed(bench, nonce=unused["nonce"])
    bench.holds("PE-490", ask(bench, good).status == 200, "the nonce of a wrong signature to be unused")


@REGISTER.contract("proctorexam.signed_text.null", "PE-047", profile=Profile.STANDARD)
def null_is_an_empty_text(bench: Bench) -> None:
    """null enters as an empty text: such a request passes the door."""
    answer = bench.call(
        "PATCH", f"/student_sessions/{samples.new_student(bench)['id']}", json_body={"name": None}
    )
    bench.holds("PE-047", answer.status != 403, "a signed null to pass the door")
