"""Token, timestamp, signature, nonce: every operation refuses alike, and says what its own page prints."""

from __future__ import annotations

import hashlib
import hmac
import re
from typing import Any

import pytest
from proctorexam_customer import BASE, SECRET, TOKEN, Customer, sign

PAGE = {"error": "You are not authorized to access this page."}
ENDPOINT = {"error": "You are not authorized to access this endpoint"}

# The 59 method and path rows, with the refusal that each page prints (PE-214, PE-220, PE-317, PE-424).
ROWS: list[tuple[str, str, int, dict[str, str]]] = [
    ("GET", "/exams/1/attachments", 403, PAGE),
    ("POST", "/exams/1/attachments", 403, PAGE),
    ("GET", "/exams/1/attachments/1", 403, PAGE),
    ("DELETE", "/exams/1/attachments/1", 403, PAGE),
    ("GET", "/exams/1/documents", 403, PAGE),
    ("POST", "/exams/1/documents", 403, PAGE),
    ("GET", "/exams/1/documents/1", 403, PAGE),
    ("PATCH", "/exams/1/documents/1", 403, PAGE),
    ("PUT", "/exams/1/documents/1", 403, PAGE),
    ("DELETE", "/exams/1/documents/1", 403, PAGE),
    ("GET", "/exams", 403, PAGE),
    ("POST", "/exams", 403, PAGE),
    ("GET", "/exams/1", 403, PAGE),
    ("PATCH", "/exams/1", 403, PAGE),
    ("PUT", "/exams/1", 403, PAGE),
    ("DELETE", "/exams/1", 403, PAGE),
    ("GET", "/exams/1/index_students", 403, PAGE),
    ("GET", "/exams/1/show_student", 403, PAGE),
    ("GET", "/exams/1/show_lti_student", 403, PAGE),
    ("POST", "/exams/1/add_student", 403, PAGE),
    ("DELETE", "/exams/1/delete_student", 403, PAGE),
    ("POST", "/exams/1/send_emails", 403, PAGE),
    ("PUT", "/exams/1/add_comanager", 403, PAGE),
    ("DELETE", "/exams/1/remove_comanager", 403, PAGE),
    ("GET", "/identity_providers", 401, PAGE),
    ("GET", "/institutes", 403, PAGE),
    ("POST", "/institutes", 403, PAGE),
    ("GET", "/institutes/1", 403, PAGE),
    ("PATCH", "/institutes/1", 403, PAGE),
    ("PUT", "/institutes/1", 403, PAGE),
    ("DELETE", "/institutes/1", 403, PAGE),
    ("GET", "/lti_resources", 401, PAGE),
    ("POST", "/lti_resources", 403, PAGE),
    ("GET", "/lti_resources/1", 401, PAGE),
    ("PATCH", "/lti_resources/1", 403, PAGE),
    ("PUT", "/lti_resources/1", 403, PAGE),
    ("DELETE", "/lti_resources/1", 403, PAGE),
    ("GET", "/student_sessions", 403, PAGE),
    ("GET", "/exams/1/student_sessions", 403, PAGE),
    ("POST", "/exams/1/student_sessions", 403, PAGE),
    ("GET", "/student_sessions/1", 403, PAGE),
    ("PATCH", "/student_sessions/1", 403, PAGE),
    ("PUT", "/student_sessions/1", 403, PAGE),
    ("DELETE", "/student_sessions/1", 403, PAGE),
    ("POST", "/student_sessions/1/assign_proctor", 403, PAGE),
    ("POST", "/student_sessions/1/end_exam", 403, PAGE),
    ("GET", "/student_sessions/0123456789abcdef0123456789abcdef/reviewable", 403, PAGE),
    ("GET", "/tool_providers", 401, PAGE),
    ("POST", "/tool_providers", 403, PAGE),
    ("GET", "/tool_providers/1", 401, PAGE),
    ("PATCH", "/tool_providers/1", 403, PAGE),
    ("PUT", "/tool_providers/1", 403, PAGE),
    ("DELETE", "/tool_providers/1", 401, ENDPOINT),
    ("GET", "/institutes/1/users", 403, PAGE),
    ("POST", "/institutes/1/users", 403, PAGE),
    ("GET", "/institutes/1/users/2", 403, PAGE),
    ("PATCH", "/institutes/1/users/2", 403, PAGE),
    ("PUT", "/institutes/1/users/2", 403, PAGE),
    ("DELETE", "/institutes/1/users/2", 403, PAGE),
]


