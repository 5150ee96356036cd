"""Consero (Concero Assessment Portal): API key and address allowlist, four operations.

Facts: contracts/consero/statements.yaml, CO-001 and on.
"""

from mockserver.vendor import Operations, Vendor
from mockserver.vendors.consero import (
    auth,
    errors,
    explaining,
    happenings,
    invite_pages,
    invites,
    reading,
    routes,
    seed,
    stored,
)
from mockserver.vendors.consero.settings import ConseroSettings

VENDOR = Vendor(
    name="consero",
    title="Consero Assessment Portal API",
    prefix="/api/v1",  # CO-007
    base_path="/api/v1",
    operations=Operations([*routes.operations, *invite_pages.operations]),
    checks=("api_key", "address"),  # CO-019
    presented=auth.presented,
    admit=auth.admit,
    read=reading.read,
    phrase=errors.phrase,
    explain=explaining.explain,
    errors_of=errors.errors_of,
    settings=ConseroSettings,
    default_credentials=auth.DEFAULT_CREDENTIALS,
    new_credentials=auth.new_credentials,
    doors=auth.doors,
    try_this=auth.try_this,
    seed=seed.fill,
    tables=(
        "consero_examination",
        "consero_candidate",
        "consero_group_member",
        "consero_allocation",
    ),
    rows=stored.rows,
    belongings=stored.BELONGINGS,
    events=happenings.events,
    reopen=invites.reopen,
)
