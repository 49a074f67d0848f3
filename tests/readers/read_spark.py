"""Read the Parquet of tables with Spark and print the checksum of each: read_spark.py FOLDER TABLE..."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pandas as pd
from cloud_vendor_metrics.checksums import checksum
from pyspark.sql import SparkSession

TYPES = {"string": "str", "integer": "Int64", "number": "float64", "boolean": "boolean", "date": "datetime64[us]"}


def main(folder: Path, tables: list[str]) -> None:
    """Print a line a table: its name, its rows and its checksum; of machine prices the rows of each vendor's folder."""
    session = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false")
    session = session.config("spark.driver.extraJavaOptions", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC")
    spark = session.config("spark.driver.memory", "2g").config("spark.sql.session.timeZone", "UTC").getOrCreate()
    spark.conf.set("spark.sql.execution.arrow.pyspark.enabled", "true")
    spark.conf.set("spark.sql.shuffle.partitions", "2")
    spark.sparkContext.setLogLevel("ERROR")
    for table in tables:
        fields = json.loads((folder / "schemas" / f"{table}.json").read_text(encoding="utf-8"))["fields"]
        rows = spark.read.parquet(str(folder / "data" / f"{table}.parquet")).toPandas()
        frame = pd.DataFrame({field["name"]: rows[field["name"]].astype(TYPES[field["type"]]) for field in fields})
        print(table, len(frame), checksum(frame))
    prices = spark.read.parquet(str(folder / "data" / "compute_prices"))
    for row in prices.groupBy("vendor_id").count().collect():
        print("compute_prices", row["vendor_id"], row["count"])
    spark.stop()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
