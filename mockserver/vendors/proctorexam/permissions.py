"""What the roles may do. Roles and refusals are known, the rules between them hardly (PE-096, PE-488)."""

from __future__ import annotations

from dataclasses import dataclass

READING = "reading"  # seeing what belongs to the own institute
EXAMS = "exams"  # exams with their documents, attachments, students and LTI resources
ADMINISTRATION = "administration"  # users, tool providers, the institute itself
INSTITUTES = "institutes"  # all institutes: for superusers (PE-166, PE-167)

_READERS = frozenset({READING})
RIGHTS = {
    "superuser": frozenset({READING, EXAMS, ADMINISTRATION, INSTITUTES}),
    "administrator": frozenset({READING, EXAMS, ADMINISTRATION}),
    "teacher": frozenset({READING, EXAMS}),
    "proctor": _READERS,
    "global_proctor": _READERS,
    "reviewer": _READERS,
    "global_reviewer": _READERS,
    "auditor": _READERS,
}
ROLES = tuple(RIGHTS)  # PE-096
PROCTORING_ROLES = ("superuser", "proctor", "global_proctor")  # PE-489


@dataclass(frozen=True, slots=True)
class Caller:
    """The user whose token and secret made the request."""

    user_id: int
    institute_id: int
    role: str

    @property
    def is_superuser(self) -> bool:
        """Tell whether the user stands above the institutes."""
        return self.role == "superuser"

    def reaches(self, institute_id: int) -> bool:
        """Tell whether the objects of an institute are the user's to see (PE-488)."""
        return self.is_superuser or institute_id == self.institute_id

    def may(self, right: str) -> bool:
        """Tell whether the user's role includes `right`."""
        return right in RIGHTS[self.role]
