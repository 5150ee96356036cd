// In the way of the public Go clients (PE-456, PE-457): parameters in the query, ids signed and not sent,
// a random nonce below 1e16, no look at the status. The vendor's own one does not sort what it signs (PE-051).
import { createHmac } from "node:crypto";

const { PROCTOREXAM_BASE_URL: base, PROCTOREXAM_API_TOKEN: token, PROCTOREXAM_SECRET_KEY: secret } = process.env;

async function call(name, method, path, parameters = {}, pathIds = {}, sorted = true) {
  const sent = { timestamp: Date.now(), nonce: Math.floor(Math.random() * 1e16), ...parameters };
  const names = Object.keys({ ...sent, ...pathIds });
  if (sorted) names.sort();
  const text = names.map((key) => `${key}=${{ ...sent, ...pathIds }[key]}`).join("?");
  const query = new URLSearchParams(sent);
  query.set("signature", createHmac("sha256", secret).update(text).digest("hex"));
  const answer = await fetch(`${base}${path}?${query}`, {
    method,
    headers: { Authorization: `Token token=${token}`, Accept: "application/vnd.procwise.v3" },
  });
  const body = await answer.json();
  console.log(JSON.stringify({ call: name, status: answer.status, body }));
  return body;
}

const { exams } = await call("exams", "GET", "/exams");
await call("exam", "GET", `/exams/${exams[0].id}`, {}, { id: exams[0].id });
const { users } = await call("users", "GET", "/institutes/1/users", {}, { institute_id: 1 });
await call("user", "GET", `/institutes/1/users/${users[0].id}`, {}, { institute_id: 1, id: users[0].id });
const { students } = await call("students", "GET", `/exams/${exams[0].id}/index_students`, {}, { id: exams[0].id });
await call("student", "GET", `/student_sessions/${students[0].id}`, {}, { id: students[0].id });
await call("new exam", "POST", "/exams", { name: "Gone & back", type: "classic" });
await call("unsorted", "GET", "/institutes", {}, {}, false);