@pytest.mark.parametrize(("method", "path", "status", "body"), ROWS)
def test_caller_without_credentials_is_refused(
    default_customer: Customer, method: str, path: str, status: int, body: dict[str, str]
) -> None:
    """PE-214, PE-220, PE-317, PE-424, PE-463."""
    answer = default_customer.client.request(method, BASE + path)
    assert (answer.status_code, answer.json()) == (status, body)
    assert answer.headers["content-type"] == "application/json"


@pytest.mark.parametrize(("method", "path", "status", "body"), ROWS)
def test_wrong_signature_is_refused_as_the_missing_token_is(
    default_customer: Customer, method: str, path: str, status: int, body: dict[str, str]
) -> None:
    """PE-019, PE-026, PE-057, PE-463."""
    spoilt = default_customer.signed() | {"signature": "0" * 64}
    answer = default_customer.send(method, path, spoilt)
    assert (answer.status_code, answer.json()) == (status, body)


def test_documents_list_as_many_rows_as_the_pages(default_customer: Customer) -> None:
    paths = default_customer.client.get("/proctorexam/openapi.json").json()["paths"]
    rows = {(method.upper(), path) for path, methods in paths.items() for method in methods}
    assert len(rows) == len(ROWS) == 59


@pytest.mark.parametrize(
    "headers",
    [
        {"authorization": ""},
        {"authorization": TOKEN},
        {"authorization": "Token"},
        {"authorization": "Token token="},
        {"authorization": 'Token token=""'},
        {"authorization": f"token token={TOKEN}"},
        {"authorization": f"Bearer {TOKEN}"},
        {"authorization": f'Token token="{TOKEN}'},
        {"authorization": f"Token token={TOKEN}, nonce=1"},
        {"authorization": f"Token token={TOKEN.upper()}"},
        {"authorization": f"Token token={TOKEN} " + "x"},
        {"authorization": "Token token=" + "t" * 10_000},
        {"authorization": "Token token=é".encode("latin-1")},
        {"authorization": "Token token=fake-proctorexam-tokem"},
    ],
)
def test_what_is_not_the_token_of_a_user_is_refused(default_customer: Customer, headers: Any) -> None:
    """PE-014, PE-015, PE-023."""
    answer = default_customer.call("GET", "/exams", headers=headers)
    assert (answer.status_code, answer.json()) == (403, PAGE)


@pytest.mark.parametrize("header", [f"Token token={TOKEN}", f'Token token="{TOKEN}"'])
def test_token_is_taken_bare_and_in_quotes(default_customer: Customer, header: str) -> None:
    """PE-014, PE-462."""
    assert default_customer.call("GET", "/exams", headers={"authorization": header}).status_code == 200


@pytest.mark.parametrize("second", [f"Token token={TOKEN}", "Token token=other"])
def test_two_authorization_headers_are_refused(default_customer: Customer, second: str) -> None:
    headers = [("authorization", f"Token token={TOKEN}"), ("authorization", second)]
    answer = default_customer.client.get(f"{BASE}/exams", headers=headers, params=default_customer.signed())
    assert (answer.status_code, answer.json()) == (403, PAGE)


def test_token_as_a_parameter_opens_nothing(default_customer: Customer) -> None:
    """PE-018: that was v2."""
    answer = default_customer.client.get(
        f"{BASE}/exams", params=default_customer.signed({"api_token": TOKEN})
    )
    assert (answer.status_code, answer.json()) == (403, PAGE)


