"""POST exams: created with 201, updated with 200, answered with what is now in force."""

from contracts.bench import Bench
from contracts.constructor.register import REGISTER
from contracts.constructor.samples import api, exam, upsert
from contracts.exchange import ABSENT
from contracts.safety import Profile

UPSERT = ("exams.upsert",)
MANDATORY = (
    "accountId",
    "accountName",
    "examId",
    "examName",
    "duration",
    "schedule",
    "proctoring",
    "startDate",
    "endDate",
)
STATEMENT_OF = {
    "accountId": "CP-070", "accountName": "CP-072", "examId": "CP-075", "examName": "CP-076",
    "duration": "CP-079",
    "schedule": "CP-081", "proctoring": "CP-082", "startDate": "CP-084", "endDate": "CP-085",
}  # fmt: skip
LENGTHS = {
    "accountId": ("CP-070", 255), "accountName": ("CP-072", 255), "courseName": ("CP-073", 450),
    "examId": ("CP-075", 255), "examName": ("CP-076", 500),
}  # fmt: skip
RULES = {
    "allow_to_use_websites": ("CP-097", False), "allow_to_use_books": ("CP-098", False),
    "allow_to_use_paper": ("CP-099", True), "allow_to_use_messengers": ("CP-100", False),
    "allow_to_use_calculator": ("CP-101", True), "allow_to_use_excel": ("CP-102", False),
    "allow_to_use_human_assistant": ("CP-103", False), "allow_absence_in_frame": ("CP-104", False),
    "allow_voices": ("CP-105", False), "allow_wrong_gaze_direction": ("CP-106", False),
    "custom_rules": ("CP-107", ""),
}  # fmt: skip
SCORES = {
    "cheater_level": ("CP-115", 80), "extra_user": ("CP-116", 1), "user_replaced": ("CP-117", 1),
    "absent_user": ("CP-118", 2), "look_away": ("CP-119", 1.5), "active_window_changed": ("CP-120", 1),
    "forbidden_device": ("CP-121", 1), "voice": ("CP-122", 1), "phone": ("CP-123", 1),
}  # fmt: skip
CAMEL_CASE = {
    "cheaterLevel": 80, "extraUserInFrame": 1.0, "substitutionUser": 1.0, "noUserInFrame": 1.0,
    "avertEyes": 1.0,
    "changeActiveWindowOnComputer": 1.0, "forbiddenDevice": 1.0, "voiceDetected": 1.0, "phone": 1.0,
}  # fmt: skip
WARNINGS = {
    "warning_extra_user_in_frame": "CP-125", "warning_substitution_user": "CP-126",
    "warning_no_user_in_frame": "CP-127",
    "warning_avert_eyes": "CP-128", "warning_change_active_window_on_computer": "CP-129",
    "warning_voice_detected": "CP-130", "warning_phone": "CP-131", "warning_forbidden_device": "CP-132",
    "warning_timeout": "CP-133",
}  # fmt: skip
NEW_TIMES = {"startDate": "2030-01-01T00:00:00Z", "endDate": "2030-01-02T00:00:00Z"}


@REGISTER.contract(
    "constructor.exams.create",
    "CP-004", "CP-012", "CP-013", "CP-044", "CP-045", "CP-046", "CP-047", "CP-049", "CP-050", "CP-052",
    "CP-071", "CP-078", "CP-086", "CP-088", "CP-090",
    operations=UPSERT,
    profile=Profile.STANDARD,
    control=True,
)  # fmt: skip
def create(bench: Bench) -> None:
    """The sample creates an exam before anybody starts it: 201 and the parameters now in force."""
    body = exam(bench)
    answer = upsert(bench, body)
    created = answer.status == 201
    bench.must(("CP-047", "CP-044", "CP-045", "CP-046", "CP-052"), created, "status 201 for a new exam")
    bench.holds(
        ("CP-004", "CP-012", "CP-013"),
        created,
        "the call of the sample to be let in at an address ending in a slash",
    )
    bench.holds(
        ("CP-049", "CP-050"), _carries(answer.json, body), "the parameters of the request in the answer"
    )
    bench.holds("CP-071", answer.at("accountId") == 123, "accountId as the number that was sent")
    for statement, name in (
        ("CP-078", "userAgreementUrl"),
        ("CP-086", "identification"),
        ("CP-088", "trial"),
        ("CP-090", "auxiliaryCamera"),
    ):
        bench.holds(statement, answer.at(name) == body[name], f"{name} as it was sent")


