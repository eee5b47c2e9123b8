# SPDX-License-Identifier: Apache-2.0
"""An installation for benchmarks, and `writ serve` on it: everything is permitted, every decision is logged."""

import base64
import json
import subprocess
import sys
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parent.parent / "Tests" / "Interop"))
from launch import Launched  # noqa: E402

POLICY = '@id("bench-allow") permit (principal, action, resource);\n'


def make_home(writ: str, folder: Path, servers: dict) -> Path:
    """`writ init` with these servers in the configuration; their tools are approved as they are first seen."""
    home = folder / "home"
    subprocess.run([writ, "init", "--home", str(home)], check=True, capture_output=True)
    for policy in (home / "policies").iterdir():
        policy.unlink()
    policy = home / "policies" / "bench.cedar"
    policy.write_text(POLICY)
    policy.chmod(0o600)
    servers = {name: server | {"pins": "first-use"} for name, server in servers.items()}
    configuration = home / "writ.yaml"
    configuration.write_text(configuration.read_text() + f"\nservers: {json.dumps(servers)}\n")
    return home


def passport(home: Path) -> str:
    """The header that says who calls."""
    found = next((home / "passports").glob("*.json"))
    return "Writ-Passport: " + base64.urlsafe_b64encode(found.read_bytes()).decode().rstrip("=")


def serve(writ: str, home: Path) -> Launched:
    """`writ serve` on a port of its choosing."""
    return Launched([writ, "serve", "--home", str(home), "--listen", "127.0.0.1:0"])


def endpoint(server: Launched, alias: str) -> str:
    """The path of one server."""
    return server.url.rstrip("/").removesuffix("/mcp") + "/mcp/" + alias
