"""Vendors that refuse nothing, for servers that record what the harness sends."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlsplit


def consero(method: str, path: str, body: bytes) -> tuple[int, Any]:
    """A Consero that refuses nothing, so that everything the harness would send is sent."""
    fields = json.loads(body) if body[:1] == b"{" and body[-1:] == b"}" else {}
    if method == "GET":
        return 200, [{"testId": 119, "testName": "Technology - Email Test"}]
    if path.endswith("/allocate-candidate"):
        data = {**fields, "invite_id": 142, "invite_link": "http://127.0.0.1:9/exam/start/A3bk"}
        return 201, {
            "success": True,
            "message": "Candidate allocated to examination successfully.",
            "data": data,
        }
    data = {"invite_id": fields.get("invite_id"), "status": "inValid"}
    return 200, {"success": True, "message": "Allocation cancelled successfully.", "data": data}


def proctorexam(method: str, path: str, _: bytes) -> tuple[int, Any]:
    """A ProctorExam in which every object has the number 7000 of the run or the number 1 of somebody else."""
    words = urlsplit(path).path.removeprefix("/api/v3/").split("/")
    if method == "GET":
        key = words[-1] if not words[-1].isdigit() else words[-2].rstrip("s")
        return 200, {key: [{"id": 1}] if key == words[-1] else {"id": 1}}
    return 200, {words[-1].rstrip("s"): {"id": 7000}, "student": {"id": 7000}}


def constructor(*_: object) -> tuple[int, Any]:
    return 200, {"message": "finished"}
