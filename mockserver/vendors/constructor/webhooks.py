"""The four webhooks: what they say, and how they are signed (CP-193)."""

from __future__ import annotations

from typing import Any

from mockserver.clock import as_datetime
from mockserver.moment import DeliveryOptions, Moment
from mockserver.sandboxes import Sandbox
from mockserver.vendors.constructor import queries
from mockserver.vendors.constructor.calendar import cancel_deadline_ms
from mockserver.vendors.constructor.parameters import cheater_level
from mockserver.vendors.constructor.sessions import Session, utc
from mockserver.vendors.constructor.settings import settings_of
from mockserver.webhooks.outbox import hand_over

LIFETIME_SECONDS = 30  # the recipe for the client's own tokens (CP-017); none is given here (CP-194)
EXPIRED_SINCE_SECONDS = 3600
FORGED_SECRET = "forged: not the secret of this integration"  # noqa: S105 - wrong on purpose

# Two texts are printed (CP-211), the types of the others are assumed (CP-214), and so are their texts.
WARNING_TITLES = {
    "WARNING_AVERT_EYES": "Looking away from the screen",
    "WARNING_PHONE": "Phone is used",
    "WARNING_FORBIDDEN_DEVICE": "Forbidden device",
    "WARNING_EXTRA_USER_IN_FRAME": "Another person in the frame",
    "WARNING_SUBSTITUTION_USER": "The person has changed",
    "WARNING_NO_USER_IN_FRAME": "Nobody in the frame",
    "WARNING_CHANGE_ACTIVE_WINDOW_ON_COMPUTER": "Another window is active",
    "WARNING_VOICE_DETECTED": "Voice is heard",
    "WARNING_TIMEOUT": "Time is over",
    "WARNING_TALK": "Conversation is heard",
    "WARNING_FORBIDDEN_SOFTWARE": "Forbidden software",
    "WARNING_EXTRA_DISPLAY": "Another display",
    "WARNING_BOOKS": "Books are used",
    "WARNING_CHEATER": "Cheating is assumed",
    "WARNING_MIC_MUTED": "Microphone is muted",
    "WARNING_MIC_NO_SOUND": "No sound from the microphone",
    "WARNING_MIC_NO_DEVICE_CONNECTED": "No microphone",
    "WARNING_CAMERA_NO_PICTURE": "No picture from the camera",
    "WARNING_CAMERA_NO_DEVICE_CONNECTED": "No camera",
    "WARNING_NONVERBAL": "Signs are exchanged",
    "WARNING_PHONE_SCREEN": "A phone's screen is seen",
    "WARNING_NO_PING": "Connection is lost",
    "WARNING_DESKTOP_REQUEST_PENDING": "Screen is not shared",
}


def sign_delivery(sandbox: Sandbox, options: DeliveryOptions, now_ms: int) -> tuple[tuple[str, str], ...]:
    """Return `Authorization: JWT …` as of the time of sending (CP-193, CP-194), or a bad one on demand."""
    if options.token == "missing":  # noqa: S105 - one of the options
        return ()
    import jwt  # noqa: PLC0415 - only a server that sends webhooks needs it

    secret = sandbox.credentials["constructor"]["jwt_secret"]
    expires = now_ms // 1000 + LIFETIME_SECONDS
    if options.token == "forged":  # noqa: S105 - as above
        secret = FORGED_SECRET
    elif options.token == "expired":  # noqa: S105 - as above
        expires = now_ms // 1000 - EXPIRED_SINCE_SECONDS
    return (("Authorization", f"JWT {jwt.encode({'exp': expires}, secret, algorithm='HS256')}"),)


def known_warning(kind: str) -> str:
    """Return the type of a warning that has a title.

    Raises:
        ValueError: it has none.
    """
    if kind not in WARNING_TITLES:
        raise ValueError(f"use one of {', '.join(WARNING_TITLES)}")
    return kind


def send_review(moment: Moment, session: Session) -> None:
    """Tell the result, with what is known by now (CP-196)."""
    settings = settings_of(moment.sandbox)
    warnings = moment.db.all(queries.LIST_WARNINGS, sandbox_id=moment.sandbox.id, session_id=session.key)
    body: dict[str, Any] = dict(session.ids)  # CP-197, CP-198
    if session.recorded:
        body |= {"archive": _archive(moment, session), "reportUrl": _archive(moment, session)}
    body |= {
        "conclusion": session.conclusion,  # CP-201 to CP-203
        "comment": session.comment,  # CP-204
        "score": _plain(session.score),  # CP-205
        "threshold": {
            "attention": settings.review_attention,
            "rejected": cheater_level(session.exam),
        },  # CP-206
        "sessionStart": utc(session.started_ms),  # CP-207
        "sessionEnd": utc(session.ended_ms),
        "warnings": [  # CP-209
            {
                "type": warning["type"],
                "start": _with_offset(warning["start_ms"]),
                "end": _with_offset(warning["end_ms"]),
                "cyber": bool(warning["cyber"]),
            }
            for warning in warnings
        ],
        "warningTitles": {  # CP-211
            kind: {"en": WARNING_TITLES[kind]} for kind in sorted({warning["type"] for warning in warnings})
        },
    }
    known = {name: value for name, value in body.items() if value is not None}
    _send(moment, "webhooks.review", settings.review_url, known)


def send_schedule(moment: Moment, session: Session, event: str, booked_ms: int) -> None:
    """Tell that a booking was made or given up; times are in UTC (CP-215 to CP-220)."""
    settings = settings_of(moment.sandbox)
    body = {
        **session.ids,
        "event": event,
        "start": utc(booked_ms),
        "cancelDeadline": utc(cancel_deadline_ms(booked_ms, settings)),
    }
    _send(moment, "webhooks.schedule", settings.schedule_url, body)


def send_warning(
    moment: Moment, session: Session, number: int, kind: str, start_ms: int, end_ms: int
) -> None:
    """Tell a warning that software has found (CP-221 to CP-228)."""
    body = {
        **session.ids,
        "type": kind,
        "start": _with_offset(start_ms),
        "end": _with_offset(end_ms),
        "cyber": True,
        "id": number,
    }
    _send(moment, "webhooks.warning", settings_of(moment.sandbox).warning_url, body)


def send_agreement(moment: Moment, session: Session) -> None:
    """Tell that the user agreement was accepted (CP-229 to CP-232)."""
    body = {**session.ids, "timestamp": utc(moment.now_ms)}
    _send(moment, "webhooks.agreement_acceptance", settings_of(moment.sandbox).agreement_acceptance_url, body)


def _send(moment: Moment, kind: str, url: str | None, body: dict[str, Any]) -> None:
    hand_over(moment, vendor="constructor", kind=kind, url=url, body=body)


def _archive(moment: Moment, session: Session) -> str:
    """Return where the video is: the archive of the session (CP-199, CP-200)."""
    name = moment.sandbox.credentials["constructor"]["integration_name"]
    return f"{session.base_url}/integration/simple/{name}/archive/{session.key}/"


def _with_offset(ms: int) -> str:
    """Return a time as the guide prints those of warnings: `2018-07-19T12:05:25+00:00`."""
    return as_datetime(ms).isoformat(timespec="seconds")


def _plain(score: float | None) -> float | int | None:
    """Print 65 as 65 and 65.5 as 65.5."""
    return int(score) if score is not None and score == int(score) else score
