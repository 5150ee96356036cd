"""Taking away what a run created: at its end, or later by its ledger."""

from contracts.bench import Bench, Stop
from contracts.credentials import Credentials
from contracts.door import Door, ServerGone
from contracts.ledger import Ledger, Made, Removal
from contracts.options import PER_SECOND_ABROAD
from contracts.progress import Progress
from contracts.runclock import RunClock
from contracts.safety import Guard, Profile, is_loopback, origin_of
from contracts.surface import load_surface
from contracts.vendors import SigningOptions, load_vendor

TAG_PREFIX = "pmc"
TRIES_OF_A_REMOVAL = 2
MOST_NAMED = 5


def clean_up(bench: Bench, progress: Progress) -> list[Made]:
    """Remove what the run created; a second Ctrl-C ends this too, and the ledger still holds the rest."""
    guard = bench.door.guard
    if not guard.ledger.left or (bench.admin is not None and bench.admin.owns_sandbox):
        return []  # a sandbox of this run goes away as a whole
    progress.say(f"Removing what this run created ({len(guard.ledger.left)}) …")
    guard.budget += TRIES_OF_A_REMOVAL * len(guard.ledger.left)
    try:
        return guard.ledger.clean_up(lambda removal: remove(bench, removal))
    except (ServerGone, KeyboardInterrupt):
        return guard.ledger.left


def clean_up_later(ledger: Ledger, credentials: Credentials, base_url: str, sign_url_ids: bool) -> list[Made]:
    """Remove what an earlier run left, by its ledger; gives what is still there.

    Raises: ServerGone.
    """
    vendor, surface, clock = load_vendor(credentials.vendor), load_surface(credentials.vendor), RunClock()
    # Standard is enough: it changes nothing that the ledger does not hold.
    guard = Guard(
        Profile.STANDARD,
        origin_of(base_url),
        vendor.rules,
        ledger,
        TAG_PREFIX,
        TRIES_OF_A_REMOVAL * len(ledger.all),
        0.0 if is_loopback(base_url) else PER_SECOND_ABROAD,
    )
    signer = vendor.signer(credentials, surface, base_url, clock, SigningOptions(sign_url_ids=sign_url_ids))
    bench = Bench(
        vendor, Door(base_url, surface, guard, signer), credentials, clock, None, guard.profile, TAG_PREFIX
    )
    return ledger.clean_up(lambda removal: remove(bench, removal))


def remove(bench: Bench, removal: Removal) -> bool:
    """Send one removal, again where no answer came; gone already counts as removed."""
    bench.origin = "clean-up"
    for _ in range(TRIES_OF_A_REMOVAL):
        try:
            answer = bench.call(removal.method, removal.path, json_body=removal.json)
        except Stop:
            continue
        return answer.succeeded or answer.status in {404, 410}
    return False


def what_may_be_left(bench: Bench) -> list[str]:
    """Creations that the ledger cannot hold, because nobody said what was made."""
    unsure = [] if bench.admin is not None and bench.admin.owns_sandbox else bench.door.guard.unsure
    if not unsure:
        return []
    numbers = ", ".join(map(str, unsure[:MOST_NAMED])) + (", …" if len(unsure) > MOST_NAMED else "")
    return [
        f"{len(unsure)} creations got no answer that says what was made (request {numbers}): it may still "
        f"be there. Names that this run gives begin with {bench.tag}."
    ]
