# In the way of a public Rails platform (CP-243): the browser opens the start with GET and `?token=` (CP-032),
# first and last name are swapped (CP-159), the duration may be 0, and a finish has no body.
require "json"
require "net/http"
require "openssl"
require "securerandom"
require "time"

BASE_URL = ENV.fetch("CONSTRUCTOR_BASE_URL")
NAME = ENV.fetch("CONSTRUCTOR_INTEGRATION_NAME")

def part(text) = [text].pack("m0").tr("+/", "-_").delete("=")

def jwt(claims)
  input = "#{part({ typ: 'JWT', alg: 'HS256' }.to_json)}.#{part(claims.to_json)}"
  "#{input}.#{part(OpenSSL::HMAC.digest('SHA256', ENV.fetch('CONSTRUCTOR_JWT_SECRET'), input))}"
end

def say(call, answer)
  body = JSON.parse(answer.body) rescue nil
  puts({ call: call, status: answer.code.to_i, location: answer["Location"], body: body }.to_json)
end

def lms(call, method, path)
  uri = URI("#{BASE_URL}/api/v2/integration/simple/#{NAME}/#{path}")
  request = Net::HTTP.const_get(method.capitalize).new(uri)
  request["Authorization"] = "JWT #{jwt(exp: Time.now.to_i + 30)}"
  say(call, Net::HTTP.start(uri.host, uri.port) { |http| http.request(request) })
end

session = SecureRandom.uuid
claims = {
  userId: "5", lastName: "Ada", firstName: "Lovelace", language: "ru",
  accountId: 42, accountName: "Platform", examId: "77", examName: "Контрольная работа",
  duration: 0, schedule: false, proctoring: "offline", identification: "face", ldb: false, trial: true,
  startDate: (Time.now - 60).iso8601, endDate: (Time.now.utc + 3600).iso8601,
  sessionId: session, sessionUrl: "https://platform.example/attempts/5",
  sessionFinishUrl: "https://platform.example/attempts/5/done"
}
uri = URI("#{BASE_URL}/integration/simple/#{NAME}/start/")
uri.query = URI.encode_www_form(token: jwt(claims))
say("start", Net::HTTP.get_response(uri))
lms("status", "get", "sessions/#{session}/status/")
say("start again", Net::HTTP.get_response(uri))
lms("finish", "post", "sessions/#{session}/finish/")
lms("finish again", "post", "sessions/#{session}/finish/")
lms("unknown", "get", "sessions/#{SecureRandom.uuid}/status/")
