"""The server with one thing wrong, on purpose: what contracts are tested against.

Nothing else imports this package. `python -m mockserver.seeded_faults --list` prints the faults as JSON,
`--fault ID` serves with one of them switched on.
"""

from mockserver.seeded_faults import consero, constructor, proctorexam
from mockserver.seeded_faults.fault import Fault, Faults

ALL: tuple[Fault, ...] = (*consero.FAULTS, *proctorexam.FAULTS, *constructor.FAULTS)

__all__ = ["ALL", "Fault", "Faults"]
