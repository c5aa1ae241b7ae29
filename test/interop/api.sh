#!/usr/bin/env bash
# Asks a server what its description allows, and what it does not, a thousand times; and reads the description as a linter does. Needs
# the built command line and an environment with schemathesis, whose folder is the argument.
set -euo pipefail
cd "$(dirname "$0")/../.."

own=$(mktemp -d)
node dist/cli/main.js serve --sample --port 0 >"$own/address" &
server=$!
# A server that does not stop is a failure to be told, and must not keep everything else waiting.
stop() {
  kill $server || true
  for _ in $(seq 120); do
    kill -0 $server 2>/dev/null || { rm -rf "$own"; return; }
    sleep 0.5
  done
  kill -9 $server
  rm -rf "$own"
  echo "the server did not stop within a minute" >&2
  exit 1
}
trap stop EXIT
# Until the file has been added and studied: before that, half of the API has nothing to tell.
for _ in $(seq 600); do
  sleep 0.5
  url=$(cut -d/ -f1-3 "$own/address")
  curl --silent --fail --output /dev/null "$url/v1/imports/1" && added=yes && break
done
if [ -z "${added:-}" ]; then
  echo "the server has not added the sample after five minutes" >&2
  exit 1
fi
export JOB
JOB=$(curl --silent --fail --request POST "$url/v1/imports/1/study" | node -e 'process.stdin.on("data", (d) => (text += d)).on("end", () => console.log(JSON.parse(text).job.id)); let text = ""')
curl --silent --fail --output /dev/null "$url/v1/jobs/$JOB/events"
curl --silent --fail --output /dev/null "$url/v1/imports/1/study"
cd test/interop
SCHEMATHESIS_HOOKS=schemathesis_hooks PYTHONPATH=. PYTHONDONTWRITEBYTECODE=1 "$1/bin/st" --config-file schemathesis.toml \
  run "$url/openapi.json" --max-examples 20 --seed 1 --no-color
curl --silent --fail "$url/openapi.json" >"$own/openapi.json"
npx --yes @stoplight/spectral-cli@6.16.3 lint "$own/openapi.json" --ruleset spectral.yaml --fail-severity error
