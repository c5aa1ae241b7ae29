"""Writes the Parquet files of test/fixtures/parquet: every type that pandas, pyarrow and Spark write, and a text that is not UTF-8.

Usage: python test/interop/parquet_types.py test/fixtures/parquet   (made with pyarrow 26; the tests read the files)
"""

import datetime as dt
import sys
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

folder = Path(sys.argv[1])
moments = [dt.datetime(2023, 8, 1, 12, 30, 45), None]
days = [moment and moment.date() for moment in moments]
columns = {
    "large_string": pa.array(["é", None], pa.large_string()),
    "string_view": pa.array(["é", None], pa.string_view()),
    "dictionary": pa.array(["é", None]).dictionary_encode(),
    "binary": pa.array(["é".encode(), None]),
    "large_binary": pa.array([b"\xff\x00", b"ok"], pa.large_binary()),
    "uint64": pa.array([2**64 - 1, None], pa.uint64()),
    "int8": pa.array([-1, None], pa.int8()),
    "float": pa.array([0.1, None], pa.float32()),
    "half": pa.array([1.5, None], pa.float16()),
    "double": pa.array([2.0**53, float("nan")]),
    "inexact": pa.array([6794435137251820550.0, -0.0]),
    "bool": pa.array([True, None]),
    "decimal": pa.array([Decimal("6794435137251820550.00"), Decimal("1.50")], pa.decimal128(38, 2)),
    "date32": pa.array(days),
    "date64": pa.array(days, pa.date64()),
    "time": pa.array([dt.time(1, 2, 3), None], pa.time64("us")),
    "null": pa.nulls(2),
    "list": pa.array([["a", "é"], None]),
    "list_binary": pa.array([["é".encode(), b"\xff"], None]),
    "list_struct": pa.array([[{"id": 1}], None]),
    "map": pa.array([[("k", 1)], None], pa.map_(pa.string(), pa.int64())),
    "struct": pa.array([{"x": 1, "y": {"z": "q"}}, None]),
}
for unit in ("s", "ms", "us", "ns"):
    columns[f"naive_{unit}"] = pa.array(moments, pa.timestamp(unit))
    columns[f"zoned_{unit}"] = pa.array(moments, pa.timestamp(unit, tz="Europe/Berlin"))
pq.write_table(pa.table(columns), folder / "types.parquet")
pq.write_table(
    pa.table({"int96": pa.array(moments, pa.timestamp("ns", tz="UTC"))}),
    folder / "int96.parquet",
    use_deprecated_int96_timestamps=True,
)
texts = pa.array([b"ok", b"\xff\xfe", b"fine"]).buffers()
pq.write_table(
    pa.table(
        {
            "account_id": ["ann", "bob", "cat"],
            "followers": [1, 2, 3],
            "biography": pa.Array.from_buffers(pa.string(), 3, texts),
            "decimal256": pa.array([Decimal("6794435137251820550.00"), None, Decimal("-1.50")], pa.decimal256(60, 2)),
        }
    ),
    folder / "second-reader.parquet",
)
