"""The two keys of a user (PE-020): computed from the sandbox when they are needed, never stored."""

from __future__ import annotations

from mockserver.credentials import Derive, url_safe
from mockserver.sandboxes import Sandbox

FIRST_USER = 1  # whose keys are the credentials of the sandbox
TOKEN_CHARACTERS, SECRET_CHARACTERS = 22, 43  # PE-020

# Fake on purpose, and as long as real ones.
DEFAULT_CREDENTIALS = {
    "api_token": "fake-proctorexam-token",
    "secret_key": "fake-proctorexam-secret-key-0000000000-fake",
}


def keys_of(sandbox: Sandbox, user_id: int) -> dict[str, str]:
    """Return `api_token` and `secret_key` of a user."""
    if user_id == FIRST_USER:
        return dict(sandbox.credentials["proctorexam"])
    return derived_keys(sandbox.derive, user_id)


def derived_keys(derive: Derive, user_id: int) -> dict[str, str]:
    """Return the keys that belong to a user id of a sandbox; ids never come back, so neither do keys."""
    return {
        "api_token": url_safe(derive(f"proctorexam/user/{user_id}/api_token"), TOKEN_CHARACTERS),
        "secret_key": url_safe(derive(f"proctorexam/user/{user_id}/secret_key"), SECRET_CHARACTERS),
    }


def nobodys_secret(derive: Derive) -> str:
    """Return a secret that no user has, for the same work on a token that nobody has."""
    return url_safe(derive("proctorexam/nobody/secret_key"), SECRET_CHARACTERS)
