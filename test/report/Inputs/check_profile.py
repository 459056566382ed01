# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Checks a trace and a measured report against each other and against the time of a call.

check_profile.py TRACE.json REPORT.json BENCH.json ROUNDS
"""
import json
import sys

trace, report, bench = (json.load(open(path)) for path in sys.argv[1:4])
rounds = int(sys.argv[4])
function = report["variants"][0]["functions"][0]
launches, events = function["launches"], trace["traceEvents"]
assert len(events) == rounds * len(launches), len(events)
assert [e["name"] for e in events] == rounds * [l["kernel"] for l in launches]
end = 0
for event in events:  # one after the other
    assert event["ph"] == "X" and event["ts"] >= 0 and event["dur"] >= 0, event
assert [e["ts"] for e in events[:: len(launches)]] == sorted(e["ts"] for e in events[:: len(launches)])
loops = 0
for launch in launches:
    measured = launch["measured"]
    assert measured["runs"] == launch["times"]["value"], launch
    assert measured["seconds"] >= 0 and measured["flops_per_second"] >= 0 and measured["bytes_per_second"] >= 0
    # A device's limits are not known.
    assert ("share" in measured) == ("threads" in report["measured"]) and measured.get("share", 0) >= 0
    loops += launch["times"]["expression"] == "time" and launch["times"]["value"] == 28
limits = report["measured"]
if "threads" in limits:
    assert limits["flops_per_second"] > 1e9 and limits["bytes_per_second"] > 1e8
    assert limits["bandwidths"][0]["bytes_per_second"] > limits["bytes_per_second"], "a cache is slower than memory"
# Kernels are most of a call, and never more; a busy machine may slow either.
assert 0 < limits["seconds_in_kernels"] < 20 * bench["slowest_s"], (limits, bench)
assert {d["name"]: d["value"] for d in report["dims"]} == bench["dims"], report["dims"]
print(f"{len(launches)} launches, {loops} of them in a loop of 28")
