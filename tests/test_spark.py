"""Spark DataFrames get the same answers as columns, whatever the partitions, even if a worker dies."""

from __future__ import annotations

import os
import shutil
import signal
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql.types import DateType, StringType

from helpers.values import POLICIES, policy
from nofields import (
    AltinnSystemId,
    DateRange,
    Dropdown,
    Field,
    NationalIdentityNumber,
    NorwegianDate,
    OrganisationNumber,
    Text,
    VatNumber,
)
from nofields import columns as kernel
from nofields.fields import BY_NAME
from nofields.generate import BUILDERS, chooser
from nofields.spark import check

pytestmark = pytest.mark.filterwarnings("ignore:PySpark does not yet fully support pandas")

ROWS, FILES = 200_000, 5
NUMBERS = {name: field for name, field in BY_NAME.items() if name not in ("altinn-password", "email")}
SUFFIXES = ("valid", "key", "reason", "clean")
#: The executors' own setting, which must have no effect; no test uses it.
SETTING_OF_EXECUTORS = "only"


@pytest.fixture(scope="session")
def spark(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SparkSession]:
    """Spark on two cores, bound to the loopback address, with four attempts at every task."""
    if not (shutil.which("java") or os.environ.get("JAVA_HOME")):
        pytest.fail("Spark needs Java: apt-get install openjdk-17-jre-headless", pytrace=False)
    home = tmp_path_factory.mktemp("spark")
    settings = {
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.host": "127.0.0.1",
        "spark.driver.memory": "1g",
        "spark.executorEnv.NOFIELDS_SYNTHETIC": SETTING_OF_EXECUTORS,
        "spark.local.dir": str(home / "local"),
        "spark.sql.files.maxPartitionBytes": "4m",
        "spark.sql.shuffle.partitions": "2",
        "spark.sql.warehouse.dir": str(home / "warehouse"),
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
    }
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SPARK_LOCAL_IP", "127.0.0.1")
        patch.setenv("PYSPARK_PYTHON", sys.executable)
        for variable in ("SPARK_HOME", "SPARK_CONF_DIR", "PYSPARK_SUBMIT_ARGS"):
            patch.delenv(variable, raising=False)
        session = SparkSession.builder.master("local[2, 4]").config(map=settings).getOrCreate()
        session.sparkContext.setLogLevel("ERROR")
        yield session
        session.stop()


def mixed(field: type[Field], random: np.random.Generator) -> pa.Array:
    """Values of a field: valid, with blanks, with a wrong digit, blank, no number, null."""
    choose = chooser(2026)
    right = np.array([BUILDERS[field](choose) for _ in range(2000)])
    spaced = [f" {value[:3]} {value[3:]}\u00a0" for value in right[:500]]
    slips = [value[:-1] + str(digit) for value, digit in zip(right, random.integers(0, 10, 1000))]
    others = ["", " \t", "x" * 300, "１２３", "+47" + right[0], None, None]
    return pa.array([*right, *spaced, *slips, *others * 20], pa.utf8()).take(random.integers(0, 3640, ROWS))


def jobs(spark: SparkSession, group: str) -> list[int]:
    return list(spark.sparkContext.statusTracker().getJobIdsForGroup(group))


def expected(field: type[Field], column: pa.Array) -> dict[str, pa.Array]:
    """The column kernel's answers, by the suffixes of the new columns' names."""
    checked = kernel.check(field, column)
    return dict(zip(SUFFIXES, (checked.valid, checked.keys.cast("string"), checked.reasons.cast("string"), checked.clean())))


