"""Columns as pandas, pyarrow and Spark write them, and values that cannot be. Needs neither MLflow nor Spark."""

import datetime
import decimal
import importlib.util
import unittest
import warnings

import numpy as np
import pandas as pd
import pyarrow as pa
from data import COLUMNS, CREATOR, DATA, MODEL, canonical, scores

COUNTS = ["followers", "following", "likes", "videos_count"]
MOMENTS = ["created_at", "observed_at"]


def loaded(folder):
    spec = importlib.util.spec_from_file_location("loader", folder / "code" / "influencer_insights_model.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module._load_pyfunc(str(folder / "model.onnx"))


def told(model, frame):
    """What a model gives, and its warnings."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        result = model.predict(frame)
    return result, [str(one.message) for one in caught if issubclass(one.category, UserWarning)]


class ValuesTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.model = loaded(MODEL)
        cls.frame = canonical(pd.read_parquet(DATA / "1000.parquet"))[COLUMNS]
        cls.expected = scores("1000")["probability"].to_numpy()

    def same(self, frame):
        result, words = told(self.model, frame)
        self.assertEqual(words, [])
        self.assertLessEqual(np.abs(result["probability"].to_numpy() - self.expected).max(), 1e-6)

    def as_text(self, name, write):
        known = self.frame[name].notna()
        return pd.Series([write(one) if there else None for one, there in zip(self.frame[name], known)], dtype=object)

    def test_numbers_in_every_dtype(self):
        for dtype in ["float64", "Int64", "Float64", "object", "string", "category"]:
            numbers = {name: self.frame[name].astype("Int64" if dtype != "float64" else dtype) for name in COUNTS}
            if dtype in ["object", "string", "category"]:
                numbers = {name: one.astype(dtype) for name, one in numbers.items()}
            with self.subTest(dtype):
                self.same(self.frame.assign(**numbers))

    def test_numbers_of_arrow(self):
        types = [pa.int64(), pa.float64(), pa.decimal128(20, 2), pa.string(), pa.large_string()]
        for kind in types + [pa.dictionary(pa.int32(), pa.string())]:
            values = kind.value_type if pa.types.is_dictionary(kind) else kind
            columns = {}
            for name in COUNTS:
                plain = [None if pd.isna(one) else int(one) for one in self.frame[name]]
                texts = pa.types.is_string(values) or pa.types.is_large_string(values)
                decimals = pa.types.is_decimal(values)
                plain = [one if one is None else str(one) if texts else decimal.Decimal(one) if decimals else one for one in plain]
                array = pa.array(plain, values)
                array = array.dictionary_encode() if pa.types.is_dictionary(kind) else array
                columns[name] = pd.Series(array.to_pandas() if pa.types.is_dictionary(kind) else pd.arrays.ArrowExtensionArray(array))
            with self.subTest(str(kind)):
                self.same(self.frame.assign(**columns))

    def test_numbers_as_text(self):
        for write in [lambda one: str(int(one)), lambda one: f"{one:.1f}", lambda one: f" {int(one)} ", lambda one: f"{int(one)}".encode()]:
            self.same(self.frame.assign(**{name: self.as_text(name, write) for name in COUNTS}))

    def test_numbers_are_no_years(self):
        rows = pd.DataFrame({"followers": [2000, 52000, 20230801], "likes": [2019, 1, 2]})
        number, text = self.model.predict(rows), self.model.predict(rows.astype(str))
        pd.testing.assert_frame_equal(number, text)

    def test_flags(self):
        for write in [str, lambda one: str(one).lower(), lambda one: "yes" if one else "no", int, float, lambda one: f"{float(one)}", np.bool_]:
            self.same(self.frame.assign(is_verified=self.as_text("is_verified", write)))
        self.same(self.frame.assign(is_verified=self.frame["is_verified"].astype("boolean")))

    def test_moments(self):
        stamps = lambda one: pd.Timestamp(one, unit="s")
        for write in [
            stamps,
            lambda one: stamps(one).tz_localize("UTC").tz_convert("Asia/Tokyo"),
            lambda one: stamps(one).to_pydatetime(),
            lambda one: stamps(one).isoformat(),
            lambda one: stamps(one).tz_localize("UTC").isoformat(sep=" "),
            lambda one: stamps(one).to_datetime64(),
            lambda one: str(int(one)),
            lambda one: int(one) * 1000,
        ]:
            self.same(self.frame.assign(**{name: self.as_text(name, write) for name in MOMENTS}))
        for unit in ["s", "ms", "us", "ns"]:
            seconds = {name: pd.to_datetime(self.frame[name], unit="s").astype(f"datetime64[{unit}]") for name in MOMENTS}
            self.same(self.frame.assign(**seconds))
            arrow = {
                name: pd.Series(pd.arrays.ArrowExtensionArray(pa.array(one.dt.tz_localize("UTC"), pa.timestamp(unit, "UTC"))))
                for name, one in seconds.items()
            }
            self.same(self.frame.assign(**arrow))

    def test_a_day_is_its_beginning(self):
        row = {"followers": [1000], "created_at": [1_600_000_000]}
        for day in [datetime.date(2023, 8, 1), "2023-08-01", pd.Timestamp("2023-08-01")]:
            found = self.model.predict(pd.DataFrame({**row, "observed_at": pd.Series([day], dtype=object)}))
            expected = self.model.predict(pd.DataFrame({**row, "observed_at": [1_690_848_000]}))
            pd.testing.assert_frame_equal(found, expected)

    def test_what_is_missing(self):
        for nothing in [None, np.nan, pd.NA, pd.NaT, "", "null", "NULL"]:
            rows = pd.DataFrame({name: pd.Series([nothing, nothing], dtype=object) for name in COLUMNS})
            result, words = told(self.model, rows)
            self.assertEqual(words, [])
            pd.testing.assert_frame_equal(result, self.model.predict(pd.DataFrame(index=[0, 1])))

    def test_a_bad_value_is_unknown_and_counted(self):
        good = {"followers": 1000, "likes": 5000, "videos_count": 40, "created_at": "2020-01-01", "is_verified": "false", "bio_link": "a.b"}
        for name, bad in [
            ("followers", "12abc"),
            ("followers", -1),
            ("followers", 1.5),
            ("followers", float("inf")),
            ("followers", 10_000_000_001),
            ("followers", 2_147_483_647),
            ("followers", "1_000"),
            ("followers", [1]),
            ("followers", datetime.date(2023, 8, 1)),
            ("likes", 2_147_483_647),
            ("is_verified", "maybe"),
            ("is_verified", 2),
            ("created_at", "yesterday"),
            ("created_at", "2000"),
            ("created_at", "2023-02-30"),
        ]:
            with self.subTest(f"{name} {bad!r}"):
                rows = pd.DataFrame([good, good], dtype=object)
                rows.at[1, name] = bad
                result, words = told(self.model, rows)
                self.assertEqual(len(words), 1, words)
                self.assertTrue(words[0].startswith(f"{name}: 1 of 2 values cannot be and count as unknown, the first "), words)
                rows.at[1, name] = None
                pd.testing.assert_frame_equal(result, self.model.predict(rows))

    def test_likes_that_cannot_be_are_unknown_and_counted(self):
        for likes, followers in [(0, 103_000_000), (2_147_483_647, 1000)]:
            rows = pd.DataFrame({"followers": [followers], "likes": [likes], "videos_count": [40]})
            result, words = told(self.model, rows)
            self.assertEqual(words, [f"likes: 1 of 1 values cannot be and count as unknown, the first '{likes:.1f}'"])
            pd.testing.assert_frame_equal(result, self.model.predict(rows.assign(likes=None)))
        rows = pd.DataFrame({"followers": [103_000_000], "likes": [0], "videos_count": [0]})
        self.assertFalse(self.model.predict(rows).equals(self.model.predict(rows.assign(likes=None))))

    def test_rates_and_lists_that_cannot_be_are_unknown_and_counted(self):
        model = loaded(CREATOR)
        for name, bad, good in [("awg_engagement_rate", 1_000_001, 1_000_000), ("posted_at", "yesterday", [1_690_848_000])]:
            rows = pd.DataFrame({"followers": [1000], "observed_at": [1_690_848_000], name: pd.Series([bad], dtype=object)})
            result, words = told(model, rows)
            self.assertEqual(words, [f"{name}: 1 of 1 values cannot be and count as unknown, the first '{bad}'"])
            pd.testing.assert_frame_equal(result, model.predict(rows.drop(columns=name)))
            self.assertEqual(told(model, rows.assign(**{name: pd.Series([good], dtype=object)}))[1], [])

    def test_a_moment_of_zero_is_not_known_and_no_fault(self):
        for nought in [0, "0", 0.0]:
            result, words = told(self.model, pd.DataFrame({"followers": [1000], "created_at": pd.Series([nought], dtype=object)}))
            self.assertEqual(words, [])
            pd.testing.assert_frame_equal(result, self.model.predict(pd.DataFrame({"followers": [1000]})))

    def test_texts_that_are_none(self):
        rows = pd.DataFrame({"followers": [1000] * 3, "bio_link": pd.Series(["a\ud800b", b"\xff", 7], dtype=object)})
        result, _ = told(self.model, rows)
        plain = self.model.predict(rows.assign(bio_link="a.b"))
        pd.testing.assert_frame_equal(result, plain)

    def test_a_column_that_is_there_twice_is_named(self):
        rows = pd.DataFrame([[1, 2]], columns=["followers", "followers"])
        with self.assertRaisesRegex(ValueError, "column twice: followers"):
            self.model.predict(rows)
