#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Tokens at `writ serve`, with the SDK's client before it and a server behind it that keeps every byte it is sent.

    .peers/mcp2/bin/python Tests/Interop/tokens.py --writ .build/debug/writ

Promise: a client with a token calls a tool in both eras; keys come over HTTP and change while it runs; a token for
another resource, another issuer's and none are refused; a token and a passport that are bound to a key do with a DPoP
proof of it, once, and not without; and no eight bytes in a row of any token's or proof's signature, nor the inbound
cookie, are found in what the server was sent, in any file of the installation, or in what `writ` says.
Exit status 1 and the reason where one of these is not so.
"""

import argparse
import asyncio
import base64
import hashlib
import http.server
import json
import shutil
import subprocess
import sys
import tempfile
import threading
import time
import uuid
import urllib.error
import urllib.request
from pathlib import Path

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, utils
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from mcp import Client
from mcp.client.streamable_http import streamable_http_client
from mcp.shared._httpx_utils import create_mcp_http_client

from launch import Launched

ISSUER = "https://login.example.com/"
POLICY = """
@id("all") permit (principal == Agent::"corp:worker-7", action, resource);
@id("bound") permit (principal == Agent::"agent:bound", action, resource) when { principal.proof == "dpop" };
"""


def b64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


class Signer:
    def __init__(self, kid: str) -> None:
        self.kid, self.key = kid, ed25519.Ed25519PrivateKey.generate()

    def jwk(self) -> dict:
        x = self.key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
        return {"kty": "OKP", "crv": "Ed25519", "kid": self.kid, "use": "sig", "x": b64(x)}

    def token(self, audience: str, **more: object) -> str:
        now = int(time.time())
        claims = {"iss": ISSUER, "sub": "worker-7", "aud": audience, "iat": now, "exp": now + 300, **more}
        header = {"alg": "EdDSA", "typ": "at+jwt", "kid": self.kid}
        message = b64(json.dumps(header).encode()) + "." + b64(json.dumps(claims).encode())
        return message + "." + b64(self.key.sign(message.encode()))


class Holder:
    """A client's key: Ed25519, or P-256."""

    def __init__(self, curve: str) -> None:
        self.is_ed = curve == "Ed25519"
        self.key = ed25519.Ed25519PrivateKey.generate() if self.is_ed else ec.generate_private_key(ec.SECP256R1())

    def jwk(self) -> dict:
        public = self.key.public_key()
        if self.is_ed:
            return {"crv": "Ed25519", "kty": "OKP", "x": b64(public.public_bytes(Encoding.Raw, PublicFormat.Raw))}
        numbers = public.public_numbers()
        return {"crv": "P-256", "kty": "EC", "x": b64(numbers.x.to_bytes(32, "big")), "y": b64(numbers.y.to_bytes(32, "big"))}

    def thumbprint(self) -> str:
        return b64(hashlib.sha256(json.dumps(self.jwk(), separators=(",", ":"), sort_keys=True).encode()).digest())

    def proof(self, url: str, credential: str, **more: object) -> str:
        claims = {
            "jti": str(uuid.uuid4()), "htm": "POST", "htu": url, "iat": int(time.time()),
            "ath": b64(hashlib.sha256(credential.encode()).digest()), **more,
        }
        header = {"typ": "dpop+jwt", "alg": "EdDSA" if self.is_ed else "ES256", "jwk": self.jwk()}
        message = b64(json.dumps(header).encode()) + "." + b64(json.dumps(claims).encode())
        if self.is_ed:
            return message + "." + b64(self.key.sign(message.encode()))
        r, s = utils.decode_dss_signature(self.key.sign(message.encode(), ec.ECDSA(hashes.SHA256())))
        return message + "." + b64(r.to_bytes(32, "big") + s.to_bytes(32, "big"))


