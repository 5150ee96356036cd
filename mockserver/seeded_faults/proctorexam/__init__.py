"""Seeded faults of the ProctorExam room."""

from mockserver.seeded_faults.fault import Faults
from mockserver.seeded_faults.proctorexam import answers, freshness, lists, people, signature, values

FAULTS = Faults(
    "proctorexam",
    signature.FAULTS,
    freshness.FAULTS,
    values.FAULTS,
    lists.FAULTS,
    answers.FAULTS,
    people.FAULTS,
)
