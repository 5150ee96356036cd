# Takes webhooks in the way of a public Rails platform: the last word of the header is the token, 200 "OK", and
# 401 with JSON where it is not good (CP-255).
require "json"
require "openssl"
require "socket"

def decode(text) = text.tr("-_", "+/").unpack1("m")

def authorized?(header)
  head, payload, signature = header.to_s.split.last.to_s.split(".")
  return false unless signature

  mac = OpenSSL::HMAC.digest("SHA256", ENV.fetch("CONSTRUCTOR_JWT_SECRET"), "#{head}.#{payload}")
  OpenSSL.secure_compare(mac, decode(signature)) && JSON.parse(decode(payload))["exp"] > Time.now.to_i
end

server = TCPServer.new("127.0.0.1", 0)
puts "127.0.0.1:#{server.addr[1]}"
$stdout.flush
while (client = server.accept)
  client.gets
  headers = {}
  while (line = client.gets.strip) != ""
    key, value = line.split(":", 2)
    headers[key.downcase] = value.strip
  end
  review = JSON.parse(client.read(headers["content-length"].to_i))
  kept = review.slice("archive", "conclusion", "comment", "score", "reportUrl", "warnings", "sessionStart", "sessionEnd")
  status, text = authorized?(headers["authorization"]) ? ["200 OK", "OK"] : ["401 Unauthorized", '{"error":"Not Authorized"}']
  client.write("HTTP/1.1 #{status}\r\nContent-Length: #{text.bytesize}\r\nX-Kept: #{kept.keys.join(' ')}\r\nConnection: close\r\n\r\n#{text}")
  client.close
end
