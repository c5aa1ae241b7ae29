/** Name of the module that MLflow loads a model with. */
export const LOADER_MODULE = "influencer_insights_model";

/**
 * The Python that stands in a model's folder, in `code/`: what MLflow's own wrapper of ONNX does not do. It takes whatever
 * pandas makes of a column (whole numbers, floats with NaN, objects with None, dates), takes columns that are not there as
 * unknown, and runs some rows at a time, so that memory stays flat.
 */
export const PYTHON_LOADER = `"""Loads model.onnx for MLflow (mlflow.pyfunc.load_model, spark_udf). Written by influencer-insights."""

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
            if port.name in frame:
                values = _texts(frame[port.name]) if text else _numbers(frame[port.name])
            else:
                values = np.full(len(frame), "" if text else np.nan, object if text else np.float64)
            feeds[port.name] = values.reshape(-1, 1)
        names = [port.name for port in self._session.get_outputs()]
        parts = [
            self._session.run(names, {name: values[start : start + ROWS] for name, values in feeds.items()})
            for start in range(0, max(len(frame), 1), ROWS)
        ]
        columns = {name: np.concatenate([part[i].reshape(-1) for part in parts]) for i, name in enumerate(names)}
        return pd.DataFrame(columns, index=frame.index)


def _load_pyfunc(path):
    return InfluencerInsightsModel(path)
`;
