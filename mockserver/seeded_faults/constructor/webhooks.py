"""What can go wrong with Constructor's webhooks."""

from __future__ import annotations

from typing import Any

from mockserver.seeded_faults.changing import Function, wrap
from mockserver.seeded_faults.fault import Faults
from mockserver.vendors.constructor import webhooks
from mockserver.vendors.constructor.settings import ConstructorSettings
from mockserver.webhooks.outbox import Attempt

FAULTS = Faults("constructor")
# The webhooks are no operations; beside them there is no need to look at more than one.
STATUS = "sessions.status"


@FAULTS.add("webhooks-to-one-address", breaks="CP-006 CP-007", at=STATUS)
def webhooks_to_one_address() -> None:
    """Every webhook goes to review_url."""

    def make(real: Function) -> Function:
        def send(moment: Any, kind: str, _url: str | None, body: Any) -> None:
            real(moment, kind, moment.sandbox.settings["constructor"].review_url, body)

        return send

    wrap(webhooks, "_send", make)


@FAULTS.add("a-warning-forgotten", breaks="CP-214", at=STATUS)
def a_warning_forgotten() -> None:
    """Warnings of a lost connection do not stand in the result."""

    def make(real: Function) -> Function:
        def send(moment: Any, kind: str, url: str | None, body: dict[str, Any]) -> None:
            told = [one for one in body.get("warnings", ()) if one["type"] != "WARNING_NO_PING"]
            real(moment, kind, url, {**body, "warnings": told} if "warnings" in body else body)

        return send

    wrap(webhooks, "_send", make)


@FAULTS.add("refused-webhook-counts", breaks="CP-280", at=STATUS)
def refused_webhook_counts() -> None:
    """A webhook counts as received, whatever it was answered with."""
    answered = property(lambda attempt: attempt.status is not None)
    setattr(Attempt, "accepted", answered)  # noqa: B010 - a plain assignment would be to a read-only name


@FAULTS.add("retried-too-soon", breaks="CP-280", at=STATUS)
def retried_too_soon() -> None:
    """A webhook that was refused is sent again at once."""
    ConstructorSettings.model_fields["webhook_retry_seconds"].default = [0.0] * 5
    ConstructorSettings.model_rebuild(force=True)
