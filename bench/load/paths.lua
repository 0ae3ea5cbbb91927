-- GET of a path at random, of those in the file that BENCH_PATHS names.
local requests = {}

function init()
  math.randomseed(os.time())
  local headers = { Authorization = "SSWS " .. os.getenv("BENCH_TOKEN"), Accept = "application/json" }
  for path in io.lines(os.getenv("BENCH_PATHS")) do
    requests[#requests + 1] = wrk.format("GET", path, headers)
  end
end

function request()
  return requests[math.random(#requests)]
end

done = dofile(os.getenv("BENCH_LOAD") .. "/figures.lua")
