"""Seeded faults of the Constructor room."""

from mockserver.seeded_faults.constructor import door, exams, sessions, webhooks
from mockserver.seeded_faults.fault import Faults

FAULTS = Faults("constructor", door.FAULTS, exams.FAULTS, sessions.FAULTS, webhooks.FAULTS)
