// In the way of the CATS contest system, which is in Perl (CP-244): a JWS made by hand with the header order
// typ, alg, exp now + 30 s in the data token (CP-026), camel-case weights (CP-111), offsets of hours (CP-157).
import { createHmac, randomInt } from "node:crypto";

const { CONSTRUCTOR_BASE_URL: base, CONSTRUCTOR_INTEGRATION_NAME: name } = process.env;

function jws(payload) {
  const encode = (data) => Buffer.from(data).toString("base64").replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
  const input = `${encode('{"typ":"JWT", "alg":"HS256"}')}.${encode(JSON.stringify(payload))}`;
  const mac = createHmac("sha256", process.env.CONSTRUCTOR_JWT_SECRET).update(input).digest();
  return `${input}.${encode(mac)}`;
}

// Local time ten hours east of Greenwich, as `strftime '%FT%T%z'` cut short.
const local = (shift) => new Date(Date.now() + 36_000_000 + shift).toISOString().slice(0, 19) + "+10";

const sessionId = `cats-${randomInt(1e9)}`;
const payload = {
  exp: Math.floor(Date.now() / 1000) + 30,
  userId: "17", lastName: "Иванов", firstName: "Иван", thirdName: "Иванович", language: "ru",
  accountId: "cats", accountName: "CATS", examId: "contest-5", examName: "Contest №5", courseName: "",
  duration: 300, schedule: false, proctoring: "auto", identification: "face_and_passport",
  startDate: local(-60_000), endDate: local(3_600_000),
  rules: { allow_to_use_websites: false, allow_to_use_paper: true, allow_absence_in_frame: true },
  scoreConfig: {
    cheaterLevel: 80, extraUserInFrame: 1.0, substitutionUser: 1.0, noUserInFrame: 1.0, avertEyes: 1.0,
    changeActiveWindowOnComputer: 1.0, forbiddenDevice: 1.0, voiceDetected: 1.0, phone: 1.0,
  },
  sessionId, sessionUrl: "https://cats.example/cats/main.pl?f=problems;cid=5",
};

const answer = await fetch(`${base}/integration/simple/${name}/start/`, {
  method: "POST",
  body: new URLSearchParams({ token: jws(payload) }),
  redirect: "manual",
});
console.log(JSON.stringify({ call: "start", session: sessionId, status: answer.status, location: answer.headers.get("location") }));
const late = jws({ ...payload, exp: Math.floor(Date.now() / 1000) - 1 });
const refused = await fetch(`${base}/integration/simple/${name}/start/`, {
  method: "POST",
  body: new URLSearchParams({ token: late }),
  redirect: "manual",
});
console.log(JSON.stringify({ call: "late start", status: refused.status }));
