"""Counts the operations that succeeded for somebody. Fails if one of the description never did.

usage: reached.py BASE FILE, with the server's address and what `hooks.py` wrote down for all roles.
"""

import json
import sys
import urllib.request

# Its answer does not end, so schemathesis does not ask for it.
ENDLESS = {"GET /live"}

# This program reads it, or fails: that is its success.
READ_HERE = {"GET /openapi.json"}

base, file = sys.argv[1:]
with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(base + "/openapi.json") as answer:
    paths = json.load(answer)["paths"]
described = {f"{method.upper()} {path}" for path, item in paths.items() for method in item} - ENDLESS - READ_HERE
with open(file) as lines:
    reached = set(lines.read().splitlines())
print(f"{len(described & reached)} of {len(described)} operations were reached with a success")
missing = sorted(described - reached)
for operation in missing:
    print(f"never reached with a success: {operation}")
sys.exit(1 if missing else 0)
