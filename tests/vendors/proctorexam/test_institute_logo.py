"""The logo of an institute, which is uploaded."""

from __future__ import annotations

import pytest
from proctorexam_customer import Customer, institute_of

NEW = {"name": "New", "short_name": "n"}


def test_logo_fills_its_fields(customer_on_each_store: Customer) -> None:
    """PE-120, PE-172, PE-494."""
    customer = customer_on_each_store
    files = {"logo_image": ("../logos/our logo.png", b"\x89PNG\r\n", "image/png; charset=x")}
    made = institute_of(customer.send("POST", "/institutes", customer.signed(NEW), place="data", files=files))
    assert made["logo_image_file_name"] == "our_logo.png"
    assert made["logo_image_content_type"] == "image/png"
    assert made["logo_image_file_size"] == 6
    assert made["logo_image_updated_at"] == made["created_at"]
    assert made["logo_image"].startswith("/logo_images/original/")
    assert "logo" not in made["logo_image"].removeprefix("/logo_images/original/")


def test_logo_can_be_replaced(customer: Customer) -> None:
    logos = [{"logo_image": ("a.png", b"1", "image/png")}, {"logo_image": ("b.gif", b"22", "image/gif")}]
    first, second = (
        institute_of(customer.send("PATCH", "/institutes/1", customer.signed(), place="data", files=files))
        for files in logos
    )
    assert (second["logo_image_file_name"], second["logo_image_file_size"]) == ("b.gif", 2)
    assert second["logo_image"] != first["logo_image"]


def test_file_field_without_a_file_is_not_sent(customer: Customer) -> None:
    """As a browser sends a form in which no file was chosen."""
    part = b'--x\r\nContent-Disposition: form-data; name="logo_image"; filename=""\r\n\r\n\r\n--x--\r\n'
    headers = {"content-type": "multipart/form-data; boundary=x"}
    signed = customer.signed(NEW)
    made = institute_of(customer.send("POST", "/institutes", signed, "params", content=part, headers=headers))
    assert made["logo_image"] == "/logo_images/original/missing.png"


@pytest.mark.parametrize("place", ["json", "data"])
def test_logo_must_be_a_file(customer: Customer, place: str) -> None:
    """PE-104."""
    answer = customer.call("POST", "/institutes", {**NEW, "logo_image": "logo.png"}, place=place)
    assert (answer.status_code, answer.json()) == (422, {"errors": {"logo_image": ["Must be a File"]}})


def test_file_is_no_string(customer: Customer) -> None:
    files = {"name": ("name.txt", b"New", "text/plain")}
    signed = customer.signed({"short_name": "n"})
    answer = customer.send("POST", "/institutes", signed, place="data", files=files)
    assert (answer.status_code, answer.json()) == (422, {"errors": {"name": ["Must be a String"]}})
