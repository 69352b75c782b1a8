-- What wrk sends: the requests of a file, one after the other, each with its length in ten digits before it.
-- FROM is how many of them an earlier load has sent.
local file = assert(io.open(os.getenv("REQUESTS"), "rb"))
issued = tonumber(os.getenv("FROM"))
for _ = 1, issued do file:seek("cur", tonumber(file:read(10))) end

local loads = {}
function setup(thread) table.insert(loads, thread) end

function request()
  local length = file:read(10)
  if not length then
    wrk.thread:stop()
    return ""
  end
  issued = issued + 1
  return file:read(tonumber(length))
end

function done(summary, latency)
  local errors = summary.errors
  io.write(string.format(
    '{"issued":%d,"answered":%d,"microseconds":%d,"p50":%d,"p99":%d,"max":%d,"refused":%d,"unanswered":%d}\n',
    loads[1]:get("issued"), summary.requests - errors.status, summary.duration, latency:percentile(50),
    latency:percentile(99), latency.max, errors.status,
    errors.connect + errors.read + errors.write + errors.timeout))
end
