# SPDX-License-Identifier: Apache-2.0
"""What all drivers share: one JSON line per scenario on stdout, exit status 0 only if every scenario is ok."""

import json
from contextlib import AbstractContextManager
from dataclasses import dataclass
from importlib import import_module
from importlib.metadata import version

SCENARIO_SECONDS = 60  # far beyond any scenario's need; it only turns a hang into a failure


@dataclass
class RPCError(Exception):
    """A JSON-RPC error answer, as the peer sent it."""

    code: int
    message: str
    data: object = None

    def __str__(self) -> str:
        return f"JSON-RPC error {self.code}: {self.message} {exact(self.data)}"


class Failed(Exception):
    """A scenario's expectation was not met."""


def exact(value: object) -> str:
    """A text that two JSON values share only if they are the same to the last digit and in the same order."""
    return json.dumps(value, ensure_ascii=False)


def short(value: object) -> str:
    """A text for people, of a bounded length."""
    text = value if isinstance(value, str) else exact(value)
    return text if len(text) <= 300 else f"{text[:200]} … {text[-60:]} ({len(text)} characters)"


def expect(condition: bool, why: str) -> None:
    if not condition:
        raise Failed(why)


def expect_same(got: object, wanted: object, what: str) -> None:
    """Equal exactly: 1 is not 1.0, and the order of members counts."""
    expect(exact(got) == exact(wanted), f"{what}: got {short(got)}, wanted {short(wanted)}")


def core(result: dict) -> dict:
    """A result without what a gateway may rightly change: its _meta and the modern era's own members."""
    return {k: v for k, v in result.items() if k not in ("_meta", "resultType", "ttlMs", "cacheScope")}


def causes(error: BaseException) -> str:
    """An error's text; of a group, its members' texts."""
    if isinstance(error, BaseExceptionGroup):
        return "; ".join(causes(inner) for inner in error.exceptions)
    return f"{type(error).__name__}: {error}".rstrip(": ")


class Report:
    """Collects the scenarios' outcomes and prints each as it comes."""

    def __init__(self, prefix: str = "") -> None:
        self.ok, self._prefix = True, prefix

    def line(self, scenario: str, ok: bool, detail: str) -> None:
        self.ok = self.ok and ok
        print(
            json.dumps({"scenario": self._prefix + scenario, "ok": ok, "detail": detail}, ensure_ascii=False),
            flush=True,
        )

    def scenario(self, name: str) -> "Scenario":
        """`with report.scenario("name") as s:` reports ok, with s.detail, unless the body raises."""
        return Scenario(self, name)


class Scenario(AbstractContextManager):
    def __init__(self, report: Report, name: str) -> None:
        self._report, self._name, self.detail = report, name, ""

    def __exit__(self, kind, error, trace) -> bool:
        if error is None:
            self._report.line(self._name, True, self.detail)
        elif isinstance(error, Failed):
            self._report.line(self._name, False, str(error))
        elif isinstance(error, Exception):
            self._report.line(self._name, False, causes(error))
        else:
            return False
        return True


def installed_peer():
    """The client module for the SDK of the environment this runs in."""
    return import_module("peer1" if version("mcp").startswith("1.") else "peer2")
