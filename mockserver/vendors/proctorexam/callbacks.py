"""Callbacks to the `callback_url` of an institute (PE-082).

That they are sent there is documented; events, body, signing and retries are not (PE-083). So all of the
body is our guess (PE-500), and nothing is signed.
"""

from __future__ import annotations

import json
from zoneinfo import ZoneInfo

from mockserver.moment import Moment
from mockserver.store import Row
from mockserver.vendors.proctorexam.moments import printed, zone_of
from mockserver.vendors.proctorexam.queries.institutes import FIND_INSTITUTE
from mockserver.webhooks.outbox import hand_over


def tell(moment: Moment, session: Row, event: str) -> None:
    """Tell the institute of a session what has happened, where it has given an address."""
    institute = moment.db.one(FIND_INSTITUTE, sandbox_id=moment.sandbox.id, id=session["institute_id"])
    assert institute is not None
    hand_over(
        moment,
        vendor="proctorexam",
        kind="callbacks.event",
        url=json.loads(institute["fields"]).get("callback_url") or None,
        body={
            "event": event,
            "institute_id": session["institute_id"],
            "exam_id": session["exam_id"],
            "student_session_id": session["id"],
            "status": session["status"],
            "created_at": printed(moment.now_ms, zone(moment)),
        },
    )


def zone(moment: Moment) -> ZoneInfo:
    """Return the time zone of the sandbox's answers (PE-482)."""
    return zone_of(moment.sandbox.settings["proctorexam"].time_zone)
