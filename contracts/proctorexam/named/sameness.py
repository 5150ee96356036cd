"""When two names are the same name, and what becomes of the name of a file."""

import unicodedata

from contracts.bench import Bench
from contracts.proctorexam import samples
from contracts.proctorexam.named.values import TAKEN
from contracts.proctorexam.register import REGISTER
from contracts.safety import Profile


@REGISTER.contract("proctorexam.sameness.institutes", "PE-484", profile=Profile.STANDARD)
def names_of_institutes(bench: Bench) -> None:
    """Case and blanks make another name; another composition of the same letters does not."""
    name = bench.unique("Zoë")
    samples.new_institute(bench, name=unicodedata.normalize("NFC", name))
    for other in (name.upper(), f"{name} "):
        answer = bench.call("POST", "/institutes", json_body={"name": other, "short_name": "pmc"})
        bench.holds("PE-484", answer.accepted, f"{other!r} to be another name")
    composed = unicodedata.normalize("NFD", name)
    answer = bench.call("POST", "/institutes", json_body={"name": composed, "short_name": "pmc"})
    bench.holds("PE-484", answer.status == 422 and TAKEN.encode() in answer.body, f"422 with {TAKEN!r}")


@REGISTER.contract("proctorexam.sameness.students", "PE-485", profile=Profile.STANDARD)
def addresses_of_students(bench: Bench) -> None:
    """An address is taken once an exam, whatever its case, and free in the next exam."""
    exam, email = samples.new_exam(bench), bench.email()
    samples.new_student(bench, exam["id"], email=email)
    answer = bench.call(
        "POST", f"/exams/{exam['id']}/student_sessions", json_body={"name": "S", "email": email.upper()}
    )
    bench.holds("PE-485", answer.status == 422 and TAKEN.encode() in answer.body, f"422 with {TAKEN!r}")
    elsewhere = samples.new_student(bench, samples.new_exam(bench)["id"], email=email)
    bench.holds("PE-485", elsewhere.get("email") == email, "the same address in another exam")


@REGISTER.contract("proctorexam.sameness.users", "PE-485", profile=Profile.STANDARD)
def addresses_of_users(bench: Bench) -> None:
    """An address belongs to one user, whatever its case."""
    taken = samples.new_user(bench)
    fields = samples.user_fields(bench, email=taken["email"].upper())
    answer = bench.call("POST", f"/institutes/{samples.new_institute(bench)['id']}/users", json_body=fields)
    bench.holds("PE-485", answer.status == 422 and TAKEN.encode() in answer.body, f"422 with {TAKEN!r}")


@REGISTER.contract("proctorexam.sameness.files", "PE-494", profile=Profile.STANDARD)
def names_of_files(bench: Bench) -> None:
    """The name of a file is printed without folders and with plain characters alone."""
    file = ("../old files/my picture (1).jpg", *samples.FILE[1:])
    path = f"/exams/{samples.exam(bench)['id']}/attachments"
    answer = bench.call("POST", path, files={"document": file})
    name = answer.at("attachment", "document_file_name")
    bench.holds("PE-494", name == "my_picture__1_.jpg", "the name my_picture__1_.jpg")
