"""Callbacks to the `callback_url` of an institute (PE-082).

That they are sent there is documented; events, body, signing and retries are not (PE-083). So all of the
body is our guess (PE-500), and nothing is signed.
"""

from __future__ import annotations

from mockserver.moment import Moment
from mockserver.store import Row
from mockserver.vendors.proctorexam.moments import printed
from mockserver.vendors.proctorexam.printing import zone
from mockserver.vendors.proctorexam.queries.institutes import FIND_INSTITUTE
from mockserver.vendors.proctorexam.stored_fields import read_fields
from mockserver.webhooks.outbox import hand_over


def tell(moment: Moment, session: Row, event: str) -> None:
    """Tell the institute of a session what has happened, where it has given an address."""
    institute = moment.db.one(FIND_INSTITUTE, sandbox_id=moment.sandbox.id, id=session["institute_id"])
    assert institute is not None
    hand_over(
        moment,
        vendor="proctorexam",
        kind="callbacks.event",
        url=read_fields(institute["fields"]).get("callback_url") or None,
        body={
            "event": event,
            "institute_id": session["institute_id"],
            "exam_id": session["exam_id"],
            "student_session_id": session["id"],
            "status": session["status"],
            "created_at": printed(moment.now_ms, zone(moment)),
        },
    )