def test_partitions(spark: SparkSession, tmp_path: Path) -> None:
    random = np.random.default_rng(2026)
    table = pa.table({"id": np.arange(ROWS)} | {name: mixed(field, random) for name, field in NUMBERS.items()})
    (tmp_path / "in").mkdir()
    for part in range(FILES):
        pq.write_table(table.slice(part * ROWS // FILES, ROWS // FILES), tmp_path / "in" / f"{part}.parquet")
    frame = spark.read.parquet(str(tmp_path / "in"))
    assert frame.rdd.getNumPartitions() >= FILES
    with policy("accept"):
        check(frame, NUMBERS).write.parquet(str(tmp_path / "out"), compression="none")
        result = pq.read_table(tmp_path / "out").sort_by("id")
        assert result.select(table.column_names).equals(table)
        for name, field in NUMBERS.items():
            for suffix, answer in expected(field, table[name].combine_chunks()).items():
                actual = result[f"{name}_{suffix}"].combine_chunks()
                assert actual.equals(answer.cast(actual.type)), (name, suffix)
            assert set(result[f"{name}_valid"].unique().to_pylist()) == {True, False, None}


def test_dying_worker(spark: SparkSession, tmp_path: Path) -> None:
    """It is replaced, and no row is lost or doubled."""
    died, rows, deadly = tmp_path / "died", 200_000, 137_000

    class Limit(int):
        """The longest text allowed: a worker that compares it with 70 characters is killed, once."""

        def __lt__(self, length: int) -> bool:
            if length == 70:
                try:
                    died.touch(exist_ok=False)
                    os.kill(os.getpid(), signal.SIGKILL)
                except FileExistsError:
                    pass
            return int(self) < length

    class Name(Text, max=Limit(77)):
        pass

    name = f"repeat('x', CASE WHEN id = {deadly} THEN 70 ELSE 60 + id % 2 * 30 END)"
    frame = spark.range(0, rows, numPartitions=4).selectExpr("id", f"{name} AS name")
    spark.sparkContext.setJobGroup("death", "a worker dies")
    result = check(frame, {"name": Name}).select("id", "name_valid").toArrow().sort_by("id")
    spark.sparkContext.setJobGroup("", "")
    assert died.exists()
    tracker = spark.sparkContext.statusTracker()
    stages = [tracker.getStageInfo(stage) for job in jobs(spark, "death") for stage in tracker.getJobInfo(job).stageIds]
    assert sum(stage.numFailedTasks for stage in stages) >= 1
    assert result["id"].to_numpy().tolist() == list(range(rows))
    assert result["name_valid"].to_pylist() == [row % 2 == 0 or row == deadly for row in range(rows)]


def test_lazy(spark: SparkSession) -> None:
    spark.sparkContext.setJobGroup("lazy", "checks nothing yet")
    checked = check(spark.range(10).selectExpr("cast(id as string) AS orgnr"), {"orgnr": OrganisationNumber})
    assert checked.columns == ["orgnr", "orgnr_valid", "orgnr_key", "orgnr_reason", "orgnr_clean"]
    assert not jobs(spark, "lazy")
    assert checked.count() == 10
    assert jobs(spark, "lazy")
    spark.sparkContext.setJobGroup("", "")


def test_setting_of_the_driver(spark: SparkSession) -> None:
    """It applies on every executor, in nested rules too, and for subclasses that executors cannot import."""

    class Own(OrganisationNumber):
        pass

    class Real(OrganisationNumber, accept={"organisation"}):
        pass

    fields = {"a": OrganisationNumber, "b": Own, "c": Real, "d": AltinnSystemId, "e": NationalIdentityNumber, "f": VatNumber}
    table = pa.table(
        {name: pa.array(["974760673", "310926833"]) for name in "abc"}
        | {"d": pa.array(["974760673_regnskap", "310926833_regnskap"]), "e": pa.array(["03851598730", None])}
        | {"f": pa.array(["974760673 MVA", "NO310926833MVA"])}
    )
    frame, frames = spark.createDataFrame(table), []
    for setting in POLICIES:
        with policy(setting):
            frames.append((check(frame, fields), {name: expected(field, table[name]) for name, field in fields.items()}))
    for checked, answers in frames:
        result = checked.toArrow()
        for name in fields:
            assert {suffix: result[f"{name}_{suffix}"].to_pylist() for suffix in SUFFIXES} == {
                suffix: values.to_pylist() for suffix, values in answers[name].items()
            }
    verdicts = {setting: each["a"]["valid"].to_pylist() for setting, (_, each) in zip(POLICIES, frames)}
    assert verdicts == {"reject": [True, False], "accept": [True, True], "only": [False, True]}


@pytest.mark.parametrize(("large", "batch"), [("true", "1"), ("false", "0")])
def test_layouts_batches_names(spark: SparkSession, large: str, batch: str) -> None:
    """Large texts, one row or all rows in a batch, a dot and a blank in names."""

    class Size(Dropdown, choices=("S", "M")):
        pass

    rows = [("31.12.2016", "S", [1]), ("31.02.2016", "X", []), (None, None, None)]
    frame = spark.createDataFrame(rows, "`the.day` string, `a size` string, `list` array<int>")
    checked = check(frame, {"the.day": NorwegianDate, "a size": Size})
    assert [checked.schema[name].dataType for name in ("the.day_clean", "a size_clean")] == [DateType(), StringType()]
    settings = {"useLargeVarTypes": large, "maxRecordsPerBatch": batch}
    for name, value in settings.items():
        spark.conf.set(f"spark.sql.execution.arrow.{name}", value)
    result = checked.toArrow().to_pydict()
    for name in settings:
        spark.conf.unset(f"spark.sql.execution.arrow.{name}")
    assert {name: result[name] for name in frame.columns} == dict(zip(frame.columns, map(list, zip(*rows))))
    assert result["the.day_valid"] == result["a size_valid"] == [True, False, None]
    assert result["the.day_clean"] == [date(2016, 12, 31), None, None]
    assert result["a size_clean"] == ["S", None, None]
    assert result["the.day_key"] == [None, "DATE_TO_FROM_ERROR", None]
    assert result["a size_reason"] == [None, "choice", None]


def test_char_and_varchar(spark: SparkSession) -> None:
    spark.conf.set("spark.sql.preserveCharVarcharTypeInfo", "true")
    frame = spark.sql("SELECT cast('974760673' AS char(12)) AS a, cast('974 760 673' AS varchar(12)) AS b")
    result = check(frame, {"a": OrganisationNumber, "b": OrganisationNumber}).toArrow().to_pydict()
    spark.conf.unset("spark.sql.preserveCharVarcharTypeInfo")
    assert [frame.schema[name].dataType.simpleString() for name in "ab"] == ["char(12)", "varchar(12)"]
    assert result["a"] == ["974760673   "]
    assert result["a_clean"] == result["b_clean"] == ["974760673"]


def test_invalid_arguments(spark: SparkSession) -> None:
    frame = spark.createDataFrame([("974760673", 974760673, "x")], "orgnr string, number int, ORGNR_Key string")
    twins = frame.join(frame.select("number", "orgnr"), "number")
    rejected: list[tuple[DataFrame, dict[str, type[Field]], type[Exception], str]] = [
        (frame, {"organisation": OrganisationNumber}, ValueError, "no column 'organisation'; there is 'orgnr', 'number', 'ORG"),
        (twins, {"orgnr": OrganisationNumber}, ValueError, "two columns would be called 'orgnr'"),
        (frame, {"number": OrganisationNumber}, TypeError, "the column 'number' is int and cannot be checked.*leading zeros"),
        (frame, {"orgnr": OrganisationNumber}, ValueError, "two columns would be called 'orgnr_key'"),
        (frame.drop("ORGNR_Key"), {"orgnr": DateRange}, TypeError, "DateRange is not one text"),
    ]
    for checked, fields, error, words in rejected:
        with pytest.raises(error, match=words):
            check(checked, fields)
