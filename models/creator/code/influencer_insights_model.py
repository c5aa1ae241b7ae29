"""Loads model.onnx for MLflow (mlflow.pyfunc.load_model, spark_udf). Written by influencer-insights."""

import datetime
import decimal
import numbers
import warnings

import numpy as np
import onnxruntime
import pandas as pd

# Rows at a time: what the networks make of so many fits into the processor's cache.
ROWS = 512
COUNTS = ["followers","following","likes","videos_count"]
RATES = ["like_engagement_rate","comment_engagement_rate","awg_engagement_rate"]
# The most that a count or a rate can be. Where signed numbers of 32 bits end, a counter overflowed.
MOST, LARGEST_RATE, CAP = {"followers":10000000000,"following":1000000,"videos_count":10000000}, 1000000, 2147483647
# From so many followers on an account that shows videos has likes.
LIKED_FROM = 1000000
FLAGS = ["is_verified","is_private"]
MOMENTS = ["created_at","observed_at"]
# How a missing value is written as text.
MISSING = frozenset(["","null","NULL","Null","(null)","<NA>","NaN","nan","NAN","NaT","None","undefined","\\N","n/a","N/A","#N/A","#VALUE!","#REF!","#NAME?","#NULL!","#NUM!","#DIV/0!","-","--","–","—","NA"])
WORDS = {"0":0,"1":1,"true":1,"yes":1,"1.0":1,"t":1,"y":1,"ja":1,"j":1,"sí":1,"si":1,"oui":1,"vrai":1,"verdadero":1,"sim":1,"wahr":1,"vero":1,"tak":1,"evet":1,"да":1,"істина":1,"истина":1,"так":1,"はい":1,"是":1,"예":1,"نعم":1,"✓":1,"✔":1,"✅":1,"☑":1,"○":1,"verified":1,"false":0,"no":0,"0.0":0,"f":0,"n":0,"nein":0,"non":0,"faux":0,"falso":0,"não":0,"nao":0,"falsch":0,"nie":0,"hayır":0,"hayir":0,"нет":0,"ложь":0,"ні":0,"いいえ":0,"否":0,"아니요":0,"لا":0,"✗":0,"✘":0,"❌":0,"☐":0,"×":0,"not verified":0,"unverified":0}
# Moments are believed from 2014 to 2038; numbers from here on are milliseconds.
EARLIEST, LATEST, MILLISECONDS = 1388534400, 2147483647, 1e11


def _known(column):
    """Which values of a column are there: neither None, NaN, NA, NaT nor a text for one of them. And the column as objects."""
    objects = pd.Series(column.to_numpy(object), index=column.index, dtype=object)
    missing = objects.isna() | objects.map(lambda one: isinstance(one, str) and one.strip() in MISSING)
    return ~missing.to_numpy(bool), objects


def _number(value):
    """A value as a float; NaN where it is no number."""
    if isinstance(value, bytes):
        value = value.decode("utf-8", "replace")
    if isinstance(value, str):
        text = value.strip()
        if not text.isascii() or "_" in text:
            return np.nan
        try:
            return float(text)
        except ValueError:
            return np.nan
    if isinstance(value, (numbers.Real, decimal.Decimal, np.bool_)):
        return float(value)
    return np.nan


def _flag(value):
    text = value.strip().lower() if isinstance(value, str) else value
    number = WORDS[text] if isinstance(text, str) and text in WORDS else _number(value)
    return number if number in (0.0, 1.0) else np.nan


def _seconds(objects):
    """Moments as seconds of Unix time, NaN for what is none: numbers, dates, ISO 8601, UTC where no time zone is said."""
    values = objects.to_numpy(object)
    dated = np.array([isinstance(one, (datetime.date, np.datetime64)) for one in values], bool)
    seconds = np.array([np.nan if day else _number(one) for one, day in zip(values, dated)], np.float64)
    seconds = np.where(seconds >= MILLISECONDS, seconds / 1000, seconds)
    written = dated | (np.isnan(seconds) & np.array([isinstance(one, str) for one in values], bool))
    if written.any():
        moments = pd.to_datetime(pd.Series(values[written]), utc=True, format="ISO8601", errors="coerce")
        seconds[written] = (moments - pd.Timestamp(0, tz="UTC")).dt.total_seconds()
    return np.where((seconds >= EARLIEST) & (seconds <= LATEST), seconds, np.nan)


def _numbers(column, name, told):
    """A column as float64, NaN where unknown. What is there and cannot be is counted in told."""
    if isinstance(column.dtype, pd.CategoricalDtype):
        column = column.astype(object)
    kind = column.dtype.kind
    if kind == "M" and name in MOMENTS and not isinstance(column.dtype, pd.ArrowDtype):
        seconds = (pd.to_datetime(column, utc=True) - pd.Timestamp(0, tz="UTC")).dt.total_seconds()
        column = pd.Series(seconds.to_numpy(np.float64), index=column.index)
        kind = "f"
    if kind in "iufb":
        values = column.to_numpy(np.float64, na_value=np.nan)
        known = ~np.isnan(values)
        values = values.copy()
        if name in MOMENTS:
            values = np.where(values >= MILLISECONDS, values / 1000, values)
            values[~((values >= EARLIEST) & (values <= LATEST))] = np.nan
        objects = column
    else:
        known, objects = _known(column)
        values = np.full(len(column), np.nan)
        if name in MOMENTS:
            values[known] = _seconds(objects[known])
        else:
            values[known] = [(_flag if name in FLAGS else _number)(one) for one in objects[known]]
    if name in FLAGS:
        values[~np.isin(values, (0.0, 1.0))] = np.nan
    elif name not in MOMENTS:
        values[~((values >= 0) & np.isfinite(values))] = np.nan
    if name in COUNTS:
        values[values != np.floor(values)] = np.nan
    if name in MOST:
        values[(values > MOST[name]) | (values == CAP)] = np.nan
    if name in RATES:
        values[values > LARGEST_RATE] = np.nan
    _tell(known & np.isnan(values), objects, name, told)
    return values


