-- A new scheduled post a request, each with its own Idempotency-Key and words: the same content is
-- taken once.
local count = 0
local thread_count = 0
function setup(thread)
  thread_count = thread_count + 1
  thread:set("number", thread_count)
end
function init()
  local due = os.date("!%Y-%m-%dT%H:%M:%SZ", os.time() + 30 * 24 * 3600)
  rest = string.format(
    '","due_at":"%s","media":[{"media_id":"%s"}],' ..
    '"targets":[{"account_id":"%s","kind":"image","options":{}}]}',
    due, os.getenv("MEDIUM"), os.getenv("ACCOUNT"))
  math.randomseed(os.time() * 100 + number)
  run = math.random(1, 1000000000)
end
function request()
  count = count + 1
  local name = string.format("bench-%d-%d-%d", run, number, count)
  return wrk.format("POST", nil, {
    ["Authorization"] = "Bearer " .. os.getenv("TOKEN"),
    ["Content-Type"] = "application/json",
    ["Idempotency-Key"] = name,
  }, '{"text":"Fresh from the oven ' .. name .. rest)
end
