-- Puts users into a group and takes them out again, one after the other: with one connection each request answers the one
-- before. BENCH_IDS names users who are not in the group BENCH_GROUP.
local requests = {}
local turn = 0

function init()
  local headers = { Authorization = "SSWS " .. os.getenv("BENCH_TOKEN"), Accept = "application/json" }
  for id in io.lines(os.getenv("BENCH_IDS")) do
    local path = "/api/v1/groups/" .. os.getenv("BENCH_GROUP") .. "/users/" .. id
    requests[#requests + 1] = wrk.format("PUT", path, headers, "")
    requests[#requests + 1] = wrk.format("DELETE", path, headers)
  end
end

function request()
  turn = turn % #requests + 1
  return requests[turn]
end

done = dofile(os.getenv("BENCH_LOAD") .. "/figures.lua")
