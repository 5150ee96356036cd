"""Constructor Proctor, "simple integration" API v2: JWTs with HS256, exams, sessions and webhooks.

Facts: contracts/constructor/statements.yaml, CP-001 and on.
"""

from mockserver.vendor import Vendor
from mockserver.vendors.constructor import (
    auth,
    errors,
    explaining,
    happenings,
    reading,
    routes,
    seed,
    stored,
    webhooks,
)
from mockserver.vendors.constructor.settings import ConstructorSettings

VENDOR = Vendor(
    name="constructor",
    title="Constructor Proctor simple integration API v2",
    prefix="",
    base_path="",
    operations=routes.operations,
    checks=("token",),  # CP-012, CP-024
    presented=auth.presented,
    admit=auth.admit,
    read=reading.read,
    phrase=errors.phrase,
    explain=explaining.explain,
    errors_of=errors.errors_of,
    settings=ConstructorSettings,
    default_credentials=auth.DEFAULT_CREDENTIALS,
    new_credentials=auth.new_credentials,
    doors=auth.doors,
    try_this=auth.try_this,
    seed=seed.fill,
    tables=(
        "constructor_exam",
        "constructor_account",
        "constructor_user",
        "constructor_session",
        "constructor_warning",
    ),
    rows=stored.rows,
    belongings=stored.BELONGINGS,
    trailing_slash="refused",  # CP-258
    secret_fields=(auth.FIELD,),
    signature_parameters=(auth.FIELD,),
    events=happenings.events,
    sign_delivery=webhooks.sign_delivery,
)
