// In the way of the SDK's demo page (CP-246): a JOSE header with `alg` alone, times with milliseconds, the
// account's number as text. The form is a multipart one (CP-031).
import { createHmac } from "node:crypto";

const { CONSTRUCTOR_BASE_URL: base, CONSTRUCTOR_INTEGRATION_NAME: name } = process.env;

class SignJWT {
  constructor(claims) { this.claims = claims; }
  setProtectedHeader(header) { this.header = header; return this; }
  sign(secret) {
    const encode = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");
    const input = `${encode(this.header)}.${encode(this.claims)}`;
    return `${input}.${createHmac("sha256", secret).update(input).digest("base64url")}`;
  }
}

const sessionId = crypto.randomUUID();
const claims = {
  exp: Math.floor(Date.now() / 1000) + 60,
  userId: "demo", lastName: "Doe", firstName: "Jane", language: "en",
  accountId: "123", accountName: "Demo", examId: "sdk-demo", examName: "SDK demo",
  duration: 30, schedule: false, proctoring: "offline",
  startDate: new Date(Date.now() - 60_000).toISOString(), endDate: new Date(Date.now() + 3_600_000).toISOString(),
  scoreConfig: { cheater_level: 70, voice: 0.5 },
  sessionId, sessionUrl: "https://demo.example/test",
};
const secret = process.env.CONSTRUCTOR_JWT_SECRET;
const form = new FormData();
form.set("token", new SignJWT(claims).setProtectedHeader({ alg: "HS256" }).sign(secret));
const answer = await fetch(`${base}/integration/simple/${name}/start/`, { method: "POST", body: form, redirect: "manual" });
console.log(JSON.stringify({ call: "start", session: sessionId, status: answer.status, location: answer.headers.get("location") }));
const page = await fetch(new URL(answer.headers.get("location") ?? "", answer.url));
console.log(JSON.stringify({ call: "page", status: page.status, body: await page.text() }));
