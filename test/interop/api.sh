#!/usr/bin/env bash
# Asks a server what its description allows, and what it does not, a thousand times; and reads the description as a linter does. Needs
# the built command line and an environment with schemathesis, whose folder is the argument.
set -euo pipefail
cd "$(dirname "$0")/../.."

port=4399
node dist/cli/main.js serve --sample --port $port >/dev/null &
server=$!
trap 'kill $server; wait $server 2>/dev/null || true' EXIT
for _ in $(seq 120); do
  curl --silent --fail --output /dev/null "http://127.0.0.1:$port/v1/datasets/default/tiers" && break
  sleep 0.5
done
cd test/interop
SCHEMATHESIS_HOOKS=schemathesis_hooks PYTHONPATH=. PYTHONDONTWRITEBYTECODE=1 "$1/bin/st" --config-file schemathesis.toml \
  run "http://127.0.0.1:$port/openapi.json" --max-examples 20 --seed 1 --no-color
curl --silent "http://127.0.0.1:$port/openapi.json" >"${TMPDIR:-/tmp}/insights-openapi.json"
npx --yes @stoplight/spectral-cli@6.16.3 lint "${TMPDIR:-/tmp}/insights-openapi.json" --ruleset spectral.yaml --fail-severity error