@REGISTER.contract(
    "constructor.exams.update", "CP-044", "CP-048", "CP-049", "CP-051", "CP-042", profile=Profile.STANDARD
)
def update(bench: Bench) -> None:
    """The same examId again: 200, and the new values are in force."""
    body = exam(bench)
    bench.need(upsert(bench, body).status == 201, "the exam was not created")
    changed = {**body, **NEW_TIMES, "examName": "Second test", "duration": 90}
    answer = upsert(bench, changed)
    bench.holds(("CP-048", "CP-044", "CP-051"), answer.status == 200, "status 200 for an exam that exists")
    bench.holds(("CP-049", "CP-042"), _carries(answer.json, changed), "the changed parameters in the answer")


@REGISTER.contract("constructor.exams.identity", "CP-051", profile=Profile.STANDARD)
def same_id_in_another_account(bench: Bench) -> None:
    """An examId belongs to its account: the same id in another account is another exam."""
    body = exam(bench)
    bench.need(upsert(bench, body).status == 201, "the exam was not created")
    answer = upsert(bench, {**body, "accountId": bench.unique("account")})
    bench.holds("CP-051", answer.status == 201, "201 for the same examId in another account")


@REGISTER.contract(
    "constructor.exams.mandatory",
    "CP-052",
    "CP-054",
    "CP-263",
    *STATEMENT_OF.values(),
    profile=Profile.STANDARD,
)
def mandatory_fields(bench: Bench) -> None:
    """Without any one of the nine mandatory fields nothing is created."""
    for name in MANDATORY:
        body = exam(bench)
        del body[name]
        answer = upsert(bench, body)
        bench.holds(("CP-052", STATEMENT_OF[name]), answer.refused, f"a body without {name} to be refused")
        told = answer.status == 400 and answer.at(name) == ["This field is required."]
        bench.holds(("CP-054", "CP-263"), told,
                    f"400 with 'This field is required.' for {name}")  # fmt: skip


@REGISTER.contract(
    "constructor.exams.lengths",
    "CP-070",
    "CP-072",
    "CP-073",
    "CP-075",
    "CP-076",
    "CP-078",
    profile=Profile.STANDARD,
)
def lengths(bench: Bench) -> None:
    """Texts may have the printed length and not one character more."""
    for name, (statement, longest) in LENGTHS.items():
        fitting = bench.unique(name).ljust(longest, "x")
        bench.holds(
            statement,
            upsert(bench, exam(bench, **{name: fitting})).accepted,
            f"{name} of {longest} characters to be taken",
        )
        answer = upsert(bench, exam(bench, **{name: fitting + "x"}))
        bench.holds(statement, answer.refused, f"{name} of {longest + 1} characters to be refused")
    url = "https://school.org/".ljust(200, "e")
    bench.holds(
        "CP-078",
        upsert(bench, exam(bench, userAgreementUrl=url)).accepted,
        "a URL of 200 characters to be taken",
    )
    bench.holds(
        "CP-078",
        upsert(bench, exam(bench, userAgreementUrl=url + "e")).refused,
        "a URL of 201 characters to be refused",
    )


@REGISTER.contract(
    "constructor.exams.choices",
    "CP-079",
    "CP-081",
    "CP-082",
    "CP-083",
    "CP-084",
    "CP-085",
    profile=Profile.STANDARD,
)
def choices_and_types(bench: Bench) -> None:
    """proctoring is a choice, duration an integer, schedule a boolean, the dates are ISO 8601."""
    for statement, name, good, bad in (
        ("CP-082", "proctoring", ("online", "offline", "auto"), ("live", "ONLINE", 1, None)),
        ("CP-083", "proctoring", ("identification",), ()),
        ("CP-079", "duration", (30, 120), ("two hours", 1.5, None, True)),
        ("CP-081", "schedule", (True, False), ("perhaps", 2, None)),
        (
            "CP-084",
            "startDate",
            ("2024-03-27T00:00:00Z", "2024-03-27T02:00:00+02:00"),
            ("tomorrow", "2018-13-45T00:00:00Z", 5),
        ),
        (
            "CP-085",
            "endDate",
            ("2040-03-27T00:00:00Z", "2040-03-27T02:00:00+02:00"),
            ("tomorrow", "2018-13-45T00:00:00Z", 5),
        ),
    ):
        for right in good:
            answer = upsert(bench, exam(bench, **{name: right}))
            bench.holds(statement, answer.accepted, f"{name} {right!r} to be taken")
        for wrong in bad:
            answer = upsert(bench, exam(bench, **{name: wrong}))
            bench.holds(statement, answer.refused, f"{name} {wrong!r} to be refused")


