# In the way of the public Ruby scripts (PE-460): JSON bodies, ids of the path signed (PE-033), seconds as nonce.
require "json"
require "net/http"
require "openssl"
require "securerandom"

BASE_URL = ENV.fetch("PROCTOREXAM_BASE_URL")
TOKEN = ENV.fetch("PROCTOREXAM_API_TOKEN")
SECRET = ENV.fetch("PROCTOREXAM_SECRET_KEY")

# Without the ids of the path the signature is wrong.
def generate_parameters(params, path_ids = {})
  params = params.merge("nonce" => Time.now.to_i + SecureRandom.random_number(1_000_000),
                        "timestamp" => (Time.now.to_f * 1000).to_i)
  text = params.merge(path_ids).sort.map { |name, value| "#{name}=#{value}" }.join("?")
  params.merge("signature" => OpenSSL::HMAC.hexdigest("SHA256", SECRET, text))
end

def call(name, method, path, params = {}, path_ids = {})
  uri = URI("#{BASE_URL}/#{path}")
  request = Net::HTTP.const_get(method.capitalize).new(uri)
  request["Authorization"] = "Token token=#{TOKEN}"
  request["Accept"] = "application/vnd.procwise.v3"
  request["Content-Type"] = "application/json"
  request.body = generate_parameters(params, path_ids).to_json
  answer = Net::HTTP.start(uri.host, uri.port) { |http| http.request(request) }
  body = JSON.parse(answer.body)
  puts({ call: name, status: answer.code.to_i, body: body }.to_json)
  body
end

exam = call("new exam", "post", "exams",
            { "name" => "Zoë's exam", "type" => "record_review", "mobile_cam" => true, "duration_minutes" => 60,
              "use_duration" => false })
id = exam["exam"]["id"]
call("add student", "post", "exams/#{id}/add_student", { "name" => "Ada", "email" => "ada@example.com" }, { "id" => id })
session = call("new student", "post", "exams/#{id}/student_sessions",
               { "name" => "Bob", "email" => "bob@example.com", "skip_requirements" => true,
                 "individual_info" => "What? 1 = 1" }, { "exam_id" => id })
student = session["student"]["id"]
call("rename", "patch", "student_sessions/#{student}", { "name" => "Bob Ross" }, { "id" => student })
call("list value", "post", "exams", { "name" => "Listed", "type" => "classic", "tags" => ["a", "b"] })
call("id left unsigned", "patch", "student_sessions/#{student}", { "name" => "Bob" })
call("delete", "delete", "student_sessions/#{student}", {}, { "id" => student })
