"""ProctorExam REST API v3: token, timestamp, HMAC signature and nonce; 52 operations.

Facts: contracts/proctorexam/statements.yaml, PE-001 and on.
"""

from mockserver.events import Events
from mockserver.vendor import Operations, Vendor
from mockserver.vendors.proctorexam import (
    auth,
    errors,
    explaining,
    happenings,
    keys,
    lti_launch,
    reading,
    reopening,
    seed,
    stored,
)
from mockserver.vendors.proctorexam.routes import (
    attachments,
    comanagers,
    documents,
    exam_students,
    exams,
    institutes,
    lti_resources,
    proctoring,
    student_sessions,
    tool_providers,
    users,
)
from mockserver.vendors.proctorexam.settings import ProctorExamSettings

RESOURCES = (
    institutes,
    users,
    exams,
    comanagers,
    documents,
    attachments,
    student_sessions,
    proctoring,
    exam_students,
    tool_providers,
    lti_resources,
)

VENDOR = Vendor(
    name="proctorexam",
    title="ProctorExam REST API v3",
    prefix="/api/v3",  # PE-004
    base_path="/api/v3",
    operations=Operations(operation for resource in RESOURCES for operation in resource.operations),
    checks=auth.CHECKS,
    presented=auth.presented,
    admit=auth.admit,
    read=reading.read,
    phrase=errors.phrase,
    explain=explaining.explain,
    errors_of=errors.errors_of,
    settings=ProctorExamSettings,
    default_credentials=keys.DEFAULT_CREDENTIALS,
    new_credentials=auth.new_credentials,
    doors=auth.doors,
    try_this=auth.try_this,
    seed=seed.fill,
    essentials=seed.add_first_user,
    reopen=reopening.reopen,
    events=Events({**lti_launch.events, **happenings.events}),
    tables=(
        "proctorexam_institute",
        "proctorexam_user",
        "proctorexam_exam",
        "proctorexam_comanager",
        "proctorexam_student_session",
        "proctorexam_document",
        "proctorexam_attachment",
        "proctorexam_upload",
        "proctorexam_tool_provider",
        "proctorexam_lti_resource",
        "proctorexam_identity_provider",
    ),
    rows=stored.rows,
    belongings=stored.BELONGINGS,
    trailing_slash="optional",  # PE-455, PE-461
    secret_fields=auth.SECRET_FIELDS,
    signature_parameters=reading.SIGNATURE_PARAMETERS,
)
