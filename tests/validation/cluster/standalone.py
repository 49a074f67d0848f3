"""A standalone cluster of Spark on loopback: a master and two workers, whose executors know nothing of our folder."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import time
import urllib.request
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from canonical.table_schema import ROOT

__all__ = ["BRIEF", "READERS", "Cluster", "started"]

READERS = ROOT / ".venv" / "readers"
PATIENCE = 90
BRIEF = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
"""Options of Java for what runs a minute or less: it does not pay to compile more."""


@dataclass
class Cluster:
    """A running cluster: its address, its folder, and its workers, each a group of processes of its own."""

    address: str
    folder: Path
    workers: list[subprocess.Popen[bytes]] = field(default_factory=list[subprocess.Popen[bytes]])

    def kill_worker(self) -> None:
        """End a worker and its executors at once, as a machine that dies does."""
        worker = self.workers.pop()
        os.killpg(worker.pid, signal.SIGKILL)
        worker.wait()


@contextmanager
def started(folder: Path) -> Generator[Cluster]:
    """A cluster that works in `folder` and ends with the block."""
    port, page = _free(), _free()
    address = f"spark://127.0.0.1:{port}"
    master = _java(folder, "master.Master", "--host", "127.0.0.1", "--port", str(port), "--webui-port", str(page))
    cluster = Cluster(address, folder)
    try:
        _wait(page, 0)
        for number in (1, 2):
            work = folder / f"worker-{number}"
            options = ("--cores", "1", "--memory", "1g", "--host", "127.0.0.1", "--work-dir", str(work))
            cluster.workers.append(_java(folder, "worker.Worker", *options, "--webui-port", str(_free()), address))
        _wait(page, 2)
        yield cluster
    finally:
        for process in (*cluster.workers, master):
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _java(folder: Path, name: str, *options: str) -> subprocess.Popen[bytes]:
    home = next(READERS.glob("lib/python*/site-packages/pyspark"))
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONPATH"}
    environment |= {"SPARK_HOME": str(home), "SPARK_LOCAL_IP": "127.0.0.1", "SPARK_DAEMON_JAVA_OPTS": BRIEF}
    command = [str(home / "bin" / "spark-class"), f"org.apache.spark.deploy.{name}", *options]
    with (folder / f"{name}-{len(list(folder.glob('*.log')))}.log").open("wb") as log:
        return subprocess.Popen(command, cwd=folder, env=environment, stdout=log, stderr=log, start_new_session=True)


def _free() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


def _wait(page: int, workers: int) -> None:
    """Wait until the master's page says that so many workers are there."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{page}/json/", timeout=5) as answer:
                if answer.read().count(b'"ALIVE"') >= workers + 1:
                    return
        except OSError:
            pass
        time.sleep(0.3)
    raise AssertionError(f"after {PATIENCE} s the cluster has not {workers} workers")
