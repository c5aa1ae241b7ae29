"""The model in Python, without our code."""

import json
import subprocess
import unittest

import mlflow
import numpy as np
import onnx
import onnxruntime
import pandas as pd
from data import COLUMNS, DATA, MODEL, STUDY, canonical, scores

TEXTS = ["bio_link"]

STRANGE = [
    {"bio_link": "\U0001f942\n\U0001f4e7"},
    {"followers": 0, "likes": 0, "videos_count": 0},
    {"followers": 9_007_199_254_740_993, "likes": 9_223_372_036_854_775_807, "videos_count": 1, "following": 7},
    {"created_at": "2019-01-01T00:00:00", "observed_at": "2023-08-01T12:30:00", "videos_count": 9, "is_verified": True},
    {"created_at": "2023-08-02T00:00:00", "observed_at": "2023-08-01T12:30:00", "likes": 3},
    {"bio_link": "https://linktr.ee/x", "followers": 12},
    {},
]

BIOGRAPHIES = [
    "Vlogger \U0001f942\n\U0001f4e7 Some.One@mail.example.org | IG: @some.one #fyp 10k \U0001f447",
    "\u0130nfluencer or \u0131nfluencer",
    "\u062d\u0633\u0627\u0628\u064a model \u2764\ufe0f",
    "mode\u0301l \u0345blogger",
    "models, creators",
    "a\nCREATOR\tb",
    None,
]


class PythonTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.frame = canonical(pd.read_parquet(DATA / "1000.parquet"))
        cls.expected = scores("1000")

    def same(self, probability, active, expected):
        self.assertEqual(len(probability), len(expected))
        difference = np.abs(np.asarray(probability, np.float64) - expected["probability"].to_numpy())
        self.assertLessEqual(difference.max(), 1e-6)
        self.assertEqual(list(active), list(expected["active"]))

    def test_the_graph_is_valid(self):
        model = onnx.load(MODEL / "model.onnx")
        onnx.checker.check_model(model, full_check=True)
        self.assertEqual({opset.domain for opset in model.opset_import}, {""})

    def test_sample_holds_what_is_hard(self):
        self.assertGreater(self.frame["biography"].isna().sum() + self.frame["bio_link"].isna().sum(), 100)
        self.assertTrue(self.frame["biography"].str.contains("[\U0001f300-\U0001faff]", regex=True).any())

    def test_onnxruntime(self):
        session = onnxruntime.InferenceSession(MODEL / "model.onnx")
        feeds = {
            name: self.frame[[name]].fillna("").to_numpy(object)
            if name in TEXTS
            else self.frame[[name]].to_numpy(np.float64)
            for name in COLUMNS
        }
        probability, active = session.run(["probability", "active"], feeds)
        self.same(probability[:, 0], active[:, 0], self.expected)

    def test_mlflow_pyfunc(self):
        result = mlflow.pyfunc.load_model(str(MODEL)).predict(self.frame)
        self.same(result["probability"], result["active"], self.expected)

    def test_mlflow_takes_columns_as_they_come(self):
        model = mlflow.pyfunc.load_model(str(MODEL))
        nullable = self.frame[COLUMNS].convert_dtypes()
        dated = self.frame.assign(
            created_at=pd.to_datetime(self.frame["created_at"], unit="s"),
            observed_at=pd.to_datetime(self.frame["observed_at"], unit="s", utc=True),
        )
        objects = self.frame[COLUMNS].astype(object).where(self.frame[COLUMNS].notna(), None)
        for frame in [nullable, dated, objects]:
            result = model.predict(frame)
            self.same(result["probability"], result["active"], self.expected)
        fewer = model.predict(self.frame[["followers", "likes"]])
        unknown = model.predict(self.frame.assign(**{name: None for name in COLUMNS if name not in ["followers", "likes"]}))
        pd.testing.assert_frame_equal(fewer, unknown)
        self.assertEqual(len(model.predict(self.frame.iloc[:0])), 0)

    def test_mlflow_takes_what_is_strange(self):
        path = DATA / "strange.csv"
        frame = pd.DataFrame(STRANGE, columns=COLUMNS, dtype=object)
        frame.insert(0, "account_id", [f"account{i}" for i in range(len(frame))])
        frame.to_csv(path, index=False)
        subprocess.run(
            ["node", "dist/cli/main.js", "score", MODEL, path, "--out", DATA / "strange-scores.csv", "--force"],
            check=True,
            capture_output=True,
        )
        expected = pd.read_csv(DATA / "strange-scores.csv")
        self.assertGreater(expected["probability"].nunique(), 5)
        model = mlflow.pyfunc.load_model(str(MODEL))
        for given in [frame, pd.read_csv(path)]:
            result = model.predict(given)
            self.same(result["probability"], result["active"], expected)

    def test_mlflow_looks_into_texts(self):
        path = DATA / "biographies.csv"
        rates = {"like_engagement_rate": 0.03, "comment_engagement_rate": 0.01, "followers": 100, "likes": 900}
        frame = pd.DataFrame([{"account_id": f"account{i}", "biography": text, **rates} for i, text in enumerate(BIOGRAPHIES)])
        for name in ["bio_link", "is_verified", "following", "videos_count"]:
            frame[name] = None
        frame.to_csv(path, index=False)
        out = DATA / "biographies-scores.csv"
        subprocess.run(
            ["node", "dist/cli/main.js", "score", STUDY, path, "--out", out, "--force"], check=True, capture_output=True
        )
        expected = pd.read_csv(out)
        self.assertEqual(expected["probability"].nunique(), 2)
        result = mlflow.pyfunc.load_model(str(STUDY)).predict(frame)
        self.same(result["probability"], result["active"], expected)

    def test_mlflow_models_predict(self):
        frame = self.frame[COLUMNS]
        split = {"columns": COLUMNS, "data": frame.astype(object).where(frame.notna(), None).to_numpy().tolist()}
        (DATA / "in.json").write_text(json.dumps({"dataframe_split": split}))
        frame.to_csv(DATA / "in.csv", index=False)
        for kind in ["json", "csv"]:
            out = DATA / f"out-{kind}.json"
            command = ["mlflow", "models", "predict", "-m", MODEL, "-i", DATA / f"in.{kind}", "-t", kind, "-o", out]
            subprocess.run([*command, "--env-manager", "local"], check=True, capture_output=True)
            result = pd.DataFrame(json.loads(out.read_text())["predictions"])
            self.same(result["probability"], result["active"], self.expected)
