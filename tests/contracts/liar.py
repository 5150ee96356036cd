"""A fake of Consero as people write it in half an hour: it looks right and is wrong in eight ways.

It takes any key in the right header and asks for no address; examination ids are texts; nothing is validated;
cancelling says "invalid" and cancels nothing; the report repeats its ids as numbers and has no metadata.
"""

import json
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count

NUMBERS = count(142)


class Liar(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def do_GET(self) -> None:
        self.answer(200, [{"testId": "119", "testName": "Technology - Email Test"}])

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        fields = json.loads(body) if body[:1] == b"{" and body[-1:] == b"}" else {}
        if self.path.endswith("/allocate-candidate"):
            data = {**fields, "invite_id": next(NUMBERS), "invite_link": "/exam/start/A3bk"}
            message = "Candidate allocated to examination successfully."
            self.answer(201, {"success": True, "message": message, "data": data})
        elif self.path.endswith("/cancel-allocation"):
            data = {"invite_id": fields.get("invite_id"), "status": "invalid"}
            self.answer(200, {"success": True, "message": "Allocation cancelled successfully.", "data": data})
        else:
            self.answer(
                200, {"inviteId": fields.get("inviteId"), "testId": 119, "status": "Pass", "score": 74}
            )

    def answer(self, status: int, body: object) -> None:
        content = json.dumps(body).encode()
        if not self.headers.get("x-api-key"):
            status, content = 401, b'{"success": false, "message": "Unauthorized API key."}'
        head = (
            f"HTTP/1.1 {status} X\r\nContent-Type: application/json\r\nContent-Length: {len(content)}\r\n\r\n"
        )
        self.wfile.write(head.encode() + content)


server = ThreadingHTTPServer(("127.0.0.1", 0), Liar)
sys.stdout.write(f"{server.server_port}\n")
sys.stdout.flush()
server.serve_forever()
