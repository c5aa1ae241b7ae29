#!/usr/bin/env bash
# Runs one model in plain onnxruntime, MLflow and Spark and wants the numbers of `insights score`; reads a workbook with openpyxl. Needs Python 3 and
# Java 17 and the built command line; the virtual environment is kept outside the checkout.
set -euo pipefail
cd "$(dirname "$0")/../.."

for command in python3 java; do
  if ! command -v "$command" >/dev/null 2>&1; then
    echo "skipped: the interop tests need $command"
    exit 0
  fi
done

cache=${XDG_CACHE_HOME:-$HOME/.cache}/influencer-insights
venv=${INTEROP_VENV:-$cache/interop}
# Spark cannot do with pandas 3, which people have all the same.
venv3=${venv}-pandas3

# Makes a virtual environment of a list of packages, unless there is one of the same list.
environment() {
  if ! cmp -s "$2" "$1/installed.txt"; then
    rm -rf "$1"
    python3 -m venv "$1"
    "$1/bin/pip" install --quiet --disable-pip-version-check -r "$2"
    cp "$2" "$1/installed.txt"
  fi
}
environment "$venv" test/interop/requirements.txt
environment "$venv3" test/interop/requirements-pandas3.txt
environment "$venv-api" test/interop/requirements-api.txt

data=$(mktemp -d)
trap 'rm -rf "$data"' EXIT
insights() { node dist/cli/main.js "$@" >/dev/null; }
insights train examples/profiles.csv --target activity --out "$data/trained" --folds 3 --repeats 1 --networks 2
insights train examples/profiles.csv --out "$data/study" --preset original --target engagement --allow-leakage --folds 2 --repeats 1 --networks 1
for rows in 1000 "${INTEROP_ROWS:-1000000}"; do
  insights sample --rows "$rows" --seed 11 --out "$data/$rows.parquet"
  insights score "$data/trained/model" "$data/$rows.parquet" --out "$data/$rows.csv"
done
insights export "$data/trained/model" --format sql --dialect spark --out "$data/spark.sql"
insights shortlist examples/profiles.csv --all --out "$data/list.xlsx"
insights shortlist examples/profiles.csv --all --out "$data/list.ndjson"
npx tsx test/interop/creatorModel.ts "$data/1000.parquet" "$data/creator"
insights export "$data/creator" --format sql --dialect spark --out "$data/creator.sql"

export INTEROP_DATA=$data INTEROP_ROWS=${INTEROP_ROWS:-1000000}
export PYTHONDONTWRITEBYTECODE=1 PYSPARK_PYTHON="$venv/bin/python" PYSPARK_DRIVER_PYTHON="$venv/bin/python"
export SPARK_LOCAL_IP=127.0.0.1 MLFLOW_TRACKING_URI="file:$data/mlruns"
PATH=$venv/bin:$PATH python -W ignore -m unittest discover --verbose --start-directory test/interop
PYTHONPATH=test/interop "$venv3/bin/python" -W ignore -m unittest --verbose test_values
bash test/interop/api.sh "$venv-api"
