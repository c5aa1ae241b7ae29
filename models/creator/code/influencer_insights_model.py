"""Loads model.onnx for MLflow (mlflow.pyfunc.load_model, spark_udf). Written by influencer-insights."""

import datetime
import decimal
import numbers

import numpy as np
import onnxruntime
import pandas as pd

# Rows at a time: what the networks make of so many fits into the processor's cache.
ROWS = 512


def _numbers(column):
    """A column as float64, NaN where unknown; moments as seconds of Unix time, taken as UTC where they say no time zone."""
    if column.dtype == object or pd.api.types.is_string_dtype(column.dtype):
        known = column.dropna()
        if len(known) > 0 and not isinstance(known.iloc[0], (numbers.Number, np.bool_)):
            column = pd.to_datetime(column, utc=True, format="ISO8601")
    if isinstance(column.dtype, pd.DatetimeTZDtype) or column.dtype.kind == "M":
        column = pd.to_datetime(column, utc=True)
        return (column - pd.Timestamp(0, tz="UTC")).dt.total_seconds().to_numpy(np.float64)
    return pd.to_numeric(column).to_numpy(np.float64, na_value=np.nan)


def _moments(column, width):
    """Lists of moments as float64 of [rows, width]: of each the newest, as seconds of Unix time, NaN where there are fewer."""
    lists = [one.reshape(-1) if isinstance(one, np.ndarray) else one for one in column]
    of_kind = {_dates: [], _floats: [], _others: []}
    for row, value in enumerate(lists):
        if isinstance(value, (list, tuple, np.ndarray, pd.Series, pd.Index, pd.api.extensions.ExtensionArray)):
            kind = value.dtype.kind if isinstance(value, np.ndarray) else "O"
            of_kind[_dates if kind == "M" else _floats if kind in "fiu" else _others].append(row)
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
    """Lists of anything: seconds, dates, ISO 8601. What is none of these is unknown."""
    flat = [value for one in lists for value in one]
    seconds = np.full(len(flat), np.nan)
    dated = []
    for place, value in enumerate(flat):
        if isinstance(value, (str, datetime.date, np.datetime64)):
            dated.append(place)
        elif isinstance(value, (numbers.Real, decimal.Decimal)) and not isinstance(value, bool):
            seconds[place] = float(value)
    moments = pd.Series([flat[place] for place in dated], dtype=object)
    moments = pd.to_datetime(moments, utc=True, format="ISO8601", errors="coerce")
    seconds[dated] = (moments - pd.Timestamp(0, tz="UTC")).dt.total_seconds()
    return seconds


def _texts(column):
    """A column as text, empty where unknown."""
    return column.astype(object).where(column.notna(), "").to_numpy(object)


class InfluencerInsightsModel:
    def __init__(self, path):
        options = onnxruntime.SessionOptions()
        # Spark and web servers run many of these side by side.
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        self._session = onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])

    def predict(self, model_input, params=None):
        frame = pd.DataFrame(model_input)
        feeds = {}
        for port in self._session.get_inputs():
            text = port.type == "tensor(string)"
            width = port.shape[1]
            if port.name not in frame:
                values = np.full((len(frame), width), "" if text else np.nan, object if text else np.float64)
            elif width > 1:
                values = _moments(frame[port.name], width)
            else:
                values = _texts(frame[port.name]) if text else _numbers(frame[port.name])
            feeds[port.name] = values.reshape(-1, width)
        names = [port.name for port in self._session.get_outputs()]
        parts = [
            self._session.run(names, {name: values[start : start + ROWS] for name, values in feeds.items()})
            for start in range(0, max(len(frame), 1), ROWS)
        ]
        columns = {name: np.concatenate([part[i].reshape(-1) for part in parts]) for i, name in enumerate(names)}
        return pd.DataFrame(columns, index=frame.index)


def _load_pyfunc(path):
    return InfluencerInsightsModel(path)
