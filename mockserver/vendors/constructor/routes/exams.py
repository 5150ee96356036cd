"""Creating and updating exams (CP-044)."""

from __future__ import annotations

from mockserver.vendor import Answer, Call, Operations, json_answer
from mockserver.vendors.constructor import exams
from mockserver.vendors.constructor.schemas import Exam, Refusal

operations = Operations()


@operations.add(
    "POST",
    "/api/v2/integration/simple/{integration_name}/exams/",
    "exams.upsert",
    statements="CP-012 CP-013 CP-044 CP-045 CP-046 CP-047 CP-048 CP-049 CP-050 CP-051 CP-052 CP-053 CP-270",
    answers={200: Exam, 201: Exam, 400: None, 401: Refusal, 415: Refusal},
    door="header",
)
def upsert_exam(call: Call, integration_name: str, params: Exam) -> Answer:
    """Create or update an exam in advance."""
    del integration_name  # it chose the sandbox
    created = exams.put(call.db, call.sandbox.id, params, call.now_ms)
    return json_answer(201 if created else 200, params.in_force())