class Recorder(http.server.BaseHTTPRequestHandler):
    """An MCP server of the handshake revisions with one tool, that keeps what it is sent; and the issuer's keys."""

    protocol_version = "HTTP/1.1"
    seen: list[bytes] = []
    keys: dict = {}
    fetched = 0

    def log_message(self, *_: object) -> None:
        pass

    def say(self, status: int, body: object = None, **headers: str) -> None:
        data = b"" if body is None else json.dumps(body).encode()
        self.send_response(status)
        for name, value in {"Content-Type": "application/json", "Content-Length": str(len(data)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data)

    def do_GET(self) -> None:
        if self.path == "/jwks":
            Recorder.fetched += 1
            return self.say(200, Recorder.keys)
        Recorder.seen.append(str(self.path).encode() + bytes(self.headers))
        self.say(405)

    def do_DELETE(self) -> None:
        Recorder.seen.append(bytes(self.headers))
        self.say(200)

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        Recorder.seen.append(str(self.path).encode() + bytes(self.headers) + body)
        message = json.loads(body)
        if "id" not in message:
            return self.say(202)
        results = {
            "initialize": {
                "protocolVersion": "2025-11-25", "capabilities": {"tools": {}},
                "serverInfo": {"name": "recorder", "version": "1"},
            },
            "tools/list": {"tools": [{"name": "echo", "inputSchema": {"type": "object"}}]},
            "tools/call": {"content": [{"type": "text", "text": "done"}]},
            "ping": {},
        }
        result = results.get(message["method"])
        if result is None:
            return self.say(200, {"jsonrpc": "2.0", "id": message["id"], "error": {"code": -32601, "message": "no"}})
        self.say(200, {"jsonrpc": "2.0", "id": message["id"], "result": result})


async def calls(url: str, token: str, mode: str) -> str:
    """What a tool's call answers, and what tools there were."""
    async with create_mcp_http_client(
        headers={"Authorization": f"Bearer {token}", "Cookie": "inbound-cookie-value=1", "DPoP": "inbound-proof-value"}
    ) as http_client:
        async with Client(streamable_http_client(url, http_client=http_client), mode=mode) as client:
            tools = [tool.name for tool in (await client.list_tools()).tools]
            result = await client.call_tool(tools[0], {"text": "hello"})
            return f"{tools} {result.is_error} {result.content[0].text}"


def status(url: str, token: str | None) -> tuple[int, str]:
    headers = {"Content-Type": "application/json", "Accept": "application/json, text/event-stream"}
    if token:
        headers["Authorization"] = f"Bearer {token}"
    opening = {"protocolVersion": "2025-11-25", "capabilities": {}, "clientInfo": {"name": "raw", "version": "0"}}
    body = json.dumps({"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": opening}).encode()
    try:
        with urllib.request.urlopen(urllib.request.Request(url, body, headers)) as answer:
            return answer.status, ""
    except urllib.error.HTTPError as error:
        return error.code, error.headers.get("WWW-Authenticate") or ""


def ask(url: str, headers: dict[str, str]) -> tuple[int, str]:
    """A tool's call in the stateless revision: the status, and the challenges or the answer."""
    meta = {
        "io.modelcontextprotocol/protocolVersion": "2026-07-28", "io.modelcontextprotocol/clientCapabilities": {},
        "io.modelcontextprotocol/clientInfo": {"name": "raw", "version": "0"},
    }
    body = json.dumps({
        "jsonrpc": "2.0", "id": 1, "method": "tools/call",
        "params": {"name": "recorder__echo", "arguments": {"text": "hello"}, "_meta": meta},
    }).encode()
    always = {
        "Content-Type": "application/json", "Accept": "application/json, text/event-stream",
        "MCP-Protocol-Version": "2026-07-28", "Mcp-Method": "tools/call", "Mcp-Name": "recorder__echo",
    }
    try:
        with urllib.request.urlopen(urllib.request.Request(url, body, always | headers)) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, " ".join(error.headers.get_all("WWW-Authenticate") or [])


def proofs(url: str, resource: str, signer: Signer, writ: str, home: Path, work: Path) -> list[str]:
    """What is bound to a key, with proofs and without; gives all that was sent."""
    sent = []
    for curve in ("Ed25519", "P-256"):
        holder, thief = Holder(curve), Holder(curve)
        token = signer.token(resource, cnf={"jkt": holder.thumbprint()})
        loose = signer.token(resource)
        once = holder.proof(resource, token)
        sent += [token, loose, once]
        for what, credential, proof, wanted in (
            ("a bound token with a proof", f"DPoP {token}", once, 200),
            ("the same proof again", f"DPoP {token}", once, 401),
            ("another proof", f"DPoP {token}", holder.proof(resource, token), 200),
            ("no proof", f"DPoP {token}", None, 401),
            ("as a bearer's", f"Bearer {token}", holder.proof(resource, token), 401),
            ("another's proof", f"DPoP {token}", thief.proof(resource, token), 401),
            ("a proof for another URL", f"DPoP {token}", holder.proof(url, token), 401),
            ("a proof for another token", f"DPoP {token}", holder.proof(resource, loose), 401),
            ("an old proof", f"DPoP {token}", holder.proof(resource, token, iat=int(time.time()) - 90), 401),
            ("a token that is bound to nothing", f"DPoP {loose}", holder.proof(resource, loose), 401),
        ):
            sent += [proof] if proof else []
            headers = {"Authorization": credential} | ({"DPoP": proof} if proof else {})
            status, said = ask(url, headers)
            is_so = status == wanted and ("done" in said if wanted == 200 else 'algs="EdDSA ES256 RS256"' in said)
            expect(f"DPoP by {curve}: {what}: {wanted}", is_so, (status, said))
    holder = Holder("Ed25519")
    (work / "holder.jwk").write_text(json.dumps(holder.jwk()))
    subprocess.run(
        [writ, "passport", "issue", "agent:bound", "--home", str(home), "--cnf", str(work / "holder.jwk")],
        check=True, capture_output=True)
    passport = b64((home / "passports" / "agent-bound.json").read_bytes())
    once = holder.proof(resource, passport)
    sent.append(once)
    for what, headers, wanted in (
        ("with a proof", {"Writ-Passport": passport, "DPoP": once}, 200),
        ("with the same again", {"Writ-Passport": passport, "DPoP": once}, 401),
        ("in Authorization", {"Authorization": f"DPoP {passport}", "DPoP": holder.proof(resource, passport)}, 200),
        ("with another's", {"Writ-Passport": passport, "DPoP": Holder("Ed25519").proof(resource, passport)}, 401),
        ("without", {"Writ-Passport": passport}, 401),
    ):
        status, said = ask(url, headers)
        is_so = status == wanted and (wanted != 200 or '"isError":true' not in said and "done" in said)
        expect(f"a bound passport {what}: {wanted}", is_so, (status, said))
    return sent


def expect(what: str, is_so: bool, more: object = "") -> None:
    print(f"{'ok  ' if is_so else 'FAIL'} {what}{'' if is_so else f': {more}'}")
    if not is_so:
        raise SystemExit(1)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--writ", default=".build/debug/writ")
    writ = str(Path(parser.parse_args().writ).resolve())
    work = Path(tempfile.mkdtemp(prefix="writ-tokens-"))
    behind = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Recorder)
    threading.Thread(target=behind.serve_forever, daemon=True).start()
    here = f"http://127.0.0.1:{behind.server_address[1]}"
    first, second, stranger = Signer("one"), Signer("two"), Signer("one")
    Recorder.keys = {"keys": [first.jwk()]}
    home = work / "home"
    served = None
    try:
        subprocess.run([writ, "init", "--home", str(home)], check=True, capture_output=True)
        for policy in (home / "policies").glob("*.cedar"):
            policy.unlink()
        (home / "policies" / "all.cedar").write_text(POLICY)
        configuration = (home / "writ.yaml").read_text()
        key = next(line for line in configuration.splitlines() if line.startswith("  ") and len(line.split()) == 2)
        resource = "http://127.0.0.1:8808/mcp"
        (home / "writ.yaml").write_text(
            f"resource: {resource}\nissuers:\n{key}\n  corp:\n    issuer: {ISSUER}\n    jwks: {here}/jwks\n"
            f"    capabilities: [mcp.tool.execute]\n"
            f"servers:\n  recorder:\n    url: {here}/mcp\n    pins: first-use\n"
        )
        served = Launched([writ, "serve", "--home", str(home), "--listen", "127.0.0.1:0"])
        tokens = [first.token(resource)]
        for mode in ("legacy", "2026-07-28"):
            said = asyncio.run(calls(served.url, tokens[0], mode))
            expect(f"a call with a token, {mode}", said.endswith("False done"), said)
        expect("the keys were fetched once", Recorder.fetched == 1, Recorder.fetched)
        refused, challenge = status(served.url, None)
        expect("without a token: 401 and where the metadata are", refused == 401 and "resource_metadata=" in challenge, challenge)
        for what, token in (
            ("for another resource", first.token("https://other.example/mcp")),
            ("of another key under the id", stranger.token(resource)),
            ("of another issuer", first.token(resource, iss="https://evil.example/")),
        ):
            tokens.append(token)
            refused, challenge = status(served.url, token)
            expect(f"a token {what}: 401", refused == 401 and "invalid_token" in challenge, (refused, challenge))
        # Nobody has named an unknown key yet, but the keys came just now: newer ones are looked for after half a minute.
        Recorder.keys = {"keys": [first.jwk(), second.jwk()]}
        tokens.append(second.token(resource))
        expect("a key that is too new: 401", status(served.url, tokens[-1])[0] == 401)
        tokens += proofs(served.url, resource, first, writ, home, work)
        receipts = subprocess.run(
            [writ, "receipts", "list", "--home", str(home), "--json"], check=True, capture_output=True).stdout
        lines = [line for line in receipts.splitlines() if b"corp:worker-7" in line or b"agent:bound" in line]
        ids = [json.loads(line)["receipt_id"] for line in lines]
        expect("receipts name the agent", len(ids) >= 8, receipts[:300])
        shown = [
            json.loads(subprocess.run(
                [writ, "receipts", "show", identifier, "--home", str(home), "--json"], check=True, capture_output=True,
            ).stdout)["receipt"]["identity"] for identifier in ids
        ]
        expect("receipts say what was proved", sum(one.get("proof") == "dpop" for one in shown) == 6, shown)
        for identifier in ids:
            replay = subprocess.run([writ, "receipts", "replay", identifier, "--home", str(home)], capture_output=True)
            expect("a receipt replays without the token", replay.returncode == 0, replay.stdout + replay.stderr)
        expect("it ends well", served.close() == 0, served.said)
        found = [b"inbound-cookie-value", b"inbound-proof-value"]
        for token in tokens:
            signature = token.rsplit(".", 1)[1].encode()
            raw = base64.urlsafe_b64decode(signature + b"==")
            found += [text[i : i + 8] for text in (signature, raw) for i in range(len(text) - 7)]
        places = {"the server": b"\n".join(Recorder.seen), "what writ says": "\n".join(served.said).encode()}
        places |= {str(path): path.read_bytes() for path in home.rglob("*") if path.is_file()}
        for place, data in places.items():
            expect(f"nothing of a token in {place.removeprefix(str(home))}", not any(piece in data for piece in found))
        expect("the server was called", b"tools/call" in places["the server"])
    finally:
        if served:
            served.close()
        behind.shutdown()
        shutil.rmtree(work, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
