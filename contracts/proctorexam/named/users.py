"""Users of an institute: keys, password rule, roles, report settings."""

import re

from contracts.bench import Bench
from contracts.proctorexam import samples
from contracts.proctorexam.named.values import TAKEN
from contracts.proctorexam.register import REGISTER
from contracts.safety import Profile

URL_SAFE = re.compile(r"[A-Za-z0-9_-]+")
ROLES = ("administrator", "teacher", "proctor", "global_proctor", "reviewer", "global_reviewer", "auditor")


@REGISTER.contract(
    "proctorexam.users.create",
    "PE-020", "PE-096", "PE-199", "PE-205", "PE-431", "PE-433", "PE-434", "PE-435", "PE-436", "PE-437",
    "PE-438", "PE-439",
    "PE-440", "PE-475",
    operations=("institutes.create", "users.create"),
    profile=Profile.STANDARD,
    control=True,
)  # fmt: skip
def create(bench: Bench) -> None:
    """A user is created with both keys; the role is the one that was asked for."""
    fields = samples.user_fields(bench, role="administrator")
    answer = bench.call("POST", f"/institutes/{samples.institute(bench)['id']}/users", json_body=fields)
    created = answer.accepted and isinstance(answer.at("user"), dict)
    bench.must(("PE-434", "PE-435", "PE-433", "PE-431", "PE-438", "PE-439"), created, "one object under user")
    user = answer.at("user") or {}
    bench.holds("PE-436", user.get("email") == fields["email"], "the e-mail address that was sent")
    bench.holds("PE-437", user.get("name") == fields["name"], "the name that was sent")
    bench.holds(("PE-440", "PE-199"), user.get("role") == "administrator", "the role that was sent")
    token, secret = str(user.get("api_token")), str(user.get("secret_key"))
    bench.holds(
        "PE-020",
        len(token) == 22 and len(secret) == 43 and URL_SAFE.fullmatch(token + secret),
        "keys of 22 and 43 characters",
    )
    bench.holds("PE-205", {"api_token", "secret_key"} <= set(user), "the long user with both keys")
    for role in ROLES:
        answer = bench.call(
            "POST",
            f"/institutes/{samples.institute(bench)['id']}/users",
            json_body=samples.user_fields(bench, role=role),
        )
        bench.holds("PE-096", answer.accepted, f"the role {role} to be taken")
    fields = samples.user_fields(bench, role="janitor")
    answer = bench.call("POST", f"/institutes/{samples.institute(bench)['id']}/users", json_body=fields)
    bench.holds("PE-475", answer.status == 422, "422 for a role that nobody has")


@REGISTER.contract(
    "proctorexam.users.required", "PE-235", "PE-436", "PE-437", "PE-438", profile=Profile.STANDARD
)
def required_parameters(bench: Bench) -> None:
    """email, name and password are required."""
    for statement, missing in (("PE-436", "email"), ("PE-437", "name"), ("PE-438", "password")):
        fields = samples.user_fields(bench)
        del fields[missing]
        answer = bench.call("POST", f"/institutes/{samples.institute(bench)['id']}/users", json_body=fields)
        bench.holds((statement, "PE-235"), answer.status == 422, f"422 for a user without {missing}")


@REGISTER.contract(
    "proctorexam.users.password", "PE-200", "PE-438", "PE-439", "PE-476", profile=Profile.STANDARD
)
def password_rule(bench: Bench) -> None:
    """At least 8 characters with a lower-case and an upper-case letter, a digit and a special character."""
    path = f"/institutes/{samples.institute(bench)['id']}/users"
    for password in ("password1", "Sh0rt!", "ALLUPPER1!", "alllower1!", "NoDigits!!", "NoSpecial11"):
        fields = samples.user_fields(bench, password=password, password_confirmation=password)
        answer = bench.call("POST", path, json_body=fields)
        bench.holds(("PE-438", "PE-476"), answer.status == 422, "422 for a password that breaks the rule")
        if password == "password1":  # noqa: S105 - the printed example
            bench.holds("PE-200", answer.refused, "the printed example to be refused")
    answer = bench.call(
        "POST", path, json_body=samples.user_fields(bench, password_confirmation=samples.PASSWORD[::-1])
    )
    bench.holds(("PE-439", "PE-476"), answer.status == 422, "422 for a confirmation that differs")


@REGISTER.contract("proctorexam.users.taken", "PE-305", profile=Profile.STANDARD)
def taken_email(bench: Bench) -> None:
    """An e-mail address can be taken once."""
    made = samples.new_user(bench)
    answer = bench.call(
        "POST",
        f"/institutes/{samples.institute(bench)['id']}/users",
        json_body=samples.user_fields(bench, email=made["email"]),
    )
    bench.holds("PE-305", answer.status == 422 and TAKEN.encode() in answer.body, f"422 with {TAKEN!r}")


