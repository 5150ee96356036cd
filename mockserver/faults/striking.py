"""Which armed fault strikes a call. The store counts, so that workers strike no call too many."""

from __future__ import annotations

from mockserver.faults.arming import BY_SEED_FILE, Armed, touch
from mockserver.faults.effect import Effect
from mockserver.store import Statement
from mockserver.vendor import Call, Vendor

_ASK = Statement(
    """
    UPDATE fault SET asked = asked + 1
    WHERE sandbox_id = :sandbox_id AND id = :id AND (remaining IS NULL OR remaining > 0)
    RETURNING asked
    """
)
_STRIKE = Statement(
    """
    UPDATE fault SET struck = struck + 1, remaining = remaining - 1
    WHERE sandbox_id = :sandbox_id AND id = :id AND (remaining IS NULL OR remaining > 0)
    RETURNING remaining
    """
)


def struck_by(call: Call, vendor: Vendor) -> Effect | None:
    """Return what the first fault does that means this call and has its turn; None where none has.

    Not called where the sandbox has no armed fault: the copy of the sandbox knows, without a query.
    """
    operation = call.operation
    assert operation is not None
    for armed in call.sandbox.faults:
        rule = armed.rule
        meant = rule.means(vendor.name, operation, call.request.method, call.request.path)
        if meant and rule.suits(vendor, operation) and _has_turn(call, armed):
            by = "seed_file" if armed.by.startswith(BY_SEED_FILE) else "fault"
            return rule.effect(vendor, call, {"by": by, "fault_id": armed.id, "fault": rule.fault})
    return None


def _has_turn(call: Call, armed: Armed) -> bool:
    key = {"sandbox_id": call.sandbox.id, "id": armed.id}
    asked = call.db.one(_ASK, **key)
    if asked is None or not armed.rule.strikes(asked["asked"]):
        return False
    struck = call.db.one(_STRIKE, **key)
    if struck is not None and struck["remaining"] == 0:
        touch(call.db, call.sandbox.id)  # used up: nobody needs to ask for it any more
    return struck is not None
