"""What ProctorExam can take wrongly, or not keep."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BeforeValidator

from mockserver.body import FORM, JSON
from mockserver.errors import BodyMalformed, RouteUnknown
from mockserver.seeded_faults.changing import Function, forget, take, wrap, wrap_handler
from mockserver.seeded_faults.fault import Faults
from mockserver.store import Statement
from mockserver.vendor import Answer, Call
from mockserver.vendors.proctorexam import VENDOR, reading, registration
from mockserver.vendors.proctorexam.routes import documents, institutes, student_sessions, users

FAULTS = Faults("proctorexam")
NOTHING = Statement("UPDATE proctorexam_exam SET id = id WHERE sandbox_id = :sandbox_id AND id = -1")
FromMilliseconds = Annotated[int, BeforeValidator(lambda value: int(value) // 1000)]
AnyText = Annotated[str, BeforeValidator(str)]
LooseSwitch = Annotated[bool, BeforeValidator(lambda value: str(value).lower() in ("true", "1", "yes"))]


@FAULTS.add("email-taken-twice", breaks="PE-189", at="student_sessions.update")
def email_taken_twice() -> None:
    """Two students of an exam may have one e-mail address."""
    _always_new(registration, "email_key")
    _always_new(student_sessions, "email_key")


@FAULTS.add("email-taken-twice-on-creation", breaks="PE-383", at="student_sessions.create")
def email_taken_twice_on_creation() -> None:
    """A new student may have the e-mail address of another one; a changed one may not."""
    _always_new(registration, "email_key")


@FAULTS.add("name-taken-twice", breaks="PE-169", at="institutes.create")
def name_taken_twice() -> None:
    """Two institutes may have one name."""
    _always_new(institutes, "name_key")


@FAULTS.add("required-dropped", breaks="PE-115", at="institutes.create")
def required_dropped() -> None:
    """An institute needs no short_name."""
    take(VENDOR, "institutes.create", short_name=(str, "none"))


@FAULTS.add("negative-thresholds", breaks="PE-128", at="institutes.create")
def negative_thresholds() -> None:
    """A threshold may be negative, and no number at all counts as 0."""
    take(VENDOR, "institutes.create", pre_assigned_proctor_fallback_threshold=Any)


@FAULTS.add("password-unchecked", breaks="PE-438", at="users.create")
def password_unchecked() -> None:
    """Any password is strong enough."""
    take(VENDOR, "users.create", password=(str, ...))


@FAULTS.add("confirmation-unchecked", breaks="PE-439", at="users.create")
def confirmation_unchecked() -> None:
    """The confirmation may differ from the password."""
    wrap_handler(
        VENDOR,
        "users.create",
        lambda real: (
            lambda call, institute_id, params: real(
                call,
                institute_id,
                params.model_copy(update={"password_confirmation": params.password}),
            )
        ),
    )


@FAULTS.add("any-role", breaks="PE-475", at="users.create")
def any_role() -> None:
    """Any word is a role."""
    take(VENDOR, "users.create", role=(AnyText, ...))


@FAULTS.add("any-frequency", breaks="PE-097", at="users.update")
def any_frequency() -> None:
    """Reports come as often as any word says."""
    take(VENDOR, "users.update", report_frequency=AnyText)


@FAULTS.add("lists-as-names", breaks="PE-139", at="student_sessions.update")
def lists_as_names() -> None:
    """Whatever is sent becomes a name."""
    take(VENDOR, "student_sessions.update", name=AnyText)


@FAULTS.add("loose-switches", breaks="PE-144", at="student_sessions.update")
def loose_switches() -> None:
    """Any word is a switch, most of them off."""
    take(VENDOR, "student_sessions.update", skip_requirements=LooseSwitch)


@FAULTS.add("milliseconds-for-seconds", breaks="PE-147", at="student_sessions.update")
def milliseconds_for_seconds() -> None:
    """open_time is read as milliseconds."""
    take(VENDOR, "student_sessions.update", open_time=FromMilliseconds)


@FAULTS.add("update-not-kept", breaks="PE-372", at="student_sessions.update")
def update_not_kept() -> None:
    """A changed student is answered and not stored."""
    forget(VENDOR, "student_sessions.update")


@FAULTS.add("deletion-not-kept", breaks="PE-386", at="student_sessions.destroy")
def deletion_not_kept() -> None:
    """A deleted student can still be read."""
    forget(VENDOR, "student_sessions.destroy")


@FAULTS.add("exam-stays-draft", breaks="PE-150", at="documents.create")
def exam_stays_draft() -> None:
    """A document does not open its exam."""
    setattr(documents, "OPEN_EXAM", NOTHING)  # noqa: B010 - a constant for everybody else


@FAULTS.add("mails-without-trace", breaks="PE-086", at="exams.send_emails")
def mails_without_trace() -> None:
    """Sending the mails does not move the sessions on."""
    forget(VENDOR, "exams.send_emails")


@FAULTS.add("end-not-kept", breaks="PE-091", at="student_sessions.end_exam")
def end_not_kept() -> None:
    """An exam that was ended goes on."""
    forget(VENDOR, "student_sessions.end_exam")


@FAULTS.add("put-unknown", breaks="PE-179", at="student_sessions.update")
def put_unknown() -> None:
    """A student cannot be changed by PUT."""

    def make(real: Function) -> Function:
        def handler(call: Call, **given: Any) -> Answer:
            if call.request.method == "PUT":
                raise RouteUnknown
            answer: Answer = real(call, **given)
            return answer

        return handler

    wrap_handler(VENDOR, "student_sessions.update", make)


@FAULTS.add("second-update-lost", breaks="PE-187", at="student_sessions.update")
def second_update_lost() -> None:
    """Every second change of a student changes nothing."""
    counted = iter(range(10**9))

    def make(real: Function) -> Function:
        def handler(call: Call, id: str, params: Any) -> Answer:
            if next(counted) % 2:
                params = type(params)()
            answer: Answer = real(call, id, params)
            return answer

        return handler

    wrap_handler(VENDOR, "student_sessions.update", make)


@FAULTS.add("uploads-lost", breaks="PE-120", at="institutes.create")
def uploads_lost() -> None:
    """The logo of a multipart body is not kept."""
    wrap_handler(
        VENDOR,
        "institutes.create",
        lambda real: (
            lambda call, params: real(
                call, type(params).model_construct(**{**params.given(), "logo_image": None})
            )
        ),
    )


@FAULTS.add("forms-refused", breaks="PE-168", at="institutes.create")
def forms_refused() -> None:
    """A form body is not read."""
    _refuse_bodies(lambda call: call.content_type == FORM)


@FAULTS.add("bodies-of-get-unread", breaks="PE-042", at="exams.index")
def bodies_of_get_unread() -> None:
    """A JSON body on GET is not read."""
    _refuse_bodies(lambda call: call.method == "GET" and call.content_type == JSON)


@FAULTS.add("keys-of-a-new-user-closed", breaks="PE-020", at="users.create")
def keys_of_a_new_user_closed() -> None:
    """The keys of a new user open nothing."""
    wrap(users, "open_door", lambda _: lambda *_: None)


def _always_new(module: Any, name: str) -> None:
    counted = iter(range(10**9))
    wrap(module, name, lambda real: lambda value: f"{real(value)}/{next(counted)}")


def _refuse_bodies(refused: Any) -> None:
    def make(real: Function) -> Function:
        def pairs(request: Any) -> Any:
            if refused(request):
                raise BodyMalformed("this kind of body is not read")
            return real(request)

        return pairs

    for reader in ("_body_pairs", "_json_object"):  # the usual JSON body takes the short way
        wrap(reading, reader, make)
