"""In the way of the public Python wrapper (PE-455): JSON bodies, a query on GET, trailing slashes.

The nonce is in milliseconds (PE-061); values are signed as Python prints them: `True`, not `true` (PE-046).
"""

import hashlib
import hmac
import json
import os
import sys
import time
import urllib.error
import urllib.parse
import urllib.request


class ProctorExam:
    def __init__(self, base_url, api_token, secret_key):
        self.base_url = base_url
        self.secret_key = secret_key
        self.headers = {
            "Authorization": f"Token token={api_token}",
            "Accept": "application/vnd.procwise.v3",
            "Content-Type": "application/json",
        }

    def sign(self, parameters):
        text = "?".join(f"{name}={parameters[name]}" for name in sorted(parameters))
        return hmac.new(self.secret_key.encode(), text.encode(), hashlib.sha256).hexdigest()

    def request(self, method, path, parameters=None, **path_ids):
        now = int(time.time() * 1000)
        sent = {**(parameters or {}), "nonce": now, "timestamp": now}
        sent["signature"] = self.sign({**sent, **path_ids})
        url = f"{self.base_url}/{path}"
        body = None
        if method == "GET":
            url += "?" + urllib.parse.urlencode(sent)
        else:
            body = json.dumps(sent).encode()
        request = urllib.request.Request(url, body, self.headers, method=method)
        try:
            with urllib.request.urlopen(request) as answer:
                return answer.status, json.load(answer)
        except urllib.error.HTTPError as problem:
            return problem.code, json.load(problem)  # 401, 403, 404 and 422 are read as JSON too (PE-024)


def main():
    api = ProctorExam(
        os.environ["PROCTOREXAM_BASE_URL"],
        os.environ["PROCTOREXAM_API_TOKEN"],
        os.environ["PROCTOREXAM_SECRET_KEY"],
    )

    def say(call, answer):
        print(json.dumps({"call": call, "status": answer[0], "body": answer[1]}), flush=True)
        time.sleep(0.002)  # the next nonce is the next millisecond
        return answer[1]

    say("institutes", api.request("GET", "institutes/"))
    exam = {"name": "Wrapped", "type": "classic", "start_time": "2030-01-01T10:00:00Z"}
    exam_id = say("new exam", api.request("POST", "exams/", exam))["exam"]["id"]
    student = {"name": "Ada", "email": "ada@example.com", "skip_requirements": "true"}
    path = f"exams/{exam_id}/student_sessions/"
    session = say("new student", api.request("POST", path, student, exam_id=exam_id))
    path = f"student_sessions/{session['student']['id']}/"
    say("student", api.request("GET", path, id=session["student"]["id"]))
    say("students", api.request("GET", "student_sessions/", {"page": 1, "limit": 10}))
    say("same email", api.request("POST", f"exams/{exam_id}/student_sessions/", student, exam_id=exam_id))
    say("unknown student", api.request("GET", "student_sessions/999/", id=999))
    say("boolean", api.request("POST", "exams/", {**exam, "mobile_cam": True}))


if __name__ == "__main__":
    sys.exit(main())
