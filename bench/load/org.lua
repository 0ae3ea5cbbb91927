-- GET /api/v1/users/me in the orgs of the file that BENCH_ORGS names, one at random each time.
local requests = {}

function init()
  math.randomseed(os.time())
  for line in io.lines(os.getenv("BENCH_ORGS")) do
    local host, token = line:match("(%S+) (%S+)")
    local headers = { Host = host, Authorization = "SSWS " .. token, Accept = "application/json" }
    requests[#requests + 1] = wrk.format("GET", "/api/v1/users/me", headers)
  end
end

function request()
  return requests[math.random(#requests)]
end

done = dofile(os.getenv("BENCH_LOAD") .. "/figures.lua")
