"""The model on a Spark cluster of two worker processes, over Parquet, one of which is killed on the way."""

import json
import os
import signal
import socket
import subprocess
import tempfile
import threading
import time
import unittest

import mlflow
import numpy as np
import pandas as pd
import pyspark
from data import CREATOR, DATA, MODEL, ROWS, mixed, scores
from pyspark.sql import SparkSession
from pyspark.sql.functions import expr, struct

# Profiles as Bright Data gives them, with what is derived from other columns: two moments and the dates of posts.
PROFILES = """
SELECT *,
  transform(regexp_extract_all(top_videos, '/video/([0-9]+)', 1),
    number -> timestamp_seconds(shiftright(CAST(number AS BIGINT), 32))) AS posted_at,
  CASE WHEN number_time BETWEEN TIMESTAMP '2014-01-01 00:00:00' AND observed_at + INTERVAL 48 HOURS
    THEN number_time END AS created_at
FROM (SELECT *,
  CASE WHEN avatar >= stated - INTERVAL 14 HOURS AND avatar < stated + INTERVAL 36 HOURS THEN avatar
    ELSE coalesce(stated, avatar) END AS observed_at
FROM (SELECT *,
  timestamp_seconds(shiftright(CAST(id AS BIGINT), 32)) AS number_time,
  CAST(timestamp AS TIMESTAMP) AS stated,
  timestamp_seconds(CAST(regexp_extract(profile_pic_url, 'x-expires=([0-9]{10})', 1) AS BIGINT) - 48 * 3600) AS avatar
FROM raw))
"""


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


class Cluster:
    """A master and two workers, each a process of its own, on loopback."""

    def __init__(self):
        self.home = os.path.dirname(pyspark.__file__)
        self.folder = tempfile.mkdtemp(dir=DATA)
        self.port = free_port()
        self.url = f"spark://127.0.0.1:{self.port}"
        ports = ["--port", self.port, "--webui-port", free_port()]
        self.master = self.start("master", "org.apache.spark.deploy.master.Master", *ports)
        self.wait_for("master", "Starting Spark master")
        self.workers = [
            self.start(f"worker{i}", "org.apache.spark.deploy.worker.Worker", "--cores", 1, "--memory", "2g",
                       "--webui-port", free_port(), "--work-dir", f"{self.folder}/work{i}", self.url)
            for i in range(2)
        ]
        for i in range(2):
            self.wait_for(f"worker{i}", "Successfully registered with master")

    def start(self, name, java_class, *words):
        command = [f"{self.home}/bin/spark-class", java_class, "--host", "127.0.0.1", *map(str, words)]
        environment = {**os.environ, "SPARK_HOME": self.home, "SPARK_DAEMON_MEMORY": "512m"}
        with open(f"{self.folder}/{name}.log", "w") as log:
            return subprocess.Popen(command, stdout=log, stderr=log, env=environment)

    def wait_for(self, name, words):
        for _ in range(600):
            with open(f"{self.folder}/{name}.log") as log:
                if words in log.read():
                    return
            time.sleep(0.1)
        raise TimeoutError(f"{name} has not said: {words}")

    def stop(self):
        for process in [*self.workers, self.master]:
            process.kill()
            process.wait()


class SparkTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.cluster = Cluster()
        cls.addClassCleanup(cls.cluster.stop)
        cls.spark = (
            SparkSession.builder.master(cls.cluster.url)
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.executor.memory", "1g")
            .config("spark.sql.session.timeZone", "UTC")
            .config("spark.sql.files.maxPartitionBytes", "16m")
            .config("spark.sql.analyzer.maxIterations", 1000)
            .config("spark.ui.enabled", "false")
            .config("spark.ui.showConsoleProgress", "false")
            .config("spark.log.level", "ERROR")
            .getOrCreate()
        )
        cls.addClassCleanup(cls.spark.stop)
        cls.spark.read.parquet(str(DATA / f"{ROWS}.parquet")).createOrReplaceTempView("raw")
        cls.spark.sql(PROFILES).createOrReplaceTempView("profiles")
        _, cls.mixed = mixed()
        cls.spark.read.parquet(str(DATA / "mixed.parquet")).createOrReplaceTempView("raw_mixed")
        cls.spark.sql(PROFILES.replace("FROM raw)", "FROM raw_mixed)")).createOrReplaceTempView("mixed")
        cls.expected = scores(str(ROWS)).set_index("id")

    def executors(self):
        """How many there are, the driver left out."""
        return len(self.spark.sparkContext._jsc.sc().statusTracker().getExecutorInfos()) - 1

    def same(self, found, rows):
        self.assertEqual(len(found), rows)
        self.assertTrue(found.index.is_unique)
        expected = self.expected.loc[found.index]
        difference = np.abs(found["probability"] - expected["probability"])
        self.assertLessEqual(difference.max(), 1e-6)
        # Of two probabilities so close to each other one may reach the threshold and one not.
        threshold = json.loads((MODEL / "model.json").read_text())["threshold"]
        told = np.abs(expected["probability"] - threshold) > 1e-6
        self.assertTrue((found["active"] == expected["active"])[told].all())

    def same_answers(self, found):
        expected = self.mixed.set_index("id")
        self.assertEqual(len(found), len(expected))
        found = found.set_index("id").loc[expected.index]
        for name in ["probability", "still_posting", "well_answered"]:
            self.assertLessEqual(np.abs(found[name] - expected[name]).max(), 1e-6, name)
        self.assertEqual(list(found["active"]), list(expected["active"]))
        self.assertEqual(list(found["evidence"]), list(expected["evidence"]))
        self.assertEqual(len(set(found["evidence"])), 6)

    # Named so that they run before the one that loses a worker.
    def test_a_answers_by_udf(self):
        """Lists of timestamps, of seconds and of texts, NULL among them, give the answers of files."""
        score = mlflow.pyfunc.spark_udf(self.spark, str(CREATOR), env_manager="local")
        columns = mlflow.models.get_model_info(str(CREATOR)).signature.inputs.input_names()
        for posts in ["posted_at", "transform(posted_at, x -> CAST(x AS DOUBLE))", "transform(posted_at, x -> CAST(x AS STRING))"]:
            profiles = self.spark.table("mixed").withColumn("posted_at", expr(posts)).repartition(3)
            self.same_answers(profiles.select("id", score(struct(*columns)).alias("score")).select("id", "score.*").toPandas())

    def test_a_answers_by_udf_of_other_types(self):
        """Numbers, flags and moments as text, and counts as decimals, give the answers of files; what is none is unknown."""
        score = mlflow.pyfunc.spark_udf(self.spark, str(CREATOR), env_manager="local")
        columns = mlflow.models.get_model_info(str(CREATOR)).signature.inputs.input_names()
        counts = [name for name in ["followers", "following", "likes", "videos_count"] if name in columns]
        others = [name for name in columns if name not in ["posted_at", *counts]]
        for kind in ["STRING", "DECIMAL(20, 2)"]:
            profiles = self.spark.table("mixed")
            for name in counts:
                profiles = profiles.withColumn(name, expr(f"CAST({name} AS {kind})"))
            for name in others if kind == "STRING" else []:
                profiles = profiles.withColumn(name, expr(f"CAST({name} AS STRING)"))
            self.same_answers(profiles.select("id", score(struct(*columns)).alias("score")).select("id", "score.*").toPandas())
        bad = self.spark.table("mixed").limit(20)
        unknown = bad.withColumn("followers", expr("CAST(NULL AS STRING)"))
        bad = bad.withColumn("followers", expr("'12abc'"))
        found, expected = (
            one.select("id", score(struct(*columns)).alias("score")).select("id", "score.*").toPandas() for one in [bad, unknown]
        )
        pd.testing.assert_frame_equal(found, expected)

    def test_a_answers_by_sql(self):
        """So does the exported query."""
        query = (DATA / "creator.sql").read_text().replace("FROM profiles", "FROM mixed")
        names = ["id", "probability", "active", "still_posting", "well_answered", "evidence"]
        self.same_answers(self.spark.sql(query).select(*names).toPandas())

    def test_a_sql(self):
        """The exported query gives the same on 10,000 rows."""
        some = self.spark.table("profiles").limit(10_000)
        some.createOrReplaceTempView("some")
        query = (DATA / "spark.sql").read_text().replace("FROM profiles", "FROM some")
        found = self.spark.sql(query).select("id", "probability", "active").toPandas().set_index("id")
        self.same(found, min(ROWS, 10_000))

    def test_b_two_workers_one_of_which_is_killed(self):
        """Every row is scored once and right, though a worker dies on the way."""
        self.assertEqual(self.executors(), 2)
        profiles = self.spark.table("profiles")
        score = mlflow.pyfunc.spark_udf(self.spark, str(MODEL), env_manager="local")
        columns = mlflow.models.get_model_info(str(MODEL)).signature.inputs.input_names()
        result = profiles.select("id", score(struct(*columns)).alias("score")).select("id", "score.*")

        out = str(DATA / "scored")
        killed = {}

        def kill_one():
            tracker = self.spark.sparkContext.statusTracker()
            while "stop" not in killed:
                stages = [tracker.getStageInfo(stage) for stage in tracker.getActiveStageIds()]
                done = [stage for stage in stages if stage is not None and stage.numTasks > 4 and stage.numCompletedTasks >= 3]
                if done:
                    self.cluster.workers[0].send_signal(signal.SIGKILL)
                    killed["tasks"] = (done[0].numCompletedTasks, done[0].numTasks)
                    return
                time.sleep(0.05)

        watcher = threading.Thread(target=kill_one)
        watcher.start()
        try:
            started = time.monotonic()
            result.write.partitionBy("active").parquet(out)
            seconds = time.monotonic() - started
        finally:
            killed["stop"] = True
            watcher.join()
        print(f"{ROWS} rows in {seconds:.0f} s, worker killed after {killed.get('tasks')} tasks", end=" ", flush=True)
        self.assertIn("tasks", killed)
        self.assertLess(killed["tasks"][0], killed["tasks"][1])
        self.assertNotEqual(self.cluster.workers[0].poll(), None)
        self.assertEqual(self.executors(), 1)
        self.assertEqual(sorted(os.listdir(out)), ["._SUCCESS.crc", "_SUCCESS", "active=0", "active=1"])

        found = pd.read_parquet(out).set_index("id")
        found["active"] = found["active"].astype(int)
        self.same(found, ROWS)
