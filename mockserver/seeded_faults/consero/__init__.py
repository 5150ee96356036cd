"""Seeded faults of the Consero room."""

from mockserver.seeded_faults.consero import answers, door, values
from mockserver.seeded_faults.fault import Faults

FAULTS = Faults("consero", door.FAULTS, values.FAULTS, answers.FAULTS)
