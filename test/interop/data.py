"""Where run.sh has put the model, the samples and what `insights score` says of them."""

import os
import re
import subprocess
from pathlib import Path

import numpy as np
import pandas as pd

DATA = Path(os.environ["INTEROP_DATA"])
MODEL = DATA / "trained" / "model"
# Answers the two questions.
CREATOR = DATA / "creator"
# The study's inputs, one of which looks for words in the biography.
STUDY = DATA / "study" / "model"
ROWS = int(os.environ["INTEROP_ROWS"])

# The columns that the recommended preset reads.
COLUMNS = [
    "followers",
    "following",
    "likes",
    "videos_count",
    "created_at",
    "observed_at",
    "is_verified",
    "bio_link",
]

HOUR = 3600


def canonical(frame):
    """Profiles as Bright Data gives them, with the two moments that are derived from other columns: Unix seconds."""
    digits = frame["id"].where(frame["id"].str.fullmatch(r"[0-9]+", na=False), "0")
    created = np.array([int(text) >> 32 for text in digits], np.float64)
    created[created < 1_388_534_400] = np.nan
    avatar = frame["profile_pic_url"].str.extract(r"x-expires=([0-9]{10})")[0].astype(np.float64) - 48 * HOUR
    day = pd.to_datetime(frame["timestamp"], utc=True)
    stated = (day - pd.Timestamp(0, tz="UTC")).dt.total_seconds()
    near = (avatar >= stated - 14 * HOUR) & (avatar < stated + 36 * HOUR)
    return frame.assign(created_at=created, observed_at=avatar.where(near | stated.isna(), stated))


def mixed():
    """Profiles of every kind of evidence: by turns without a rate, without posts, without counts; and what `insights score` says."""
    frame = pd.read_parquet(DATA / "1000.parquet")
    turn = np.arange(len(frame))
    frame.loc[turn % 3 == 0, "awg_engagement_rate"] = None
    frame.loc[turn % 4 == 0, "top_videos"] = None
    frame.loc[turn % 5 == 0, ["followers", "likes", "videos_count"]] = None
    path = DATA / "mixed.parquet"
    if not path.exists():
        frame.to_parquet(path, index=False)
        command = ["node", "dist/cli/main.js", "score", CREATOR, path, "--out", DATA / "mixed.csv"]
        subprocess.run(command, check=True, capture_output=True)
    return frame, scores("mixed")


def posts(frame):
    """For each profile the Unix seconds of its listed posts, or None."""
    return [
        None if pd.isna(videos) else [int(number) >> 32 for number in re.findall(r"/video/([0-9]+)", videos)]
        for videos in frame["top_videos"]
    ]


def scores(name):
    """What `insights score` says, in the file's order."""
    return pd.read_csv(DATA / f"{name}.csv", dtype={"id": str})
