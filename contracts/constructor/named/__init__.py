"""The named contracts of Constructor; importing this package registers them in this order."""

from contracts.constructor.named import (
    archive,
    exam_values,
    exams,
    header_token,
    session_life,
    sessions,
    start,
    token_claims,
    webhook_delivery,
    webhooks,
)
from contracts.constructor.register import REGISTER

__all__ = [
    "REGISTER", "archive", "exam_values", "exams", "header_token", "session_life", "sessions", "start",
    "token_claims", "webhook_delivery", "webhooks",
]  # fmt: skip
