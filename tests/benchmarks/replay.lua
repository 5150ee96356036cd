-- wrk script: sends the prepared requests of a file one after the other, and prints the figures as JSON.
-- The file: "again" or "once" on the first line, then for each request its length on a line and its bytes.
-- "once": a signed request must not be sent twice. When all are sent, the figures are worth nothing: wrk counts
-- no answer that comes after the stop, and the last request is sent again.
local requests, sent, again, threads = {}, 0, false, {}
used_up = 0

function setup(thread)
  threads[#threads + 1] = thread
end

function init(arguments)
  local file = assert(io.open(arguments[1], "rb"))
  again = file:read("*l") == "again"
  for length in function() return file:read("*l") end do
    requests[#requests + 1] = file:read(tonumber(length))
  end
  file:close()
end

function request()
  if sent == #requests then
    if not again then
      used_up = 1
      wrk.thread:stop()
      return requests[#requests]
    end
    sent = 0
  end
  sent = sent + 1
  return requests[sent]
end

function done(summary, latency)
  local errors, all_sent = summary.errors, 0
  for _, thread in ipairs(threads) do
    all_sent = all_sent + thread:get("used_up")
  end
  io.write(string.format(
    '\n{"requests": %d, "seconds": %.6f, "refused": %d, "broken": %d, "p50_ms": %.3f, "p99_ms": %.3f, '
      .. '"used_up": %d}\n',
    summary.requests, summary.duration / 1e6, errors.status,
    errors.connect + errors.read + errors.write + errors.timeout,
    latency:percentile(50) / 1e3, latency:percentile(99) / 1e3, all_sent))
end
