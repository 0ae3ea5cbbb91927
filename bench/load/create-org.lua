-- POST /ostiary/v1/orgs: an org, another one each time. BENCH_ORGS names the file that takes a line an org: its host and
-- its token. One thread only.
local made, run, file
local headers = {
  Authorization = "SSWS " .. os.getenv("BENCH_TOKEN"),
  Accept = "application/json",
  ["Content-Type"] = "application/json",
}

function init()
  run = os.getenv("BENCH_RUN")
  made = 0
  file = io.open(os.getenv("BENCH_ORGS"), "a")
end

function request()
  made = made + 1
  return wrk.format("POST", "/ostiary/v1/orgs", headers, string.format('{"name":"%s-%d"}', run, made))
end

function response(status, _, body)
  if status == 201 then
    file:write(body:match('"url":"https://([^"]*)"'), " ", body:match('"apiToken":"([^"]*)"'), "\n")
    file:flush()
  end
end

done = dofile(os.getenv("BENCH_LOAD") .. "/figures.lua")
