"""What Consero asks its tables."""

from __future__ import annotations

from mockserver.store import Statement

LIST_EXAMINATIONS = Statement(
    "SELECT id, name FROM consero_examination WHERE sandbox_id = :sandbox_id ORDER BY id"
)
FIND_EXAMINATION = Statement(
    "SELECT id, name FROM consero_examination WHERE sandbox_id = :sandbox_id AND id = :id"
)
ADD_EXAMINATION = Statement(
    "INSERT INTO consero_examination (sandbox_id, id, name) VALUES (:sandbox_id, :id, :name)"
)
ADD_CANDIDATE_ONCE = Statement(
    """
    INSERT INTO consero_candidate (sandbox_id, email_key, email, created_ms)
    VALUES (:sandbox_id, :email_key, :email, :now_ms)
    ON CONFLICT (sandbox_id, email_key) DO NOTHING
    """
)
ADD_TO_GROUP_ONCE = Statement(
    """
    INSERT INTO consero_group_member (sandbox_id, examination_id, email_key)
    VALUES (:sandbox_id, :examination_id, :email_key)
    ON CONFLICT (sandbox_id, examination_id, email_key) DO NOTHING
    """
)
ADD_ALLOCATION = Statement(
    """
    INSERT INTO consero_allocation
        (sandbox_id, id, examination_id, email_key, email, invite_token, state, allocated_ms)
    VALUES
        (:sandbox_id, :id, :examination_id, :email_key, :email, :invite_token, 'allocated', :now_ms)
    """
)
FIND_VALID_ALLOCATION = Statement(
    """
    SELECT id, invite_token FROM consero_allocation
    WHERE sandbox_id = :sandbox_id AND email_key = :email_key AND examination_id = :examination_id
        AND state <> 'inValid'
    ORDER BY id LIMIT 1
    """
)
FIND_ALLOCATION = Statement(
    """
    SELECT allocation.id, allocation.examination_id, examination.name, allocation.email, allocation.state,
        allocation.allocated_ms, allocation.started_ms, allocation.ended_ms, allocation.score
    FROM consero_allocation AS allocation
    JOIN consero_examination AS examination
        ON examination.sandbox_id = allocation.sandbox_id AND examination.id = allocation.examination_id
    WHERE allocation.sandbox_id = :sandbox_id AND allocation.id = :id
    """
)
CANCEL_ALLOCATION = Statement(
    """
    UPDATE consero_allocation SET state = 'inValid'
    WHERE sandbox_id = :sandbox_id AND id = :id AND state <> 'inValid'
    """
)
FIND_INVITED = Statement(
    """
    SELECT allocation.id, examination.name, allocation.state, allocation.started_ms
    FROM consero_allocation AS allocation
    JOIN consero_examination AS examination
        ON examination.sandbox_id = allocation.sandbox_id AND examination.id = allocation.examination_id
    WHERE allocation.sandbox_id = :sandbox_id AND allocation.id = :id
    """
)
LIST_INVITES = Statement(
    "SELECT id, invite_token FROM consero_allocation WHERE sandbox_id = :sandbox_id ORDER BY id"
)
START_ALLOCATION = Statement(
    """
    UPDATE consero_allocation SET state = 'started', started_ms = :now_ms
    WHERE sandbox_id = :sandbox_id AND id = :id AND state = 'allocated'
    """
)
COMPLETE_ALLOCATION = Statement(
    """
    UPDATE consero_allocation
    SET state = 'completed', started_ms = :started_ms, ended_ms = :ended_ms, score = :score
    WHERE sandbox_id = :sandbox_id AND id = :id AND state IN ('allocated', 'started')
    """
)
