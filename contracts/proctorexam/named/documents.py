"""What stands in an exam: documents with its text, and attachments that they refer to."""

from contracts.bench import Bench
from contracts.proctorexam import samples
from contracts.proctorexam.register import REGISTER
from contracts.safety import Profile


@REGISTER.contract(
    "proctorexam.documents.create",
    "PE-093", "PE-149", "PE-150", "PE-151", "PE-152", "PE-206", "PE-211", "PE-227", "PE-228", "PE-229",
    "PE-233", "PE-234",
    operations=("exams.create", "documents.create"),
    profile=Profile.STANDARD,
    control=True,
)  # fmt: skip
def document_opens_the_exam(bench: Bench) -> None:
    """The first document moves the exam from draft to open; it may hold the placeholder of an attachment."""
    exam = samples.new_exam(bench)
    path = f"/exams/{exam['id']}/documents"
    answer = bench.call("POST", path, json_body={"exam_content": "Exam instructions."})
    bench.must(
        ("PE-233", "PE-228", "PE-211", "PE-234"),
        answer.accepted and bool(answer.at("document")),
        "one object under document",
    )
    shown = bench.call("GET", f"/exams/{exam['id']}")
    bench.holds(
        ("PE-093", "PE-150"),
        exam.get("status") == "draft" and shown.at("exam", "status") == "open",
        "the exam to be open",
    )
    listed = bench.call("GET", path)
    bench.holds(
        ("PE-149", "PE-227", "PE-228"),
        isinstance(listed.at("document"), dict),
        "one object under document in the list",
    )
    one = bench.call("GET", f"{path}/{answer.at('document', 'id')}")
    bench.holds(
        ("PE-229", "PE-206"), one.at("document") == answer.at("document"), "the document to read back"
    )
    placeholder = samples.new_attachment(bench, exam["id"]).get("placeholder")
    bench.holds(
        "PE-152",
        isinstance(placeholder, str) and placeholder.endswith("_image2.jpg"),
        "a placeholder such as 1548172086_image2.jpg",
    )
    answer = bench.call("POST", path, json_body={"exam_content": f"See {{{placeholder}}}"})
    bench.holds("PE-151", answer.accepted, "a placeholder in braces to be taken")


@REGISTER.contract("proctorexam.documents.none", "PE-497", profile=Profile.STANDARD)
def no_document_yet(bench: Bench) -> None:
    """Before the first document there is nothing under document, and after the second one the second."""
    exam = samples.new_exam(bench)
    path = f"/exams/{exam['id']}/documents"
    answer = bench.call("GET", path)
    bench.holds("PE-497", answer.json == {"document": None}, "null under document")
    samples.new_document(bench, exam["id"])
    latest = samples.new_document(bench, exam["id"])
    bench.holds("PE-497", bench.call("GET", path).at("document") == latest, "the latest document")


@REGISTER.contract("proctorexam.documents.required", "PE-234", "PE-235", profile=Profile.STANDARD)
def document_needs_text(bench: Bench) -> None:
    """exam_content is required."""
    for fields in ({}, {"exam_content": ""}):
        answer = bench.call("POST", f"/exams/{samples.exam(bench)['id']}/documents", json_body=fields)
        bench.holds("PE-234", answer.refused, "a document without text to be refused")
        bench.holds("PE-235", answer.status == 422, "status 422")


@REGISTER.contract(
    "proctorexam.documents.change", "PE-226", "PE-232", "PE-236", "PE-237", "PE-239", profile=Profile.STANDARD
)
def change_and_destroy_a_document(bench: Bench) -> None:
    """A document is changed by PATCH and PUT and destroyed."""
    exam = samples.new_exam(bench)
    path = f"/exams/{exam['id']}/documents/{samples.new_document(bench, exam['id'])['id']}"
    for method in ("PATCH", "PUT"):
        answer = bench.call(method, path, json_body={"exam_content": f"Changed by {method}."})
        bench.holds(
            ("PE-236", "PE-237", "PE-232"),
            answer.accepted and isinstance(answer.at("document"), dict),
            f"the document by {method}",
        )
    answer = bench.call("DELETE", path)
    bench.holds("PE-239", answer.accepted, "the document to be destroyed")
    bench.holds("PE-226", answer.json == {}, "an empty object")
    bench.holds("PE-239", bench.call("GET", path).status == 404, "404 afterwards")


@REGISTER.contract(
    "proctorexam.attachments.create",
    "PE-044", "PE-152", "PE-206", "PE-210", "PE-215", "PE-216", "PE-222", "PE-223", "PE-224", "PE-225",
    "PE-226",
    operations=("exams.create", "attachments.create"),
    profile=Profile.STANDARD,
    control=True,
)  # fmt: skip
def attachment(bench: Bench) -> None:
    """A file is uploaded by multipart, not signed, listed, shown and destroyed."""
    exam = samples.new_exam(bench)
    path = f"/exams/{exam['id']}/attachments"
    answer = bench.call("POST", path, files={"document": samples.FILE})
    bench.must(
        ("PE-222", "PE-223", "PE-224", "PE-044"),
        answer.accepted and bool(answer.at("attachment")),
        "one object under attachment",
    )
    made = answer.at("attachment") or {}
    bench.holds(
        "PE-152",
        str(made.get("placeholder")).endswith("_image2.jpg"),
        "a placeholder such as 1548172086_image2.jpg",
    )
    listed = bench.call("GET", path).at("attachments")
    bench.holds(
        ("PE-210", "PE-215"), isinstance(listed, list) and len(listed) == 1, "a list of one under attachments"
    )
    shown = bench.call("GET", f"{path}/{made.get('id')}")
    bench.holds(("PE-216", "PE-206"), shown.at("attachment") == made, "the attachment to read back")
    gone = bench.call("DELETE", f"{path}/{made.get('id')}")
    bench.holds("PE-225", gone.accepted, "the attachment to be destroyed")
    bench.holds("PE-226", gone.json == {}, "an empty object")
    bench.holds("PE-225", bench.call("GET", f"{path}/{made.get('id')}").status == 404, "404 afterwards")


@REGISTER.contract("proctorexam.attachments.no_file", "PE-223", profile=Profile.STANDARD)
def attachment_without_a_file(bench: Bench) -> None:
    """document is required, and a file."""
    path = f"/exams/{samples.exam(bench)['id']}/attachments"
    for files in ({"other": (None, "x")}, {"document": (None, "a text, no file")}):
        answer = bench.call("POST", path, files=files)
        bench.holds("PE-223", answer.refused, "an upload without a file to be refused")
