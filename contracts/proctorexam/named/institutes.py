"""Institutes: created with defaults, unique by name, changed, removed."""

from typing import Any

from contracts.bench import Bench
from contracts.proctorexam import samples
from contracts.proctorexam.named.values import TAKEN, is_time
from contracts.proctorexam.register import REGISTER
from contracts.safety import Profile

CREATE = ("institutes.create",)
DEFAULTS = {
    "session_retention_period": (("PE-124", "PE-125"), "6"),
    "pre_assigned_proctor_fallback_threshold": (("PE-130",), 0),
    "connected_proctor_fallback_threshold": (("PE-134",), 0),
    "block_students_until_proctor_connected": (("PE-137",), False),
    "logo_image": (("PE-172",), "/logo_images/original/missing.png"),
    "logo_image_file_name": (("PE-172", "PE-010"), None),
    "logo_image_content_type": (("PE-172", "PE-010"), None),
    "logo_image_file_size": (("PE-172", "PE-010"), None),
    "logo_image_updated_at": (("PE-172", "PE-010"), None),
    "tokens": (("PE-173",), []),
}
ECHOED: dict[str, tuple[tuple[str, ...], Any]] = {
    "callback_url": (("PE-116",), "https://school.org/callbacks"),
    "global_proctor": (("PE-117",), True),
    "global_reviewer": (("PE-118",), True),
    "tawk_url": (("PE-119",), "https://tawk.to/chat"),
    "default_language": (("PE-123",), "nl-NL"),
    "session_retention_period": (("PE-124", "PE-126"), "12"),
    "pre_assigned_proctor_fallback_threshold": (("PE-127", "PE-128"), 1),
    "connected_proctor_fallback_threshold": (("PE-131", "PE-132"), 1),
    "block_students_until_proctor_connected": (("PE-136",), True),
}


@REGISTER.contract(
    "proctorexam.institutes.create",
    "PE-008", "PE-009", "PE-013", "PE-114", "PE-115", "PE-168", "PE-170", "PE-203", "PE-325", "PE-326",
    "PE-327",
    *dict.fromkeys(one for statements, _ in DEFAULTS.values() for one in statements),
    operations=CREATE,
    profile=Profile.STANDARD,
    control=True,
)  # fmt: skip
def create_with_defaults(bench: Bench) -> None:
    """The two required parameters make an institute with 30 fields and the printed defaults."""
    name = bench.unique("institute")
    answer = bench.call("POST", "/institutes", json_body={"name": name, "short_name": "pe"})
    bench.must(("PE-013", "PE-326", "PE-327", "PE-168"), answer.status in {200, 201}, "status 200 or 201")
    institute = answer.at("institute") or {}
    bench.holds(("PE-008", "PE-325"), bool(institute), "one object under institute")
    bench.holds("PE-114", institute.get("name") == name, "the name that was sent")
    bench.holds("PE-115", institute.get("short_name") == "pe", "the short_name that was sent")
    bench.holds(("PE-170", "PE-203"), len(institute) == 30, "30 fields")
    bench.holds("PE-009", is_time(institute.get("created_at")), "ISO 8601 with milliseconds and offset")
    for field, (statements, value) in DEFAULTS.items():
        same = field in institute and institute[field] == value and type(institute[field]) is type(value)
        bench.holds(statements, same, f"{field} {value!r} by default")
    codes, tokens = institute.get("custom_languages"), institute.get("token_value")
    bench.holds(
        "PE-173", isinstance(codes, list) and type(tokens) is int, "a list of codes and a number of tokens"
    )


@REGISTER.contract(
    "proctorexam.institutes.echo",
    "PE-121", "PE-122", "PE-203", "PE-322",
    *dict.fromkeys(one for statements, _ in ECHOED.values() for one in statements),
    profile=Profile.STANDARD,
)  # fmt: skip
def parameters_are_kept(bench: Bench) -> None:
    """Every parameter is answered as sent, and read back the same."""
    sent = {field: value for field, (_, value) in ECHOED.items()}
    made = samples.new_institute(bench, **sent)
    read = bench.call("GET", f"/institutes/{made['id']}").at("institute") or {}
    for field, (statements, value) in ECHOED.items():
        bench.holds(
            statements, made.get(field) == value and read.get(field) == value, f"{field} {value!r} kept"
        )
    bench.holds(("PE-203", "PE-322"), read == made, "the institute to read back as it was answered")
    for statement, field in (("PE-121", "default_exam_languages"), ("PE-122", "default_locale")):
        old = samples.new_institute(bench, **{field: "nl-NL"})
        bench.holds(statement, field in old, f"{field} to be taken and still returned")


@REGISTER.contract(
    "proctorexam.institutes.thresholds", "PE-128", "PE-132", "PE-135", profile=Profile.STANDARD
)
def thresholds(bench: Bench) -> None:
    """A threshold is 0 or a whole number of minutes from 1."""
    for statement, field in (
        ("PE-128", "pre_assigned_proctor_fallback_threshold"),
        ("PE-132", "connected_proctor_fallback_threshold"),
    ):
        for good in (0, 1, 90):
            made = samples.new_institute(bench, **{field: good})
            bench.holds((statement, "PE-135"), made.get(field) == good, f"{field} {good} to be taken")
        for bad in (-1, 0.5, "soon"):
            fields = {"name": bench.unique("institute"), "short_name": "pe", field: bad}
            answer = bench.call("POST", "/institutes", json_body=fields)
            bench.holds(
                (statement, "PE-135"), answer.status == 422, f"{field} {bad!r} to be refused with 422"
            )


