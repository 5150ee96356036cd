"""What an answer holds where nothing was given."""

from contracts.bench import Bench
from contracts.proctorexam import samples
from contracts.proctorexam.register import REGISTER
from contracts.safety import Profile

NOT_YET = (
    "start_time", "end_time", "operating_system", "browser", "browser_version", "id_card_file_name",
    "face_photo_file_name", "recording_started_at", "recording_ended_at",
)  # fmt: skip
NOT_GIVEN = ("duration_minutes", "start_time", "end_time", "terms", "clipboard")
SWITCHES = ("use_duration", "global_proctoring", "global_reviewing", "upload_answers", "for_reviewing")
SUMMER, WINTER = "2030-07-01T00:00:00Z", "2030-01-01T00:00:00Z"


@REGISTER.contract("proctorexam.untold.student", "PE-478", "PE-498", profile=Profile.STANDARD)
def fields_of_a_new_student(bench: Bench) -> None:
    """A student who has done nothing yet has null in what comes later, and switches that are off."""
    student = samples.new_student(bench)
    for name in NOT_YET:
        bench.holds("PE-478", name in student and student[name] is None, f"{name} null until then")
    for name in ("is_individual_info_html", "skip_requirements"):
        bench.holds("PE-498", student.get(name) is False, f"{name} false where it was not sent")


@REGISTER.contract("proctorexam.untold.exam", "PE-479", profile=Profile.STANDARD)
def fields_of_a_bare_exam(bench: Bench) -> None:
    """An exam of name and type alone has null elsewhere, and switches that are off."""
    exam = samples.new_exam(bench)
    for name in NOT_GIVEN:
        bench.holds("PE-479", name in exam and exam[name] is None, f"{name} null where it was not given")
    for name in SWITCHES:
        bench.holds("PE-479", exam.get(name) is False, f"{name} false where it was not given")


@REGISTER.contract("proctorexam.untold.language", "PE-496", profile=Profile.STANDARD)
def default_language(bench: Bench) -> None:
    """Of the three names for the default language the newest counts, then default_exam_languages."""
    for fields, language in (
        ({"default_locale": "nl-NL"}, "nl-NL"),
        ({"default_locale": "nl-NL", "default_exam_languages": "de-DE"}, "de-DE"),
        ({"default_exam_languages": "de-DE", "default_language": "fr-FR"}, "fr-FR"),
    ):
        made = samples.new_institute(bench, **fields)
        bench.holds("PE-496", made.get("default_language") == language, f"{language} of {fields}")


@REGISTER.contract("proctorexam.untold.offset", "PE-482", profile=Profile.STANDARD)
def offset_of_the_vendors_country(bench: Bench) -> None:
    """Times carry the offset of Amsterdam: two hours in summer, one in winter."""
    exam = samples.new_exam(bench, start_time=SUMMER, end_time=WINTER)
    bench.holds("PE-482", exam.get("start_time") == "2030-07-01T02:00:00.000+02:00", "+02:00 in July")
    bench.holds("PE-482", exam.get("end_time") == "2030-01-01T01:00:00.000+01:00", "+01:00 in January")
