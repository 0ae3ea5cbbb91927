-- POST /api/v1/authn with the right password, as one of BENCH_USERS users after the other. Each thread has its own copy of
-- this file.
local headers = { Accept = "application/json", ["Content-Type"] = "application/json" }
local sent, users

function init()
  users = tonumber(os.getenv("BENCH_USERS"))
  sent = math.random(users)
end

function request()
  sent = sent + 1
  local body = string.format(
    '{"username":"signs-in-%d@example.com","password":"%s"}', sent % users, os.getenv("BENCH_PASSWORD"))
  return wrk.format("POST", "/api/v1/authn", headers, body)
end

done = dofile(os.getenv("BENCH_LOAD") .. "/figures.lua")