@pytest.mark.parametrize("missing", ["timestamp", "nonce", "signature"])
@pytest.mark.parametrize("value", [None, ""])
def test_signing_parameters_are_required(customer: Customer, missing: str, value: str | None) -> None:
    """PE-019."""
    found = {"timestamp": customer.now_ms(), "nonce": "7", missing: value}
    kept = {name: text for name, text in found.items() if text is not None and name != "signature"}
    parameters = {**kept, "signature": sign(kept, customer.secret), missing: value}
    sent = {name: text for name, text in parameters.items() if text is not None}
    answer = customer.send("GET", "/exams", sent)
    assert (answer.status_code, answer.json()) == (403, PAGE)


NOT_NUMBERS = [
    "-1",
    "+1",
    "01",
    "1.0",
    "1e3",
    "0x1",
    "1_000",
    "１２",
    "NaN",
    "soon",
    " 1",
    "1 ",
    "9" * 5000,
    "-",
]


@pytest.mark.parametrize("name", ["timestamp", "nonce"])
@pytest.mark.parametrize("value", NOT_NUMBERS)
def test_timestamp_and_nonce_must_be_numbers(customer: Customer, name: str, value: str) -> None:
    """PE-059, PE-064, PE-105: the signature is right over the odd text."""
    answer = customer.call("POST", "/exams/1/send_emails", {name: value})
    assert (answer.status_code, answer.json()) == (403, PAGE)


@pytest.mark.parametrize("name", ["timestamp", "nonce"])
@pytest.mark.parametrize("value", [True, None, 1.5, [1], {"a": 1}])
def test_timestamp_and_nonce_are_no_other_json(customer: Customer, name: str, value: Any) -> None:
    signed = customer.signed({"timestamp": customer.now_ms(), "nonce": "8"})
    answer = customer.send("POST", "/exams/1/send_emails", {**signed, name: value})
    assert (answer.status_code, answer.json()) == (403, PAGE)


@pytest.mark.parametrize("as_type", [int, str])
def test_timestamp_and_nonce_are_taken_as_number_and_as_text(customer: Customer, as_type: Any) -> None:
    """PE-059, PE-064, PE-461: the example prints the nonce as text and the timestamp as number."""
    parameters = {"nonce": as_type(1527500365), "timestamp": as_type(customer.now_ms())}
    assert customer.call("POST", "/exams/1/send_emails", parameters).status_code == 200


@pytest.mark.parametrize(("seconds", "status"), [(-300, 200), (300, 200), (-300.001, 403), (300.001, 403)])
def test_timestamp_is_tolerated_for_300_seconds_both_ways(
    customer: Customer, seconds: float, status: int
) -> None:
    """PE-064, PE-065."""
    timestamp = customer.now_ms() + round(seconds * 1000)
    assert customer.call("GET", "/exams", {"timestamp": timestamp}).status_code == status


