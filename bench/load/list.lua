-- GET /api/v1/users?limit=200, the first page.
wrk.headers["Authorization"] = "SSWS " .. os.getenv("BENCH_TOKEN")
wrk.headers["Accept"] = "application/json"
wrk.path = "/api/v1/users?limit=200"

done = dofile(os.getenv("BENCH_LOAD") .. "/figures.lua")
