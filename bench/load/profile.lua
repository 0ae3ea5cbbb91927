-- Changes a user's title, one after the other, to something else each time: with one connection each request answers the one before.
-- BENCH_IDS names the users, BENCH_TITLE how all titles begin.
local ids = {}
local turn = 0
local headers = { Authorization = "SSWS " .. os.getenv("BENCH_TOKEN"), ["Content-Type"] = "application/json" }

function init()
  for id in io.lines(os.getenv("BENCH_IDS")) do ids[#ids + 1] = id end
end

function request()
  turn = turn + 1
  local title = os.getenv("BENCH_TITLE") .. " " .. (turn + math.floor(turn / #ids)) % 100
  return wrk.format("POST", "/api/v1/users/" .. ids[turn % #ids + 1], headers, '{"profile":{"title":"' .. title .. '"}}')
end

done = dofile(os.getenv("BENCH_LOAD") .. "/figures.lua")