def test_timestamp_in_seconds_is_refused(customer: Customer) -> None:
    """PE-064: milliseconds."""
    assert customer.call("GET", "/exams", {"timestamp": customer.now_ms() // 1000}).status_code == 403


@pytest.mark.parametrize(
    ("tolerance", "seconds", "status"), [(60, 61, 403), (60, 60, 200), (0, 0, 200), (None, 10**8, 200)]
)
def test_tolerance_is_a_setting(customer: Customer, tolerance: int | None, seconds: int, status: int) -> None:
    customer.settings(timestamp_tolerance_seconds=tolerance)
    timestamp = customer.now_ms() - seconds * 1000
    assert customer.call("GET", "/exams", {"timestamp": timestamp}).status_code == status


def test_shifted_clock_of_the_sandbox_moves_the_window(customer: Customer) -> None:
    before_ms = customer.now_ms()
    customer.passes(3600)
    assert customer.call("GET", "/exams", {"timestamp": before_ms}).status_code == 403
    assert customer.call("GET", "/exams").status_code == 200


@pytest.mark.parametrize(
    "signature",
    [
        lambda right: right.upper(),
        lambda right: right[:32],
        lambda right: right + "0",
        lambda right: right + "\n",
        lambda right: "sha256=" + right,
        lambda right: "é" * 32,
    ],
)
def test_signature_in_another_form_is_refused(customer: Customer, signature: Any) -> None:
    """PE-032."""
    signed = customer.signed()
    answer = customer.send("GET", "/exams", signed | {"signature": signature(signed["signature"])})
    assert (answer.status_code, answer.json()) == (403, PAGE)


@pytest.mark.parametrize("secret", ["", "other", TOKEN, SECRET])
def test_another_secret_is_refused(customer: Customer, secret: str) -> None:
    """PE-026, PE-031."""
    customer.secret = secret
    assert customer.call("GET", "/exams").status_code == 403


@pytest.mark.parametrize("algorithm", ["sha1", "md5", "sha512"])
def test_another_digest_is_refused(customer: Customer, algorithm: str) -> None:
    found = {"nonce": "9", "timestamp": str(customer.now_ms())}
    text = f"nonce=9?timestamp={found['timestamp']}"
    signature = hmac.new(customer.secret.encode(), text.encode(), algorithm).hexdigest()
    assert customer.send("GET", "/exams", {**found, "signature": signature}).status_code == 403
    right = hmac.new(customer.secret.encode(), text.encode(), hashlib.sha256).hexdigest()
    assert customer.send("GET", "/exams", {**found, "signature": right}).status_code == 200


def test_python_boolean_signed_as_true_with_a_capital_is_refused(customer: Customer) -> None:
    """PE-045, PE-046: the JSON says true, the signature was made over True."""
    name = {"name": "Bug", "short_name": "b"}
    wrong = customer.signed({**name, "global_proctor": "True"}) | {"global_proctor": True}
    assert customer.send("POST", "/institutes", wrong).status_code == 403
    assert customer.call("POST", "/institutes", {**name, "global_proctor": True}).status_code == 200


def test_unknown_parameters_have_to_be_signed(customer: Customer) -> None:
    """PE-042, PE-052, PE-108: and are ignored then."""
    assert customer.call("GET", "/exams", {"colour": "green"}).status_code == 200
    assert customer.send("GET", "/exams", customer.signed() | {"colour": "green"}).status_code == 403


@pytest.mark.parametrize(
    ("setting", "ids", "status"),
    [
        ("either", None, 200),
        ("either", {"id": "1"}, 200),
        ("either", {"id": "2"}, 403),
        ("required", None, 403),
        ("required", {"id": "1"}, 200),
        ("never", None, 200),
        ("never", {"id": "1"}, 403),
    ],
)
def test_ids_of_the_url_are_signed_or_not_as_the_setting_says(
    customer: Customer, setting: str, ids: dict[str, str] | None, status: int
) -> None:
    """PE-033, PE-034, PE-035, PE-036."""
    customer.settings(url_ids_signed=setting)
    assert customer.call("GET", "/student_sessions/1", ids=ids).status_code == status


@pytest.mark.parametrize(("ids", "seen"), [(None, "unsigned"), ({"id": "1"}, "signed")])
def test_journal_says_whether_the_ids_were_signed(
    customer: Customer, ids: dict[str, str] | None, seen: str
) -> None:
    answer = customer.call("GET", "/student_sessions/1", ids=ids)
    entry = customer.control("GET", f"/requests/{answer.headers['x-mock-request-id']}").json()
    assert entry["notes"]["url_ids"] == seen


def test_both_ids_of_a_nested_path_are_signed(customer: Customer) -> None:
    """PE-033."""
    customer.settings(url_ids_signed="required")
    path, ids = "/institutes/1/users/2", {"institute_id": "1", "id": "2"}
    assert customer.call("GET", path, ids=ids).status_code == 200
    assert customer.call("GET", path, ids={"id": "2"}).status_code == 403


@pytest.mark.parametrize(("value", "status"), [("1", 200), (1, 200), ("2", 400), ("01", 400)])
def test_id_may_be_repeated_in_the_body_with_the_same_value(
    customer: Customer, value: Any, status: int
) -> None:
    """PE-034, PE-037, PE-483."""
    answer = customer.call("PATCH", "/student_sessions/1", {"id": value, "name": "Student 1"})
    assert answer.status_code == status


PLACES: list[dict[str, Any]] = [{"place": "params"}, {"place": "data"}, {"place": "json"}]


@pytest.mark.parametrize("extra", PLACES, ids=["query", "form", "json"])
@pytest.mark.parametrize("method", ["PATCH", "PUT"])
def test_parameters_may_stand_in_query_form_or_json(
    customer: Customer, method: str, extra: dict[str, Any]
) -> None:
    """PE-017, PE-042, PE-179."""
    answer = customer.call(method, "/student_sessions/1", {"name": "Zoë & Co = 100%?"}, **extra)
    assert (answer.status_code, answer.json()["student"]["name"]) == (200, "Zoë & Co = 100%?")


def test_query_and_body_are_one_set(customer: Customer) -> None:
    """PE-042."""
    signed = customer.signed({"name": "Both"})
    name = signed.pop("name")
    answer = customer.send("PATCH", "/student_sessions/1", {"name": name}, params=signed)
    assert (answer.status_code, answer.json()["student"]["name"]) == (200, "Both")


def test_json_body_on_get_is_read(customer: Customer) -> None:
    """PE-042, PE-458, PE-461."""
    answer = customer.call("GET", "/exams", {"status": "draft"}, place="json")
    assert (answer.status_code, answer.json()) == (200, {"exams": []})


def test_file_parts_are_not_signed(customer: Customer) -> None:
    """PE-043, PE-044."""
    signed = customer.signed({"name": "With logo", "short_name": "l"})
    files = {"logo_image": ("logo.png", b"\x89PNG", "image/png")}
    answer = customer.send("POST", "/institutes", signed, place="data", files=files)
    assert answer.status_code == 200
    assert answer.json()["institute"]["logo_image_file_name"] == "logo.png"


@pytest.mark.parametrize("path", ["/exams/", "/student_sessions/", "/institutes/", "/institutes/1/"])
def test_trailing_slash_is_tolerated(customer: Customer, path: str) -> None:
    """PE-455, PE-461."""
    assert customer.call("GET", path).status_code == 200


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (b"{", "application/json"),
        (b"{'name': 'Student 1'}", "application/json"),
        (b"[]", "application/json"),
        (b'"text"', "application/json"),
        (b'{"a": 1, "a": 1}', "application/json"),
        (b'{"a": "\\u0000"}', "application/json"),
        (b'{"a": "\\ud800"}', "application/json"),
        (b'{"a": NaN}', "application/json"),
        (b'{"a": 123456789012345678901234567890}', "application/json"),
        (b"a=1&a=1", "application/x-www-form-urlencoded"),
        (b"a=%FF", "application/x-www-form-urlencoded"),
        (b"--x\r\n", "multipart/form-data; boundary=x"),
        (b"a=1", "multipart/form-data"),
        (b"<a/>", "application/xml"),
        (b"{}", "text/plain"),
    ],
)
def test_body_that_cannot_be_read_cannot_be_signed(
    customer: Customer, body: bytes, content_type: str
) -> None:
    """PE-007, PE-468, PE-483: the notation of the printed examples is no JSON either."""
    answer = customer.send(
        "POST",
        "/institutes",
        customer.signed(),
        place="params",
        content=body,
        headers={"content-type": content_type},
    )
    assert (answer.status_code, answer.json()) == (400, {"error": "Bad Request"})


