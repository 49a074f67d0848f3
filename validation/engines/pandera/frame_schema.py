"""A pandera schema that truly checks what it is given: lazy frames, NaN, checks that answer once for a frame."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import copy
from typing import Any

import pandera.polars as pa
import polars as pl
from pandera.api.checks import Check
from pandera.config import ValidationDepth, config_context

from validation.engines.polars.parquet_types import FAULT, marked

__all__ = ["FrameSchema"]

Frame = pl.DataFrame | pl.LazyFrame


class WholeCheck(pa.Check):
    """A check that may answer once for a whole frame: such a failure belongs to no row and is told as one of none."""

    @classmethod
    def get_backend(cls, check_obj: Any) -> Any:
        """What carries the check out: the same as for any other check."""
        return Check.get_backend(check_obj)

    def __call__(self, check_obj: Any, column: str | None = None) -> Any:
        """The result row by row; ValueError, which pandera reports, where a single answer for more rows is no."""
        result = super().__call__(check_obj, column)
        answers = result.check_output.collect()
        rows = check_obj.select(pl.len()).collect().item()
        if answers.height != rows and not answers.to_series().all():
            raise ValueError("does not hold of the frame as a whole")
        return result


MAKERS = {"pandas": "pl.from_pandas", "pyarrow": "pl.from_arrow"}
"""What makes a polars frame of a table of another library."""


class FrameSchema(pa.DataFrameSchema):
    """A pandera schema over polars frames that checks every row, or refuses with the remedy.

    A lazy frame is collected, checked and given back lazy. `types` names the type of each column in a table's schema:
    a column is first given that type wherever no value changes (as a Parquet file is), and cells that have none,
    such as NaN among numbers or 2.5 among whole numbers, fail the check `S.type` at their row. The texts `missing`
    are no values. Settings of the process that switch pandera off do not reach it.
    """

    def __init__(
        self,
        *arguments: Any,
        types: Mapping[str, str] | None = None,
        missing: Sequence[str] = ("",),
        **properties: Any,
    ) -> None:
        """Parameters as for a pandera schema, `types` and `missing`."""
        super().__init__(*arguments, **properties)
        self.types = dict(types or {})
        self.missing = tuple(missing)

    @classmethod
    def get_backend(cls, check_obj: Any | None = None, check_type: type | None = None) -> Any:
        """What validates an object; TypeError where it is no polars frame."""
        kind = type(check_obj) if check_type is None else check_type
        if not issubclass(kind, Frame):
            library = kind.__module__.split(".")[0]
            maker = MAKERS.get(library, "pl.DataFrame")
            raise TypeError(f"found {library}.{kind.__name__}, expected a polars frame; fix: give {maker}(…) of it")
        return pa.DataFrameSchema.get_backend(check_obj, check_type)

    def validate(self, check_obj: Any, *arguments: Any, **options: Any) -> Any:
        """The frame with the types of the schema. Parameters and errors as for a pandera schema."""
        self.get_backend(check_obj)
        frame = check_obj.collect() if isinstance(check_obj, pl.LazyFrame) else check_obj
        typed = marked(frame, self.types, self.missing)
        with config_context(validation_enabled=True, validation_depth=ValidationDepth.SCHEMA_AND_DATA):
            checked = pa.DataFrameSchema.validate(self._for(typed), typed, *arguments, **options)
        checked = checked.drop([name for name in checked.columns if name.startswith(FAULT)])
        return checked.lazy() if isinstance(check_obj, pl.LazyFrame) else checked

    def _for(self, frame: pl.DataFrame) -> pa.DataFrameSchema:
        """This schema with the marks of a frame among its columns, every check one that may speak of the whole."""
        schema = copy(self)
        marks = {name: pa.Column(pl.Boolean, name=name) for name in frame.columns if name.startswith(FAULT)}
        schema.columns = {name: _with_whole_checks(column) for name, column in self.columns.items()} | marks
        schema.checks = _whole(self.checks)
        return schema


def _with_whole_checks(column: Any) -> Any:
    column = copy(column)
    column.checks = _whole(column.checks)
    return column


def _whole(checks: Sequence[Any] | None) -> list[Any]:
    """The checks, plain ones as checks that may speak of a whole frame."""
    return [_of_frame(check) if type(check) is Check else check for check in checks or ()]


def _of_frame(check: Any) -> WholeCheck:
    whole = copy(check)
    whole.__class__ = WholeCheck
    return whole
