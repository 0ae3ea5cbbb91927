-- POST /api/v1/users: a user without a password, another one each time. BENCH_QUERY follows the path. Each thread has
-- its own copy of this file, and its own `number`.
local threads = 0
local sent, run
local headers = {
  Authorization = "SSWS " .. os.getenv("BENCH_TOKEN"),
  Accept = "application/json",
  ["Content-Type"] = "application/json",
}

function setup(thread)
  thread:set("number", threads)
  threads = threads + 1
end

function init()
  run = os.getenv("BENCH_RUN")
  sent = 0
end

function request()
  sent = sent + 1
  local name = run .. "." .. number .. "." .. sent
  local body = string.format(
    '{"profile":{"firstName":"Isaac%d","lastName":"Brock","email":"%s@example.com","login":"%s@example.com",' ..
    '"mobilePhone":"555-415-1337","department":"Doors %d"}}', sent % 977, name, name, sent % 31)
  return wrk.format("POST", "/api/v1/users" .. os.getenv("BENCH_QUERY"), headers, body)
end

done = dofile(os.getenv("BENCH_LOAD") .. "/figures.lua")