@REGISTER.contract(
    "proctorexam.institutes.required", "PE-114", "PE-115", "PE-235", "PE-071", profile=Profile.STANDARD
)
def required_parameters(bench: Bench) -> None:
    """name and short_name are required; the message names the missing one."""
    for statement, missing in (("PE-114", "name"), ("PE-115", "short_name")):
        fields = {"name": bench.unique("institute"), "short_name": "pe"}
        for spoilt in (
            {key: value for key, value in fields.items() if key != missing},
            {**fields, missing: ""},
        ):
            answer = bench.call("POST", "/institutes", json_body=spoilt)
            bench.holds(statement, answer.refused, f"an institute without {missing} to be refused")
            message = b"Param is missing or the value is empty: " in answer.body
            bench.holds("PE-235", answer.status == 422 and message, "422 with the printed message")
            bench.holds("PE-071", missing.encode() in answer.body, f"the message to name {missing}")


@REGISTER.contract(
    "proctorexam.institutes.unique", "PE-114", "PE-169", "PE-328", "PE-067", profile=Profile.STANDARD
)
def unique_name(bench: Bench) -> None:
    """A name can be taken once."""
    made = samples.new_institute(bench)
    answer = bench.call("POST", "/institutes", json_body={"name": made["name"], "short_name": "other"})
    bench.holds(("PE-114", "PE-169"), answer.refused, "a name that is taken to be refused")
    bench.holds("PE-328", answer.status == 422 and TAKEN.encode() in answer.body, f"422 with {TAKEN!r}")
    bench.holds("PE-067", b"name" in answer.body and b"[" in answer.body, "a list of messages for name")


@REGISTER.contract("proctorexam.institutes.logo", "PE-120", "PE-168", profile=Profile.STANDARD)
def logo_by_multipart(bench: Bench) -> None:
    """The logo is a file part; without one, JSON and form bodies work as well."""
    path, name = "/institutes", bench.unique("institute")
    answer = bench.call(
        "POST", path, files={"name": (None, name), "short_name": (None, "pe"), "logo_image": samples.FILE}
    )
    bench.holds(
        "PE-120",
        answer.accepted and answer.at("institute", "logo_image_file_name") == "image2.jpg",
        "the logo to be kept",
    )
    answer = bench.call("POST", path, form={"name": bench.unique("institute"), "short_name": "pe"})
    bench.holds("PE-168", answer.accepted, "a form body to be taken")


@REGISTER.contract(
    "proctorexam.institutes.update",
    "PE-126",
    "PE-174",
    "PE-175",
    "PE-329",
    "PE-331",
    "PE-334",
    profile=Profile.STANDARD,
)
def update(bench: Bench) -> None:
    """PATCH and PUT change what is sent and leave the rest."""
    made = samples.new_institute(bench, default_language="nl-NL")
    for method, statement, months in (("PATCH", "PE-329", "9"), ("PUT", "PE-175", "10")):
        answer = bench.call(
            method, f"/institutes/{made['id']}", json_body={"session_retention_period": months}
        )
        changed = answer.at("institute", "session_retention_period") == months
        bench.holds(
            (statement, "PE-126", "PE-174", "PE-331", "PE-334"),
            answer.accepted and changed,
            f"{months} months by {method}",
        )
        bench.holds(
            "PE-331", answer.at("institute", "default_language") == "nl-NL", "what was not sent to stay"
        )


@REGISTER.contract(
    "proctorexam.institutes.list", "PE-319", "PE-320", "PE-203", "PE-008", profile=Profile.STANDARD
)
def listed(bench: Bench) -> None:
    """A new institute is in the list, with the same fields."""
    made = samples.new_institute(bench)
    answer = bench.call("GET", "/institutes")
    institutes = answer.at("institutes")
    bench.holds(("PE-319", "PE-320", "PE-008"), isinstance(institutes, list), "a list under institutes")
    ids = {item.get("id"): item for item in institutes or [] if isinstance(item, dict)}
    bench.holds(("PE-319", "PE-203"), ids.get(made["id"]) == made, "the new institute in the list")


@REGISTER.contract("proctorexam.institutes.destroy", "PE-335", "PE-336", "PE-337", profile=Profile.STANDARD)
def destroy(bench: Bench) -> None:
    """A destroyed institute is answered with an empty object and is gone."""
    made = samples.new_institute(bench)
    answer = bench.call("DELETE", f"/institutes/{made['id']}")
    bench.holds(("PE-335", "PE-336", "PE-337"), answer.accepted and answer.json == {}, "an empty object")
    bench.holds("PE-335", bench.call("GET", f"/institutes/{made['id']}").status == 404, "404 afterwards")
