-- GET /api/v1/users/{id}: a user at random, of those in the file that BENCH_IDS names.
local requests = {}

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

done = dofile(os.getenv("BENCH_LOAD") .. "/figures.lua")
