-- GET /api/v1/users/{id} as get.lua has it, but each connection rests for BENCH_REST milliseconds between two: what somebody
-- waits who does not load the server.
local requests = {}
local rest = tonumber(os.getenv("BENCH_REST"))

function init()
  math.randomseed(os.time())
  local headers = { Authorization = "SSWS " .. os.getenv("BENCH_TOKEN"), Accept = "application/json" }
  for id in io.lines(os.getenv("BENCH_IDS")) do
    requests[#requests + 1] = wrk.format("GET", "/api/v1/users/" .. id, headers)
  end
end

function request()
  return requests[math.random(#requests)]
end

function delay()
  return rest
end

done = dofile(os.getenv("BENCH_LOAD") .. "/figures.lua")
