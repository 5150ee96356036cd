"""The named contracts of ProctorExam; importing this package registers them in this order."""

from contracts.proctorexam.named import access, exams, institutes, lists, lti, students, unknown, users
from contracts.proctorexam.register import REGISTER

__all__ = ["REGISTER", "access", "exams", "institutes", "lists", "lti", "students", "unknown", "users"]
