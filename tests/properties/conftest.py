"""Properties run on busy machines: how long one example takes proves nothing."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("steady", deadline=None)
settings.load_profile("steady")
