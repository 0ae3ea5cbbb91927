-- Endpoints of OAuth: the same POST of a form again and again, or the same GET. BENCH_PATH says where to, BENCH_FORM what with (a
-- GET where there is none), BENCH_AUTHORIZATION as whom.
local asked

function init()
  local form = os.getenv("BENCH_FORM")
  local headers = { Accept = "application/json", Authorization = os.getenv("BENCH_AUTHORIZATION") }
  if form and form ~= "" then
    headers["Content-Type"] = "application/x-www-form-urlencoded"
    asked = wrk.format("POST", os.getenv("BENCH_PATH"), headers, form)
  else
    asked = wrk.format("GET", os.getenv("BENCH_PATH"), headers)
  end
end

function request()
  return asked
end

done = dofile(os.getenv("BENCH_LOAD") .. "/figures.lua")
