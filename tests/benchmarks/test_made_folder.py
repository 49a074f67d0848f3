"""A benchmark makes the folder that it is told to make its files in, and says where there can be none."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from benchmarks import scale, scale_relations, spark_speed


@pytest.mark.parametrize(
    ("main", "more"), [(scale.main, []), (scale_relations.main, []), (spark_speed.main, ["--world"])]
)
def test_a_folder_that_is_not_there_is_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, main: Callable[[Sequence[str]], int], more: list[str]
) -> None:
    def begun(dir: object = None, **_: object) -> None:  # as `tempfile` calls it
        assert Path(str(dir)).is_dir()
        raise RuntimeError("the benchmark begins")

    monkeypatch.setattr(tempfile, "TemporaryDirectory", begun)
    with pytest.raises(RuntimeError, match="the benchmark begins"):
        main(["--folder", str(tmp_path / "not" / "there"), *more])
    assert (tmp_path / "not" / "there").is_dir()


@pytest.mark.parametrize("main", [scale.main, scale_relations.main, spark_speed.main])
def test_a_file_is_no_folder(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], main: Callable[[Sequence[str]], int]
) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(SystemExit) as ended:
        main(["--folder", str(tmp_path / "file")])
    assert ended.value.code == 2
    assert "no folder can be made there (File exists)" in capsys.readouterr().err
