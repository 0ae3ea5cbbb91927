-- The code flow of somebody who has a session: /authorize brings a code, /token takes it. Each thread redeems what its own
-- requests have brought, so that two requests are one sign-in to an app.
local codes = {}
local authorize, token, redeem

function init()
  authorize = wrk.format("GET", os.getenv("BENCH_AUTHORIZE"), { Cookie = "sid=" .. os.getenv("BENCH_SESSION") })
  token = os.getenv("BENCH_PATH")
  redeem = {
    Authorization = os.getenv("BENCH_AUTHORIZATION"),
    Accept = "application/json",
    ["Content-Type"] = "application/x-www-form-urlencoded",
  }
end

function request()
  local code = table.remove(codes)
  if code then
    return wrk.format("POST", token, redeem, os.getenv("BENCH_FORM") .. "&code=" .. code)
  end
  return authorize
end

function response(status, headers)
  if status == 302 then
    local code = string.match(headers["Location"] or headers["location"] or "", "[?&]code=([^&]*)")
    if code then codes[#codes + 1] = code end
  end
end

done = dofile(os.getenv("BENCH_LOAD") .. "/figures.lua")
