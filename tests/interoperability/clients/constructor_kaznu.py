"""In the way of a public Open edX client (CP-245): numbers as ids, no account, microseconds, unknown rules.

The browser opens the start with GET (CP-032), and later the finish, with `redirectUrl` in its query (CP-190).
"""

import base64
import hashlib
import hmac
import http.client
import json
import os
import urllib.parse
from datetime import UTC, datetime, timedelta

BASE = urllib.parse.urlsplit(os.environ["CONSTRUCTOR_BASE_URL"])
NAME = os.environ["CONSTRUCTOR_INTEGRATION_NAME"]


def part(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=")


def jwt(claims):
    text = part(b'{"typ":"JWT","alg":"HS256"}') + b"." + part(json.dumps(claims).encode())
    mac = hmac.new(os.environ["CONSTRUCTOR_JWT_SECRET"].encode(), text, hashlib.sha256).digest()
    return (text + b"." + part(mac)).decode()


def utc(**shift):
    """What `datetime.utcnow().isoformat() + "Z"` gives, always with microseconds."""
    return (datetime.now(UTC) + timedelta(**shift)).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def browse(call, path, query):
    connection = http.client.HTTPConnection(BASE.netloc)
    connection.request("GET", f"{BASE.path}/integration/simple/{NAME}/{path}?{urllib.parse.urlencode(query)}")
    answer = connection.getresponse()
    answer.read()
    location = answer.getheader("Location")
    print(json.dumps({"call": call, "status": answer.status, "location": location}))
    connection.close()


CLAIMS = {
    "userId": 12,
    "lastName": "Сейтқали",
    "firstName": "Айгүл",
    "language": "kk",
    "accountName": "KazNU",
    "examId": 340,
    "examName": "Midterm",
    "examDesc": "Open edX",
    "courseName": "course-v1:kaznu+CS101+2026",
    "duration": 40,
    "schedule": False,
    "proctoring": "online",
    "startDate": utc(minutes=-1),
    "endDate": utc(hours=2),
    "trial": False,
    "rules": {"allow_to_use_books": True, "allow_multiple_monitors": False},
    "sessionId": 90125,
    "sessionUrl": "https://open.kaznu.example/courses/course-v1:kaznu+CS101+2026/courseware/",
    "redirectUrl": "https://open.kaznu.example/dashboard",
}

if __name__ == "__main__":
    browse("start", "start/", {"token": jwt(CLAIMS)})
    browse("finish", f"finish/{CLAIMS['sessionId']}/", {"redirectUrl": CLAIMS["redirectUrl"]})
