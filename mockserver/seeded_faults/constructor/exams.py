"""What can go wrong with Constructor's exams."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from mockserver.errors import ValuesInvalid
from mockserver.seeded_faults.changing import (
    Function,
    change_answer,
    change_json,
    change_refusal,
    forget,
    take,
    with_status,
    with_text,
    with_type,
    wrap_handler,
    wrap_part,
)
from mockserver.seeded_faults.fault import Faults
from mockserver.vendor import Answer, Call, json_answer
from mockserver.vendors.constructor import VENDOR, exams
from mockserver.vendors.constructor.claims import StartClaims
from mockserver.vendors.constructor.fields import identifier, integer, text
from mockserver.vendors.constructor.schemas import Exam, Rules, ScoreConfig

FAULTS = Faults("constructor")
UPSERT = "exams.upsert"
ANY_LENGTH = 100_000


@FAULTS.add("created-with-200", breaks="CP-047", at=UPSERT)
def created_with_200() -> None:
    """A new exam is answered with 200."""
    change_answer(VENDOR, UPSERT, with_status(200))


@FAULTS.add("updated-with-201", breaks="CP-048", at=UPSERT)
def updated_with_201() -> None:
    """An exam that exists is answered with 201."""
    change_answer(VENDOR, UPSERT, with_status(201))


@FAULTS.add("exam-not-kept", breaks="CP-048 CP-051", at=UPSERT)
def exam_not_kept() -> None:
    """An exam is answered and not stored."""
    forget(VENDOR, UPSERT)


@FAULTS.add("accounts-mixed", breaks="CP-051", at=UPSERT)
def accounts_mixed() -> None:
    """The same examId is the same exam in every account."""

    def handler(call: Call, integration_name: str, params: Exam) -> Answer:
        del integration_name
        mixed = params.model_copy(update={"accountId": "one for all"})
        created = exams.put(call.db, call.sandbox.id, mixed, call.now_ms)
        return json_answer(201 if created else 200, params.in_force())

    wrap_handler(VENDOR, UPSERT, lambda _: handler)


@FAULTS.add("parameters-not-answered", breaks="CP-050", at=UPSERT)
def parameters_not_answered() -> None:
    """The answer to an exam is its id alone."""
    change_json(VENDOR, UPSERT, lambda body: {"examId": body["examId"]})


@FAULTS.add("old-name-answered", breaks="CP-049", at=UPSERT)
def old_name_answered() -> None:
    """The answer repeats another name than the one that was sent."""
    change_json(VENDOR, UPSERT, lambda body: {**body, "examName": "Test"})


@FAULTS.add("account-id-as-text", breaks="CP-071", at=UPSERT)
def account_id_as_text() -> None:
    """A numeric accountId comes back as a text."""
    change_json(VENDOR, UPSERT, lambda body: {**body, "accountId": str(body["accountId"])})


@FAULTS.add("agreement-dropped", breaks="CP-078", at=UPSERT)
def agreement_dropped() -> None:
    """The address of the agreement is not in the answer."""
    change_json(
        VENDOR, UPSERT, lambda body: {key: value for key, value in body.items() if key != "userAgreementUrl"}
    )


@FAULTS.add("any-proctoring", breaks="CP-082", at=UPSERT)
def any_proctoring() -> None:
    """Any word is a way of proctoring."""
    take(VENDOR, UPSERT, proctoring=(Annotated[str, text()], ...))


@FAULTS.add("identification-refused", breaks="CP-083", at=UPSERT)
def identification_refused() -> None:
    """The proctoring `identification` is not known."""

    def make(real: Function) -> Function:
        def read(call: Any) -> Any:
            values = dict(real(call))
            if values.get("proctoring") == "identification":
                values["proctoring"] = "unknown"
            return values

        return read

    wrap_part(VENDOR, "read", make)


@FAULTS.add("passport-alone", breaks="CP-087", at=UPSERT)
def passport_alone() -> None:
    """The passport is the only way of identification."""
    take(VENDOR, UPSERT, identification=(Literal["passport"] | None, None))


@FAULTS.add("longer-names", breaks="CP-076", at=UPSERT)
def longer_names() -> None:
    """The name of an exam may have any length."""
    take(VENDOR, UPSERT, examName=(Annotated[str, text(blank=False)], ...))


@FAULTS.add("longer-ids", breaks="CP-075", at=UPSERT)
def longer_ids() -> None:
    """The id of an exam may have any length."""
    take(VENDOR, UPSERT, examId=(Annotated[int | str, identifier(ANY_LENGTH)], ...))


@FAULTS.add("any-agreement", breaks="CP-078", at=UPSERT)
def any_agreement() -> None:
    """The address of the agreement may have any length."""
    take(VENDOR, UPSERT, userAgreementUrl=(Any, None))


@FAULTS.add("negative-duration", breaks="CP-079", at=UPSERT)
def negative_duration() -> None:
    """Booleans and decimals are a duration."""
    take(VENDOR, UPSERT, duration=(float, ...))


@FAULTS.add("schedule-optional", breaks="CP-081", at=UPSERT)
def schedule_optional() -> None:
    """An exam needs no schedule."""
    take(VENDOR, UPSERT, schedule=(bool, False))


@FAULTS.add("any-date", breaks="CP-084", at=UPSERT)
def any_date() -> None:
    """Any text is a date."""
    take(VENDOR, UPSERT, startDate=(Annotated[str, text()], ...))


@FAULTS.add("rule-unchecked", breaks="CP-105", at=UPSERT)
def rule_unchecked() -> None:
    """Any value allows voices."""
    _loosen(Rules, "allow_voices", Any)


@FAULTS.add("rule-turned-round", breaks="CP-097", at=UPSERT)
def rule_turned_round() -> None:
    """The answer says of websites the opposite of what was sent."""
    change_json(VENDOR, UPSERT, _turned_round)


@FAULTS.add("score-without-maximum", breaks="CP-115", at=UPSERT)
def score_without_maximum() -> None:
    """cheater_level may lie above 100."""
    _loosen(ScoreConfig, "cheater_level", Annotated[int, integer(0, 10**6)])


@FAULTS.add("weight-without-minimum", breaks="CP-119", at=UPSERT)
def weight_without_minimum() -> None:
    """The weight look_away may be negative."""
    _loosen(ScoreConfig, "look_away", float)


@FAULTS.add("required-in-other-words", breaks="CP-263", at=UPSERT)
def required_in_other_words() -> None:
    """A missing field has another message."""
    change_refusal(VENDOR, ValuesInvalid, with_text("This field is required.", "Required."))


@FAULTS.add("invalid-with-422", breaks="CP-054", at=UPSERT)
def invalid_with_422() -> None:
    """Wrong values are answered with 422."""
    change_refusal(VENDOR, ValuesInvalid, with_status(422))


@FAULTS.add("unknown-keys-refused", breaks="CP-156", at=UPSERT)
def unknown_keys_refused() -> None:
    """A key that nobody documented is refused."""
    _, operation = next((at, one) for at, one in enumerate(VENDOR.operations) if one.id == UPSERT)
    assert operation.reads is not None
    operation.reads.model_config["extra"] = "forbid"
    operation.reads.model_rebuild(force=True)


@FAULTS.add("exam-as-html", breaks="CP-047", at=UPSERT)
def exam_as_html() -> None:
    """The answer to an exam is sent as text/html."""
    change_answer(VENDOR, UPSERT, with_type("text/html"))


def _turned_round(body: Any) -> Any:
    rules = body.get("rules", {})
    if "allow_to_use_websites" not in rules:
        return body
    return {**body, "rules": {**rules, "allow_to_use_websites": not rules["allow_to_use_websites"]}}


def _loosen(model: Any, name: str, kind: Any) -> None:
    """Let a field of a nested model take another type, and every model that holds it."""
    model.__annotations__[name] = kind
    model.model_fields[name].annotation = kind
    model.model_fields[name].metadata = []
    for one in (model, Exam, StartClaims):
        one.model_rebuild(force=True)