def _tell(bad, objects, name, told):
    """Counts values that are there and cannot be. The 0 for a moment that nobody knows is none of them."""
    if name in MOMENTS and bad.any():
        bad = bad & np.array([_number(one) != 0 for one in objects], bool)
    if bad.any():
        first = str(objects[bad].iloc[0])[:40]
        told.append(f"{name}: {int(bad.sum())} of {len(bad)} values cannot be and count as unknown, the first {first!r}")


def _moments(column, width, name, told):
    """Lists of moments as float64 of [rows, width]: of each the newest, as seconds of Unix time, NaN where there are fewer."""
    lists = [one.reshape(-1) if isinstance(one, np.ndarray) else one for one in column]
    of_kind = {_dates: [], _floats: [], _others: []}
    for row, value in enumerate(lists):
        if isinstance(value, (list, tuple, np.ndarray, pd.Series, pd.Index, pd.api.extensions.ExtensionArray)):
            kind = value.dtype.kind if isinstance(value, np.ndarray) else "O"
            of_kind[_dates if kind == "M" else _floats if kind in "fiu" else _others].append(row)
    bad, objects = _known(column)
    bad[[row for rows in of_kind.values() for row in rows]] = False
    _tell(bad, objects, name, told)
    result = np.full((len(lists), width), np.nan)
    for convert, rows in of_kind.items():
        if not rows:
            continue
        seconds = convert([lists[row] for row in rows])
        seconds[~np.isfinite(seconds)] = np.nan
        lengths = np.array([len(lists[row]) for row in rows])
        ends = np.cumsum(lengths)
        owner = np.repeat(np.arange(len(rows)), lengths)
        place = np.arange(len(seconds)) - (ends - lengths)[owner]
        fits = (lengths <= width)[owner]
        result[np.array(rows)[owner[fits]], place[fits]] = seconds[fits]
        for long in np.flatnonzero(lengths > width):
            result[rows[long]] = -np.sort(-seconds[ends[long] - lengths[long] : ends[long]])[:width]
    return result


def _dates(lists):
    """Arrays of datetime64 as seconds."""
    flat = np.concatenate([one.astype("datetime64[us]") for one in lists])
    return np.where(np.isnat(flat), np.nan, flat.astype(np.int64) / 1e6)


def _floats(lists):
    return np.concatenate([one.astype(np.float64) for one in lists])


def _others(lists):
    """Lists of anything that may be a moment. What is none is unknown."""
    flat = np.empty(sum(len(one) for one in lists), object)
    flat[:] = [None if isinstance(value, (bool, np.bool_)) else value for one in lists for value in one]
    objects = pd.Series(flat, dtype=object)
    return _seconds(objects.where(objects.notna(), None))


def _unlikely(feeds, told):
    """Takes out likes that their account cannot have: a counter's end, or none in spite of its followers and videos."""
    likes, nothing = feeds.get("likes"), np.full(1, np.nan)
    if likes is not None:
        none = (likes == 0) & (feeds.get("followers", nothing) >= LIKED_FROM) & (feeds.get("videos_count", nothing) != 0)
        bad = (none | (likes == CAP)).reshape(-1)
        _tell(bad, pd.Series(likes.reshape(-1)), "likes", told)
        likes[bad] = np.nan


def _texts(column):
    """A column as text, empty where unknown. Halves of surrogate pairs, which are no text, become question marks."""
    known, objects = _known(column)
    texts = np.full(len(column), "", object)
    for place in np.flatnonzero(known):
        value = objects.iloc[place]
        text = value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)
        texts[place] = text.encode("utf-8", "replace").decode("utf-8")
    return texts


class InfluencerInsightsModel:
    def __init__(self, path):
        options = onnxruntime.SessionOptions()
        # Spark and web servers run many of these side by side.
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        self._session = onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])

    def predict(self, model_input, params=None):
        frame = pd.DataFrame(model_input)
        feeds, told = {}, []
        for port in self._session.get_inputs():
            text = port.type == "tensor(string)"
            width = port.shape[1]
            if isinstance(frame.get(port.name), pd.DataFrame):
                raise ValueError(f"column twice: {port.name} (expected one)")
            if port.name not in frame:
                values = np.full((len(frame), width), "" if text else np.nan, object if text else np.float64)
            elif width > 1:
                values = _moments(frame[port.name], width, port.name, told)
            else:
                values = _texts(frame[port.name]) if text else _numbers(frame[port.name], port.name, told)
            feeds[port.name] = values.reshape(-1, width)
        _unlikely(feeds, told)
        for words in told:
            warnings.warn(words, stacklevel=2)
        names = [port.name for port in self._session.get_outputs()]
        parts = [
            self._session.run(names, {name: values[start : start + ROWS] for name, values in feeds.items()})
            for start in range(0, max(len(frame), 1), ROWS)
        ]
        columns = {name: np.concatenate([part[i].reshape(-1) for part in parts]) for i, name in enumerate(names)}
        return pd.DataFrame(columns, index=frame.index)


def _load_pyfunc(path):
    return InfluencerInsightsModel(path)
