"""Webhooks: what a room hands over is kept in the same unit of work, then signed, sent, logged and retried.

room → outbox.py (a row per delivery) → ../courier.py (claims what is due) → targets.py (may it go there?)
     → the room's signature → post.py (one request) → the log of attempts
"""