def test_unknown_token_is_refused_before_the_body_is_read(default_customer: Customer) -> None:
    headers = {"authorization": "Token token=nobody", "content-type": "application/json"}
    answer = default_customer.client.post(f"{BASE}/institutes", content=b"{", headers=headers)
    assert (answer.status_code, answer.json()) == (403, PAGE)


@pytest.mark.parametrize("place", ["params", "json"])
def test_parameter_in_query_and_body_is_refused_even_when_equal(customer: Customer, place: str) -> None:
    """PE-483."""
    signed = customer.signed({"name": "Twice"})
    answer = customer.send("PATCH", "/student_sessions/1", signed, params={"name": "Twice"})
    assert (answer.status_code, answer.json()) == (400, {"error": "Bad Request"})


def test_names_with_brackets_are_just_names(customer: Customer) -> None:
    answer = customer.call("PATCH", "/student_sessions/1", {"student[name]": "Other"}, place="data")
    assert (answer.status_code, answer.json()["student"]["name"]) == (200, "Student 1")


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/nothing"),
        ("GET", ""),
        ("POST", "/institutes/1"),
        ("OPTIONS", "/institutes/1"),
        ("GET", "/exams/1/add_student"),
        ("PATCH", "/exams"),
    ],
)
def test_unknown_path_or_method_is_not_found(customer: Customer, method: str, path: str) -> None:
    """PE-469: Rails finds routes by path and method."""
    answer = customer.call(method, path)
    assert (answer.status_code, answer.json()) == (404, {"error": "Not Found"})


