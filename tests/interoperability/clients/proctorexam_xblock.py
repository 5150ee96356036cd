"""In the way of the openfun xblock (PE-458): a JSON body on GET, seconds as nonce, `context_id` along."""

import hashlib
import hmac
import http.client
import json
import os
import random
import time
import urllib.parse


def signed(parameters, secret_key):
    text = "?".join(f"{name}={value}" for name, value in sorted(parameters.items()))
    signature = hmac.new(secret_key.encode("utf-8"), text.encode("utf-8"), hashlib.sha256).hexdigest()
    return {**parameters, "signature": signature}


def get_student(exam_id, student_lms_id, nonce):
    """Ask how far the student is; 404 with JSON means that the session is not set up yet (PE-160)."""
    base = urllib.parse.urlsplit(os.environ["PROCTOREXAM_BASE_URL"])
    parameters = {
        "id": exam_id,
        "timestamp": int(time.time()) * 1000,
        "nonce": nonce,
        "student_lms_id": student_lms_id,
        "resource_link_id": "course-v1:openfun+1+2-abc",
        "context_id": "course-v1:openfun+1+2",
    }
    connection = http.client.HTTPConnection(base.netloc)
    connection.request(
        "GET",
        f"{base.path}/exams/{exam_id}/show_lti_student",
        body=json.dumps(signed(parameters, os.environ["PROCTOREXAM_SECRET_KEY"])),
        headers={
            "Content-Type": "application/json",
            "Accept": "application/vnd.procwise.v3",
            "Authorization": f"Token token={os.environ['PROCTOREXAM_API_TOKEN']}",
        },
    )
    answer = connection.getresponse()
    found = json.loads(answer.read())
    connection.close()
    return {"status": answer.status, "body": found, "student": found.get("student", {}).get("status")}


if __name__ == "__main__":
    # Seconds are the nonces of this client: a second call within one second draws another number.
    now = int(time.time())
    print(json.dumps({"call": "no student yet", **get_student(1, "nobody", now)}))
    print(json.dumps({"call": "student", **get_student(1, "lms-student-1", now + random.randint(1, 10**6))}))
    print(json.dumps({"call": "same second", **get_student(1, "lms-student-1", now)}))
