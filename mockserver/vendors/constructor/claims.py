"""What the data tokens carry: the claims of a start, and of a look into the archive (CP-024)."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from mockserver.vendors.constructor.fields import (
    boolean,
    identifier,
    language,
    left_out,
    mapping,
    text,
    url,
)
from mockserver.vendors.constructor.schemas import AnyText, Boolean, Exam, Id, Parameters, TextOrNull

Name = Annotated[str, text(255)]
Language = Annotated[str, language()]
SessionId = Annotated[int | str, identifier(230)]
Url = Annotated[str, url()]


class DataToken(Parameters):
    """What a browser sends: one field, in the form or the query (CP-028, CP-029, CP-180)."""

    token: str = Field(description="JWS with HS256 whose claims are all parameters (CP-024)")


class PreliminaryCheck(Parameters):
    """Check of the learner against a reference photo before the test (CP-064)."""

    enabled: Annotated[bool, boolean()]  # CP-065
    photo_url: Url  # CP-066


class BiometricIdentification(Parameters):
    """What `preliminaryCheck` was before June 2025 (CP-067 to CP-069)."""

    enabled: Boolean = False
    photo_url: Url = left_out()
    skip_fail: Boolean = False
    flow: AnyText = ""
    theme: AnyText = ""
    esia_oid: AnyText = ""
    hash_snils: AnyText = ""


class StartClaims(Exam):
    """Exam, user and session: everything that a start needs (CP-024, CP-033)."""

    userId: Id = Field(description="Id of the user in the client system (CP-055)")
    email: TextOrNull = Field(default=None, description="CP-056, CP-057")
    lastName: Name = Field(default="", description="CP-058")
    firstName: Name = Field(default="", description="CP-059")
    thirdName: Name = Field(default="", description="CP-060")
    language: Language = Field(default="en", description="CP-061, CP-062")
    specialAccommodationsInfo: TextOrNull = Field(default=None, description="CP-063")
    preliminaryCheck: Annotated[PreliminaryCheck | None, BeforeValidator(mapping)] = Field(
        default=None, description="CP-064 to CP-066"
    )
    biometricIdentification: Annotated[BiometricIdentification | None, BeforeValidator(mapping)] = Field(
        default=None, description="CP-067 to CP-069"
    )
    sessionId: SessionId = Field(description="One per attempt (CP-149)")
    sessionUrl: Url = Field(description="The page of the test, opened in a frame (CP-150, CP-151)")
    sessionFinishUrl: Url = left_out("Where the test taker goes after the end (CP-152)")
    redirectUrl: Url = left_out("Sent by one client only (CP-153)")

    def as_sent(self) -> dict[str, Any]:
        """Return all known claims as they were sent."""
        return self.model_dump(exclude_unset=True)


class ArchiveClaims(Parameters):
    """Who looks at which session (CP-180)."""

    userId: Id = Field(description="Preferably an e-mail address (CP-181)")
    lastName: Name = Field(default="", description="CP-182")
    firstName: Name = Field(default="", description="CP-183")
    thirdName: Name = Field(default="", description="CP-184")
    language: Language = Field(default="en", description="CP-185")
    returnUrl: Annotated[str, url(255)] = left_out("Target of the Back button (CP-186)")
    sessionId: SessionId = Field(description="CP-187")
