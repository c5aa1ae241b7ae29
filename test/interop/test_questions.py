"""A model that answers two questions, in Python: lists of posts as they come, and every kind of evidence."""

import datetime
import json
import subprocess
import unittest

import mlflow
import numpy as np
import onnx
import onnxruntime
import pandas as pd
from data import CREATOR, DATA, canonical, mixed, posts

KINDS = {"posts+rate", "posts+profile", "posts+none", "profile+rate", "profile+profile", "none+none"}
NUMBERS = ["probability", "still_posting", "well_answered"]
UTC = datetime.timezone.utc


class QuestionsTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        frame, cls.expected = mixed()
        full = canonical(frame)
        cls.seconds = posts(frame)
        cls.model = mlflow.pyfunc.load_model(str(CREATOR))
        cls.columns = cls.model.metadata.signature.inputs.input_names()
        cls.frame = full[[name for name in cls.columns if name != "posted_at"]]

    def same(self, found, expected):
        self.assertEqual(len(found), len(expected))
        for name in NUMBERS:
            difference = np.abs(np.asarray(found[name], np.float64) - expected[name].to_numpy())
            self.assertLessEqual(difference.max(), 1e-6, name)
        self.assertEqual(list(found["active"]), list(expected["active"]))
        self.assertEqual(list(found["evidence"]), list(expected["evidence"]))

    def given(self, of):
        """The frame with each list of posts as `of` makes it."""
        lists = [None if one is None else of(one) for one in self.seconds]
        column = pd.Series(index=self.frame.index, dtype=object)
        for place, one in enumerate(lists):
            column.iat[place] = one
        return self.frame.assign(posted_at=column)

    def test_every_kind_of_evidence_occurs(self):
        self.assertEqual(set(self.expected["evidence"]), KINDS)
        lengths = {len(one) for one in self.seconds if one is not None}
        self.assertGreater(len(lengths), 10)

    def test_the_graph_is_valid(self):
        onnx.checker.check_model(onnx.load(CREATOR / "model.onnx"), full_check=True)

    def test_onnxruntime(self):
        session = onnxruntime.InferenceSession(CREATOR / "model.onnx")
        moments = np.full((len(self.frame), 35), np.nan)
        for row, one in enumerate(self.seconds):
            moments[row, : len(one or [])] = one or []
        feeds = {
            port.name: moments
            if port.name == "posted_at"
            else self.frame[[port.name]].fillna("").to_numpy(object)
            if port.type == "tensor(string)"
            else self.frame[[port.name]].to_numpy(np.float64)
            for port in session.get_inputs()
        }
        names = [port.name for port in session.get_outputs()]
        self.assertEqual(names, ["probability", "active", "logit", "still_posting", "well_answered", "evidence"])
        values = session.run(names, feeds)
        self.same(pd.DataFrame({name: value[:, 0] for name, value in zip(names, values)}), self.expected)

    def test_mlflow_takes_lists_as_they_come(self):
        dated = lambda seconds: [datetime.datetime.fromtimestamp(one, UTC) for one in seconds]
        for of in [
            list,
            tuple,
            dated,
            lambda seconds: [pd.Timestamp(one, unit="s") for one in seconds],
            lambda seconds: [one.isoformat().replace("+00:00", "Z") for one in dated(seconds)],
            lambda seconds: np.array(seconds, np.int64),
            lambda seconds: np.array(seconds, np.float64),
            lambda seconds: np.array(seconds, "datetime64[s]"),
            lambda seconds: np.array(dated(seconds), object),
            lambda seconds: pd.to_datetime(pd.Series(seconds), unit="s", utc=True).array,
            # In any order, what is no moment among them.
            lambda seconds: [None, "yesterday", *reversed(seconds), np.nan, True, pd.NaT],
            # Older ones beyond the newest 35 make no difference.
            lambda seconds: [*range(60), *seconds] if len(seconds) == 35 else seconds,
        ]:
            self.same(self.model.predict(self.given(of)), self.expected)

    def test_lists_of_nothing_are_unknown(self):
        without = self.model.predict(self.frame)
        self.assertEqual({one.split("+")[0] for one in without["evidence"]}, {"profile", "none"})
        for of in [lambda _: [], lambda _: np.array([]), lambda _: [None], lambda _: "2024-01-01"]:
            frame = self.given(of)
            # The posts that a rate stands on are counted by the videos then, with and without the column.
            pd.testing.assert_frame_equal(self.model.predict(frame), without)

    def test_the_newest_of_longer_lists(self):
        frame = self.frame.iloc[:1].assign(observed_at=1_700_000_000.0)
        newest = [1_699_990_000 - 86_400 * day for day in range(35)]
        answers = [
            self.model.predict(frame.assign(posted_at=pd.Series([one], index=frame.index, dtype=object)))
            for one in [newest, [*range(1_500_000_000, 1_500_010_000), *newest[::-1]]]
        ]
        pd.testing.assert_frame_equal(*answers)
        self.assertTrue(answers[0]["evidence"].iat[0].startswith("posts"))

    def test_no_rows(self):
        self.assertEqual(list(self.model.predict(self.frame.iloc[:0]).columns[-1:]), ["evidence"])

    def test_mlflow_models_predict(self):
        rows = self.given(list)[self.columns].astype(object)
        rows = rows.where(rows.notna(), None)
        path, out = DATA / "questions.json", DATA / "questions-out.json"
        path.write_text(json.dumps({"dataframe_split": {"columns": self.columns, "data": rows.to_numpy().tolist()}}))
        command = ["mlflow", "models", "predict", "-m", CREATOR, "-i", path, "-t", "json", "-o", out]
        subprocess.run([*command, "--env-manager", "local"], check=True, capture_output=True)
        self.same(pd.DataFrame(json.loads(out.read_text())["predictions"]), self.expected)
