"""The keys of an account: read from the environment or from a private file, never from the command line."""

import stat
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

FIELDS: dict[str, tuple[str, ...]] = {
    "consero": ("api_key",),
    "proctorexam": ("api_token", "secret_key"),
    "constructor": ("integration_name", "jwt_secret"),
}
# The integration name is part of every address of Constructor: it is a name, not a secret.
PUBLIC_FIELDS = frozenset({"integration_name"})

# A shorter text occurs by chance in answers and addresses, so it could not be redacted from reports.
SHORTEST_SECRET = 6


class CredentialsError(Exception):
    """The credentials are missing, or kept where others can read them."""


@dataclass(frozen=True)
class Credentials:
    """What one vendor handed out; its values stay out of `repr`."""

    vendor: str
    values: Mapping[str, str] = field(repr=False)

    def __getitem__(self, name: str) -> str:
        return self.values[name]

    @property
    def secrets(self) -> tuple[str, ...]:
        return tuple(value for name, value in self.values.items() if name not in PUBLIC_FIELDS)


def load_credentials(vendor: str, environ: Mapping[str, str], file: Path | None) -> Credentials:
    """Read the vendor's credentials, from the file when one is given.

    Raises: CredentialsError when one is missing, too short to be redacted, or in a file others can read.
    """
    given = _read_private_file(file) if file is not None else environ
    values = {}
    for name in FIELDS[vendor]:
        variable = variable_name(vendor, name)
        value = given.get(variable, "")
        if not value:
            where = (
                f"in {file}" if file is not None else "in the environment: set it, or give --credentials FILE"
            )
            raise CredentialsError(f"{variable} is not set {where}.")
        if name not in PUBLIC_FIELDS and len(value) < SHORTEST_SECRET:
            raise CredentialsError(
                f"{variable} is shorter than {SHORTEST_SECRET} characters: reports could not hide it."
            )
        values[name] = value
    return Credentials(vendor, values)


def are_given(vendor: str, environ: Mapping[str, str]) -> bool:
    return any(environ.get(variable_name(vendor, name)) for name in FIELDS[vendor])


def variable_name(vendor: str, name: str) -> str:
    return f"CONTRACTS_{vendor.upper()}_{name.upper()}"


def _read_private_file(file: Path) -> dict[str, str]:
    """Lines of NAME=value; blank lines, # comments and a leading `export` are skipped."""
    try:
        mode = stat.S_IMODE(file.stat().st_mode)
        if mode & 0o077:
            raise CredentialsError(f"{file} has mode {mode:03o}: others can read it. Run: chmod 600 {file}")
        lines = file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        why = getattr(error, "strerror", None) or "it is not UTF-8"
        raise CredentialsError(f"The credentials file {file} cannot be read: {why}.") from error
    values = {}
    for line in lines:
        text = line.strip().removeprefix("export ").strip()
        if text and not text.startswith("#"):
            name, _, value = text.partition("=")
            values[name.strip()] = value.strip().strip("'\"")
    return values