@REGISTER.contract(
    "constructor.exams.rules",
    "CP-094",
    "CP-095",
    *(one for one, _ in RULES.values()),
    profile=Profile.STANDARD,
)
def rules(bench: Bench) -> None:
    """Each rule is taken and echoed, refused with another type, and has its printed default."""
    unset = upsert(bench, exam(bench, rules={}))
    for name, (statement, default) in RULES.items():
        value = "Bring a pen" if default == "" else not default
        answer = upsert(bench, exam(bench, rules={name: value}))
        bench.holds(
            (statement, "CP-094"),
            answer.accepted and answer.at("rules", name) == value,
            f"rules.{name} {value!r} in force",
        )
        bad = upsert(bench, exam(bench, rules={name: {"no": "value"}}))
        bench.holds(statement, bad.refused, f"an object as rules.{name} to be refused")
        shown = unset.at("rules", name)
        if shown is not ABSENT:
            bench.holds((statement, "CP-094"), shown == default, f"the default {default!r} of rules.{name}")
    answer = upsert(bench, exam(bench, rules={"websites": True, "look_away": 1}))
    bench.holds("CP-095", answer.accepted, "unknown keys in rules to be ignored")


@REGISTER.contract(
    "constructor.exams.scores", "CP-108", "CP-109", "CP-110", "CP-112", "CP-113",
    *(one for one, _ in SCORES.values()), profile=Profile.STANDARD,
)  # fmt: skip
def scores(bench: Bench) -> None:
    """Each weight is a number of its range under its name in snake case; the sample has camel case."""
    for name, (statement, default) in SCORES.items():
        highest = 100 if name == "cheater_level" else 10
        for value in (0, highest, default):
            answer = upsert(bench, exam(bench, scoreConfig={name: value}))
            bench.holds(
                (statement, "CP-108", "CP-109"), answer.accepted, f"scoreConfig.{name} {value} to be taken"
            )
        for wrong in (-1, highest + 1, "high"):
            answer = upsert(bench, exam(bench, scoreConfig={name: wrong}))
            bench.holds(statement, answer.refused, f"scoreConfig.{name} {wrong!r} to be refused")
    answer = upsert(bench, exam(bench, scoreConfig=CAMEL_CASE))
    taken = answer.accepted
    bench.holds(("CP-110", "CP-112", "CP-113"), taken, "the scoreConfig of the sample to be taken")


@REGISTER.contract("constructor.exams.warnings", "CP-124", *WARNINGS.values(), profile=Profile.STANDARD)
def warnings(bench: Bench) -> None:
    """Each warning is a boolean that is taken and echoed."""
    for name, statement in WARNINGS.items():
        answer = upsert(bench, exam(bench, visibleWarnings={name: False}))
        in_force = answer.accepted and answer.at("visibleWarnings", name) is False
        bench.holds((statement, "CP-124"), in_force, f"visibleWarnings.{name} false in force")
        answer = upsert(bench, exam(bench, visibleWarnings={name: "hide"}))
        bench.holds(statement, answer.refused, f"a text as visibleWarnings.{name} to be refused")


@REGISTER.contract(
    "constructor.exams.clients", "CP-053", "CP-155", "CP-156", "CP-157", "CP-158", profile=Profile.STANDARD
)
def what_clients_send(bench: Bench) -> None:
    """Numbers for ids, unknown keys, null, and times in the spellings of real clients."""
    answer = upsert(bench, exam(bench, extraKey="x", userId="1232134", sessionId=bench.unique("session")))
    bench.holds(("CP-053", "CP-156"), answer.accepted, "unknown keys to be ignored")
    answer = upsert(bench, exam(bench, accountId=1))
    bench.holds("CP-155", answer.accepted, "a number as accountId to be taken")
    answer = upsert(bench, exam(bench, userAgreementUrl=None, identification=None))
    bench.holds("CP-158", answer.accepted, "null for userAgreementUrl and identification to be taken")
    for time in ("2024-03-27T00:00:00+00:00", "2024-03-27T00:00:00+0000", "2024-03-27T10:00:00+10",
                 "2024-03-27T00:00:00.123Z", "2024-03-27T00:00:00.123456Z"):  # fmt: skip
        answer = upsert(bench, exam(bench, startDate=time))
        bench.holds("CP-157", answer.accepted, f"the time {time} to be taken")


@REGISTER.contract("constructor.exams.broken", "CP-260", "CP-258", "CP-262", profile=Profile.STANDARD)
def broken_requests(bench: Bench) -> None:
    """No JSON, no object, no slash at the end, another method: refused in the vendor's way."""
    path = f"{api(bench)}/exams/"
    for body in (b"{", b"[1]", b'"text"', b""):
        answer = bench.call("POST", path, body=body)
        bench.holds("CP-260", answer.status == 400, f"400 for the body {body!r}")
    answer = bench.call("POST", path.rstrip("/"), json_body=exam(bench))
    bench.holds(
        "CP-258", not 200 <= answer.status < 300, "an address without its slash not to reach the handler"
    )


def _carries(answer: object, sent: dict[str, object]) -> bool:
    """Whether everything that was sent stands in the answer; an object may have been filled up."""
    if not isinstance(answer, dict):
        return False
    return all(
        _carries(answer.get(name), value) if isinstance(value, dict) else answer.get(name) == value
        for name, value in sent.items()
    )
