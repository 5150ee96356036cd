"""ProctorExam as the harness loads it."""

from contracts.proctorexam.auth import ask_for_credentials, signer
from contracts.proctorexam.generated import CASES
from contracts.proctorexam.named import REGISTER
from contracts.proctorexam.rules import RULES
from contracts.vendors import Vendor

VENDOR = Vendor(
    name="proctorexam",
    title="ProctorExam",
    rules=RULES,
    signer=signer,
    ask_for_credentials=ask_for_credentials,
    register=REGISTER,
    cases=CASES,
)
