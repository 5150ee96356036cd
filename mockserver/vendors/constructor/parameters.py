"""The parameters in force, defaults filled in: what a page or a review needs to know of an exam."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mockserver.vendors.constructor.schemas import Rules

# The two spellings of one weight (CP-109, CP-110, CP-112); where both are sent, the one of the parameter
# page counts.
CHEATER_LEVEL = ("cheater_level", "cheaterLevel", 80)  # CP-115

# Rules that silence a warning (CP-096).
SILENCED_BY = {
    "WARNING_CHANGE_ACTIVE_WINDOW_ON_COMPUTER": "allow_to_use_websites",
    "WARNING_VOICE_DETECTED": "allow_voices",
    "WARNING_AVERT_EYES": "allow_wrong_gaze_direction",
    "WARNING_NO_USER_IN_FRAME": "allow_absence_in_frame",
}


def cheater_level(exam: Mapping[str, Any]) -> int:
    """Return the score above which software decides against the test taker (CP-115)."""
    snake, camel, default = CHEATER_LEVEL
    weights = exam.get("scoreConfig", {})
    return int(weights.get(snake, weights.get(camel, default)))


def silencing_rule(exam: Mapping[str, Any], warning_type: str) -> str | None:
    """Return the rule that keeps software from raising such a warning, None where there is none."""
    rule = SILENCED_BY.get(warning_type)
    if rule is None:
        return None
    default = Rules.model_fields[rule].default
    return rule if exam.get("rules", {}).get(rule, default) else None
