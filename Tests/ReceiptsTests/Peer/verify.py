# SPDX-License-Identifier: Apache-2.0
"""Checks the golden files from docs/receipt-format.md alone: canonical form, signatures, commitments, proof, evidence.

Needs nothing but Python's standard library; with the package `cryptography` it also opens the sealed evidence.
Usage: verify.py FOLDER
"""

import base64
import hashlib
import hmac
import json
import pathlib
import struct
import sys


def sha256(data):
    return hashlib.sha256(data).digest()


def b64u(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def unb64u(text):
    data = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    assert b64u(data) == text, "not canonical base64url"
    return data


def unb64(text):
    data = base64.b64decode(text, validate=True)
    assert base64.b64encode(data).decode() == text, "not canonical base64"
    return data


# RFC 8032, section 6: Ed25519 verification, from the curve's definition.
P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P


def add(one, two):
    a = (one[1] - one[0]) * (two[1] - two[0]) % P
    b = (one[1] + one[0]) * (two[1] + two[0]) % P
    c = 2 * one[3] * two[3] * D % P
    d = 2 * one[2] * two[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P


def multiply(scalar, point):
    result = (0, 1, 1, 0)
    while scalar:
        if scalar & 1:
            result = add(result, point)
        point = add(point, point)
        scalar >>= 1
    return result


def same(one, two):
    return (one[0] * two[2] - two[0] * one[2]) % P == 0 and (one[1] * two[2] - two[1] * one[2]) % P == 0


def point(data):
    y = int.from_bytes(data, "little")
    sign, y = y >> 255, y & (2**255 - 1)
    assert y < P, "not a canonical point"
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * pow(2, (P - 1) // 4, P) % P
    assert (x * x - square) % P == 0, "not a point of the curve"
    if x & 1 != sign:
        x = P - x
    return x, y, 1, x * y % P


BASE = point((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))


def verify(key, signature, message):
    assert len(key) == 32 and len(signature) == 64
    a, r = point(key), point(signature[:32])
    assert not same(multiply(8, a), (0, 1, 1, 0)), "a key of small order"
    s = int.from_bytes(signature[32:], "little")
    assert s < L, "S is too large"
    k = int.from_bytes(hashlib.sha512(signature[:32] + key + message).digest(), "little") % L
    assert same(multiply(s, BASE), add(r, multiply(k, a))), "the signature does not fit"


# Canonical JSON (RFC 8785) of what entries hold: objects, arrays, strings, booleans and small integers.
def unique(pairs):
    assert len({key for key, _ in pairs}) == len(pairs), "a key twice"
    return dict(pairs)


def parse(data):
    return json.loads(data, object_pairs_hook=unique)


def canonical(value):
    if isinstance(value, dict):
        keys = sorted(value, key=lambda key: key.encode("utf-16-be"))
        return "{" + ",".join(canonical(key) + ":" + canonical(value[key]) for key in keys) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(canonical, value)) + "]"
    assert value is None or isinstance(value, (str, bool, int)), "no fraction"
    assert not isinstance(value, int) or abs(value) < 2**53, "too large an integer"
    return json.dumps(value, ensure_ascii=False)


def without(value, *names):
    return {key: item for key, item in value.items() if key not in names}


def check_entry(data, keys):
    entry = parse(data)
    assert len(data) <= 60 * 1024 and canonical(entry).encode() == data, "not canonical"
    body = canonical(without(entry, "signature")).encode()
    verify(keys[entry["kid"]], unb64u(entry["signature"]), entry["type"].encode() + b"\n" + sha256(body))
    return entry


def check_refused(action, *arguments):
    try:
        action(*arguments)
    except (AssertionError, KeyError, ValueError):
        return
    raise SystemExit("what was changed was accepted")


# Commitments.
def salt(blind, label, pointer):
    return hmac.new(blind, label.encode() + b"\0" + pointer.encode(), hashlib.sha256).digest()


def field(data):
    return struct.pack(">Q", len(data)) + data


def disclosure(salt_bytes, name, value):
    text = json.dumps([b64u(salt_bytes), name, value], ensure_ascii=False, separators=(",", ":"))
    return b64u(text.encode())


def check_commitments(golden, deny, allow, outcome):
    vector = parse((golden / "commitments.json").read_bytes())
    blind = unb64u(vector["blind"])
    parameters = vector["parameters_text"].encode()
    request = sha256(
        b"writ.request/1\n" + salt(blind, "request", "") + field(vector["method"].encode()) + field(b"")
        + field(vector["tool"].encode()) + field(unb64u(vector["definition"])) + field(parameters)
    )
    assert b64u(request) == vector["request"] == deny["call"]["request"]
    texts = [
        disclosure(salt(blind, "effect", f"/{index}"), "effect", effect)
        for index, effect in enumerate(vector["effects"])
    ]
    for key, value in parse(parameters).items():
        pointer = "/" + key.replace("~", "~0").replace("/", "~1")
        texts.append(disclosure(salt(blind, "parameter", pointer), pointer, value))
    assert texts == vector["disclosures"]
    assert sorted(b64u(sha256(text.encode())) for text in texts) == vector["sd"] == deny["call"]["sd"]
    name = disclosure(salt(blind, "name", "/tool"), "tool", "t\u00f6ol")
    assert name == vector["unpinned_tool"]
    assert allow["call"]["tool"] == "sd:" + b64u(sha256(name.encode()))
    result = sha256(b"writ.result/1\n" + salt(blind, "result", "") + field(vector["result_text"].encode()))
    assert b64u(result) == vector["result"] == outcome["result"]
    contents = sorted([name, b64u(sha256(text.encode()))] for name, text in vector["contents"])
    assert b64u(sha256(canonical(contents).encode())) == vector["contents_digest"]


# The log (RFC 6962, C2SP signed-note, tlog-checkpoint, tlog-cosignature, tlog-proof).
def node(left, right):
    return sha256(b"\1" + left + right)


def root_of(leaf, index, size, path):
    assert index < size
    last, root = size - 1, leaf
    for other in path:
        assert last, "too long"
        if index & 1 or index == last:
            root = node(other, root)
            while index and not index & 1:
                index, last = index >> 1, last >> 1
        else:
            root = node(root, other)
        index, last = index >> 1, last >> 1
    assert last == 0, "too short"
    return root


def vkey(text):
    name, key_id, key = text.split("+", 2)
    data = unb64(key)
    assert sha256(name.encode() + b"\n" + data)[:4].hex() == key_id
    return name, bytes.fromhex(key_id), data[0], data[1:]


def signed(text, lines, key):
    name, key_id, kind, public = vkey(key)
    found = False
    for line in lines:
        dash, signer, value = line.split(" ")
        data = unb64(value)
        if dash != "\u2014" or signer != name or data[:4] != key_id:
            continue
        if kind == 1:
            verify(public, data[4:], text)
        else:
            time = struct.unpack(">Q", data[4:12])[0]
            verify(public, data[12:], b"cosignature/v1\ntime %d\n" % time + text)
        found = True
    return found


def check_bundle(data, keys, published):
    head, note = data.split(b"\n\n", 1)
    lines = head.decode().split("\n")
    assert lines[0] == "c2sp.org/tlog-proof@v1"
    entry = unb64(lines[1].removeprefix("extra "))
    index = int(lines[2].removeprefix("index "))
    text, signatures = note[: note.rindex(b"\n\n") + 1], note[note.rindex(b"\n\n") + 2 :].decode().splitlines()
    assert signed(text, signatures, published["log"])
    witnesses = sum(signed(text, signatures, key) for key in published["witnesses"])
    assert witnesses >= published["quorum"]
    origin, size, root = text.decode().splitlines()
    leaf = sha256(b"\0" + entry)
    assert root_of(leaf, index, int(size), [unb64(line) for line in lines[3:]]) == unb64(root)
    value = check_entry(entry, keys)
    assert value["log"] == origin == vkey(published["log"])[0]
    return value


def check_evidence(golden):
    try:
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM
    except ImportError:
        return "sealed evidence not opened: no package cryptography"
    vector = parse((golden / "evidence.json").read_bytes())

    def unseal(key, sealed, *context):
        data = unb64u(vector[sealed])
        return AESGCM(key).decrypt(data[:12], data[12:], canonical(list(context)).encode())

    log, receipt = vector["log"], vector["receipt_id"]
    month = unseal(
        unb64u(vector["epoch_key"]), "wrapped_month_key", "writ.key.agent-month/1", log, vector["agent_id"],
        vector["month"],
    )
    record = unseal(month, "wrapped_record_key", "writ.key.record/1", log, receipt)
    assert unseal(record, "sealed", log, receipt, vector["type"]).decode() == vector["content"]
    assert b64u(sha256(unb64u(vector["sealed"]))) == vector["digest"]
    return "sealed evidence opened"


def thumbprint(jwk):
    return b64u(sha256(canonical({"crv": jwk["crv"], "kty": jwk["kty"], "x": jwk["x"]}).encode()))


def main():
    golden = pathlib.Path(sys.argv[1])
    published = parse((golden / "keys.json").read_bytes())
    keys = {}
    for jwk in published["receipts"]:
        assert jwk["kid"] == thumbprint(jwk)
        keys[jwk["kid"]] = unb64u(jwk["x"])
    data = (golden / "receipt-deny.json").read_bytes()
    deny = check_entry(data, keys)
    allow = check_entry((golden / "receipt-allow.json").read_bytes(), keys)
    outcome = check_entry((golden / "outcome.json").read_bytes(), keys)
    check_refused(check_entry, data.replace(b'"allow":false', b'"allow":true'), keys)
    check_refused(check_entry, data + b"\n", keys)
    events = [check_entry(line, keys) for line in (golden / "events.jsonl").read_bytes().splitlines()]
    for event in events:
        if "actor_signature" in event:
            act = event["actor_signature"]
            assert act["kid"] == thumbprint(published["admin"])
            statement = canonical(without(event, "actor_signature", "kid", "signature")).encode()
            verify(unb64u(published["admin"]["x"]), unb64u(act["signature"]), b"writ.act/1\n" + sha256(statement))
    check_commitments(golden, deny, allow, outcome)
    bundle = (golden / "receipt-deny.tlog-proof").read_bytes()
    assert check_bundle(bundle, keys, published) == deny
    check_refused(check_bundle, bundle.replace(b"\nindex 0\n", b"\nindex 1\n"), keys, published)
    print(check_evidence(golden))
    print(f"{3 + len(events)} entries, one bundle: all golden files agree")


main()
