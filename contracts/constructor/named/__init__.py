"""The named contracts of Constructor; importing this package registers them in this order."""

from contracts.constructor.named import archive, exams, header_token, sessions, start, webhooks
from contracts.constructor.register import REGISTER

__all__ = ["REGISTER", "archive", "exams", "header_token", "sessions", "start", "webhooks"]
