"""The named contracts of ProctorExam; importing this package registers them in this order."""

# The order of the run: the very first control tells whether the credentials are taken at all.
# isort: off
from contracts.proctorexam.named import token, signature, freshness
from contracts.proctorexam.named import institutes, users, exams, documents, students, assignments
from contracts.proctorexam.named import exam_students, lists, lti, lengths, unknown
from contracts.proctorexam.named import (
    signed_text,
    refused_values,
    bodies,
    untold,
    sameness,
    removal,
    launches,
    roles,
    student_life,
    callbacks,
)
from contracts.proctorexam.register import REGISTER
# isort: on

__all__ = [
    "REGISTER", "assignments", "bodies", "callbacks", "documents", "exam_students", "exams", "freshness",
    "institutes", "launches", "lengths", "lists", "lti", "refused_values", "removal", "roles", "sameness",
    "signature", "signed_text", "student_life", "students", "token", "unknown", "untold", "users",
]  # fmt: skip