@REGISTER.contract(
    "proctorexam.users.read",
    "PE-201",
    "PE-205",
    "PE-426",
    "PE-427",
    "PE-428",
    "PE-429",
    "PE-430",
    "PE-433",
    profile=Profile.STANDARD,
)
def show_and_list(bench: Bench) -> None:
    """The short user in the list, and the same without omniauth_config_id alone."""
    made = samples.new_user(bench)
    path = f"/institutes/{samples.institute(bench)['id']}/users"
    listed = bench.call("GET", path).at("users")
    found = next((one for one in listed or [] if one.get("id") == made["id"]), None)
    bench.holds(("PE-426", "PE-427", "PE-428"), found is not None, "the user in the list")
    shown = bench.call("GET", f"{path}/{made['id']}").at("user")
    bench.holds(
        ("PE-429", "PE-430", "PE-433"), isinstance(shown, dict) and shown.get("id") == made["id"], "the user"
    )
    if found is not None and isinstance(shown, dict):
        bench.holds(
            "PE-201",
            set(shown) == set(found) - {"omniauth_config_id"},
            "the fields of the list without omniauth_config_id",
        )
        bench.holds(
            "PE-205", "secret_key" not in shown and "secret_key" not in found, "the short user without keys"
        )


@REGISTER.contract(
    "proctorexam.users.update",
    "PE-097",
    "PE-442",
    "PE-443",
    "PE-179",
    "PE-444",
    "PE-445",
    "PE-205",
    profile=Profile.STANDARD,
)
def update(bench: Bench) -> None:
    """Reports are switched and timed; their frequency is day, week or month."""
    path = f"/institutes/{samples.institute(bench)['id']}/users/{samples.new_user(bench)['id']}"
    answer = bench.call("PATCH", path, json_body={"receives_reports": True})
    bench.holds(
        ("PE-442", "PE-443", "PE-444"),
        answer.accepted and answer.at("user", "receives_reports") is True,
        "reports switched on",
    )
    bench.holds("PE-205", {"api_token", "secret_key"} <= set(answer.at("user") or {}), "the long user")
    for frequency in ("day", "week", "month"):
        answer = bench.call("PUT", path, json_body={"report_frequency": frequency})
        kept = answer.accepted and answer.at("user", "report_frequency") == frequency
        bench.holds(("PE-097", "PE-445", "PE-179"), kept, f"report_frequency {frequency} to be kept")
    answer = bench.call("PATCH", path, json_body={"report_frequency": "year"})
    bench.holds("PE-097", answer.refused, "report_frequency year to be refused")


@REGISTER.contract("proctorexam.users.destroy", "PE-337", "PE-447", "PE-448", profile=Profile.STANDARD)
def destroy(bench: Bench) -> None:
    """A destroyed user is gone."""
    path = f"/institutes/{samples.institute(bench)['id']}/users/{samples.new_user(bench)['id']}"
    answer = bench.call("DELETE", path)
    bench.holds(("PE-447", "PE-448", "PE-337"), answer.accepted and answer.json == {}, "an empty object")
    bench.holds("PE-447", bench.call("GET", path).status == 404, "404 afterwards")


@REGISTER.contract("proctorexam.users.identity_provider", "PE-441", "PE-446", destructive=True)
def identity_provider(bench: Bench) -> None:
    """A user of the provider's own institute signs in by it; ids that nobody has are refused."""
    providers = bench.call("GET", "/identity_providers").at("identity_providers")
    bench.need(providers, "no identity provider is set up")
    provider = providers[0]
    # The list does not say whose it is; the account's own institute is the first one.
    path = f"/institutes/{bench.call('GET', '/institutes').at('institutes', 0, 'id')}/users"
    fields = samples.user_fields(bench, omniauth_config_id=provider["id"])
    made = samples.made(bench, bench.call("POST", path, json_body=fields), "user")
    listed = bench.call("GET", path).at("users") or []
    kept = [one.get("omniauth_config_id") for one in listed if one.get("id") == made["id"]]
    bench.holds("PE-441", kept == [provider["id"]], "the provider that was sent in the list of users")
    answer = bench.call("PATCH", f"{path}/{made['id']}", json_body={"omniauth_config_id": 2_000_000_000})
    bench.holds("PE-446", answer.refused, "a provider that nobody has to be refused")


@REGISTER.contract("proctorexam.users.keys", "PE-020", "PE-014", "PE-026", profile=Profile.STANDARD)
def keys_belong_to_a_user(bench: Bench) -> None:
    """The keys of a new user open the API, and those of a destroyed user do not."""
    from contracts.proctorexam.auth import ACCEPT, new_nonce, sign  # noqa: PLC0415

    made = samples.new_user(bench, role="administrator")
    pairs = {"timestamp": str(bench.clock.now_ms()), "nonce": new_nonce()}
    query = {**pairs, "signature": sign(pairs.items(), str(made.get("secret_key")))}
    headers = {"Authorization": f"Token token={made.get('api_token')}", "Accept": ACCEPT}
    answer = bench.call("GET", "/exams", sign=False, query=query, headers=headers)
    bench.holds("PE-020", answer.status == 200, "the keys of the new user to be let in")
    mixed = {**pairs, "nonce": new_nonce()}
    mixed["signature"] = sign(mixed.items(), bench.credentials["secret_key"])
    answer = bench.call("GET", "/exams", sign=False, query=mixed, headers=headers)
    bench.holds("PE-026", answer.refused, "a token with the secret key of another user to be refused")
