-- What a load run ends with, in one line that bench/run reads: requests a second, mean and 99th percentile in
-- milliseconds, failures.
return function(summary, latency)
  local errors = summary.errors
  io.write(string.format("figures %.1f %.3f %.3f %d\n",
    summary.requests / (summary.duration / 1e6), latency.mean / 1e3, latency:percentile(99) / 1e3,
    errors.connect + errors.read + errors.write + errors.status + errors.timeout))
end