@pytest.mark.parametrize("override", [{"headers": {"x-http-method-override": "DELETE"}}, {}])
def test_method_cannot_be_overridden(customer: Customer, override: dict[str, Any]) -> None:
    answer = customer.call("POST", "/exams/1/send_emails", {"_method": "DELETE"}, place="data", **override)
    assert answer.status_code == 200
    assert customer.call("GET", "/exams/1").status_code == 200


def test_version_in_accept_is_wanted_where_the_sandbox_says_so(customer: Customer) -> None:
    """PE-016, PE-025."""
    plain = {"headers": {"accept": "application/json"}}
    assert customer.call("GET", "/exams", **plain).status_code == 200
    customer.settings(accept_required=True)
    answer = customer.call("GET", "/exams", **plain)
    assert (answer.status_code, answer.json()) == (406, {"error": "Not Acceptable"})
    assert customer.call("GET", "/exams").status_code == 200


@pytest.mark.parametrize("key", ["errors", "message"])
def test_key_of_a_message_is_a_setting(customer: Customer, key: str) -> None:
    """PE-066, PE-068."""
    customer.settings(text_error_key=key)
    assert customer.call("GET", "/exams/77").json() == {key: "Couldn't find Exam with 'id'='77'"}


def test_keys_of_a_new_sandbox_look_like_those_of_the_page(customer: Customer) -> None:
    """PE-020, PE-021."""
    assert re.fullmatch("[A-Za-z0-9_-]{22}", customer.token)
    assert re.fullmatch("[A-Za-z0-9_-]{43}", customer.secret)
    assert customer.call("GET", "/institutes/1").status_code == 200


def test_default_keys_have_the_lengths_of_the_page() -> None:
    """PE-020."""
    assert (len(TOKEN), len(SECRET)) == (22, 43)


def test_first_user_of_a_sandbox_without_seed_is_let_in(customer_on_each_store: Customer) -> None:
    """PE-020: the keys belong to a user, so the user is there although nothing else is."""
    empty = customer_on_each_store.new_sandbox(seed=False)
    answer = empty.call("GET", "/exams")
    assert (answer.status_code, answer.json()) == (200, {"exams": []})
    assert [institute["id"] for institute in empty.call("GET", "/institutes").json()["institutes"]] == [1]
