"""A real cgr-engine v0.10.4 for the tests: built by the Go tool into the user's cache, run on loopback."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path

VERSION = "v0.10.4"
MODULE = "github.com/cgrates/cgrates"
BUILD_SECONDS = 900
_START_SECONDS = 30


class EngineUnavailableError(Exception):
    """There is no engine to test against on this machine, for the reason given."""


def engine_binary(cache: Path) -> Path:
    """Return the engine, built the first time (about 80 seconds of one processor and 300 MB of downloads).

    `go install` asks the proxy for a list of versions; where only that is refused, a module that pins the version is built
    instead, which asks for nothing but the version itself.
    """
    binary = cache / f"cgr-engine-{VERSION}"
    if binary.exists():
        return binary
    go = shutil.which("go") or shutil.which("/usr/local/go/bin/go")
    if go is None:
        raise EngineUnavailableError("Go is not installed")
    cache.mkdir(parents=True, exist_ok=True)
    work = cache / f"build-{os.getpid()}"
    work.mkdir(exist_ok=True)
    try:
        failed = _install(go, work)
        if "/@v/list" in failed:
            failed = _build_pinned(go, work)
        if failed:
            raise EngineUnavailableError(f"cgr-engine {VERSION} cannot be built here: {failed[-400:]}")
        (work / "cgr-engine").replace(binary)
    finally:
        shutil.rmtree(work, ignore_errors=True)
    return binary


def _install(go: str, work: Path) -> str:
    return _run([go, "install", f"{MODULE}/cmd/cgr-engine@{VERSION}"], work, {"GOBIN": str(work)})


def _build_pinned(go: str, work: Path) -> str:
    (work / "go.mod").write_text(f"module engine\n\ngo 1.22\n\nrequire {MODULE} {VERSION}\n")
    (work / "engine.go").write_text(f'//go:build tools\n\npackage engine\n\nimport _ "{MODULE}/cmd/cgr-engine"\n')
    return _run([go, "build", "-mod=mod", "-o", str(work / "cgr-engine"), f"{MODULE}/cmd/cgr-engine"], work, {})


def _run(command: list[str], work: Path, more: dict[str, str]) -> str:
    """Run niced on one processor; return what went wrong, "" when nothing did."""
    nice = [found, "-n", "15"] if (found := shutil.which("nice")) else []
    environment = {**os.environ, "GOFLAGS": "-p=1 -buildvcs=false", **more}
    try:
        done = subprocess.run(
            [*nice, *command], cwd=work, env=environment, capture_output=True, text=True, check=False, timeout=BUILD_SECONDS
        )
    except subprocess.TimeoutExpired:
        return f"the build took longer than {BUILD_SECONDS} seconds"
    return "" if done.returncode == 0 else done.stderr or "unknown reason"


def _free_ports(count: int) -> list[int]:
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [listener.getsockname()[1] for listener in sockets]
    for listener in sockets:
        listener.close()
    return ports


class Engine:
    """A running engine. `call` speaks JSON-RPC over HTTP."""

    def __init__(self, binary: Path, folder: Path) -> None:
        self._folder = folder
        ports = _free_ports(6)
        self._url = f"http://127.0.0.1:{ports[2]}/jsonrpc"
        names = ("rpc_json", "rpc_gob", "http", "rpc_json_tls", "rpc_gob_tls", "http_tls")
        spool = folder / "spool"
        spool.mkdir()
        configuration = {
            "general": {"default_timezone": "UTC", "failed_posts_dir": str(spool), "tpexport_dir": str(spool)},
            "data_db": {"db_type": "*internal"},
            "stor_db": {"db_type": "*internal"},
            "listen": {name: f"127.0.0.1:{port}" for name, port in zip(names, ports, strict=True)},
            "rals": {"enabled": True},
            "schedulers": {"enabled": True},
            "cdrs": {"enabled": True, "rals_conns": ["*internal"]},
            "apiers": {"enabled": True, "scheduler_conns": ["*internal"]},
        }
        settings = folder / "settings"
        settings.mkdir()
        (settings / "engine.json").write_text(json.dumps(configuration))
        self._log = (folder / "engine.log").open("w")
        self._process = subprocess.Popen(
            [str(binary), "-config_path", str(settings), "-logger", "*stdout"],
            stdout=self._log,
            stderr=subprocess.STDOUT,
            cwd=folder,
        )
        self._count = 0
        self._wait()

    def _wait(self) -> None:
        end = time.monotonic() + _START_SECONDS
        while time.monotonic() < end and self._process.poll() is None:
            try:
                self.call("APIerSv1.Ping", {})
            except (OSError, urllib.error.URLError):
                time.sleep(0.2)
            else:
                return
        log = (self._folder / "engine.log").read_text()[-400:]
        self.stop()
        raise EngineUnavailableError(f"cgr-engine does not start: {log}")

    def call(self, method: str, parameters: dict[str, object]) -> dict[str, object]:
        """Ask the engine; the answer has `result` and `error`."""
        body = json.dumps({"id": 1, "method": method, "params": [parameters]}).encode()
        request = urllib.request.Request(self._url, body, {"Content-Type": "application/json"})
        with urllib.request.urlopen(request, timeout=60) as answer:
            return json.loads(answer.read())

    def load(self, folder: Path) -> None:
        """Load a tariff plan."""
        answer = self.call("APIerSv1.LoadTariffPlanFromFolder", {"FolderPath": str(folder)})
        assert answer["error"] is None, answer

    def cost(self, subject: str, destination: str, answered: str, usage_ms: int) -> float | None:
        """Return what GetCost says, before a call is rounded or capped; None when it has no price."""
        asked = {"Tenant": "test", "Category": "call", "Subject": subject, "AnswerTime": answered}
        answer = self.call("APIerSv1.GetCost", asked | {"Destination": destination, "Usage": f"{usage_ms}ms"})
        return answer["result"]["Cost"] if answer["error"] is None else None

    def billed(self, subject: str, destination: str, answered: str, usage_ms: int) -> float | None:
        """Return the cost of a call detail record: what would be billed; None when it has no price."""
        self._count += 1
        origin = f"call-{self._count}"
        event = {
            "OriginID": origin,
            "OriginHost": "test",
            "ToR": "*voice",
            "RequestType": "*rated",
            "Tenant": "test",
            "Category": "call",
            "Account": subject,
            "Subject": subject,
            "Destination": destination,
            "SetupTime": answered,
            "AnswerTime": answered,
            "Usage": f"{usage_ms}ms",
        }
        flags = ["*rals", "*chargers:false", "*store:true"]
        answer = self.call("CDRsV1.ProcessEvent", {"Flags": flags, "Tenant": "test", "ID": origin, "Event": event})
        assert answer["error"] is None, answer
        records = self.call("CDRsV1.GetCDRs", {"OriginIDs": [origin]})
        assert records["error"] is None, records
        cost = records["result"][0]["Cost"]
        return None if cost < 0 else cost

    def stop(self) -> None:
        """End the engine."""
        self._process.terminate()
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._log.close()
