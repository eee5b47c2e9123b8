#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes tokens.json: tokens of each kind, right and wrong, by joserfc, authlib and cryptography, with keys of its own.

    .peers/jose/bin/python Tests/CredentialsTests/Peer/vectors.py > Tests/CredentialsTests/Peer/tokens.json

The private keys are thrown away. `expect` is `ok` or the code of the refusal; `facts` is what must be read.
"""
import base64
import hashlib
import hmac
import json
import warnings

warnings.simplefilter("ignore")
from authlib.jose import JsonWebToken
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa
from joserfc import jwt
from joserfc.jwk import ECKey, OKPKey, RSAKey
from joserfc.jws import JWSRegistry

NOW = 1773802031  # 2026-03-18T02:47:11Z
ISSUER = "https://login.example.com/"
RESOURCE = "http://127.0.0.1:8808/mcp"
DOMAIN = "prod.example.org"


def b64(data):
    if isinstance(data, str):
        data = data.encode()
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def pem(key):
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


ed = ed25519.Ed25519PrivateKey.generate()
other_ed = ed25519.Ed25519PrivateKey.generate()
es = ec.generate_private_key(ec.SECP256R1())
es2 = ec.generate_private_key(ec.SECP256R1())
es384 = ec.generate_private_key(ec.SECP384R1())
rs = rsa.generate_private_key(65537, 2048)
weak = rsa.generate_private_key(65537, 1024)
enc = rsa.generate_private_key(65537, 2048)
published = ed25519.Ed25519PrivateKey.generate()
twin1, twin2 = ed25519.Ed25519PrivateKey.generate(), ed25519.Ed25519PrivateKey.generate()


def public(key, kid, **more):
    kinds = {"RSA": RSAKey, "EC": ECKey, "OKP": OKPKey}
    kind = "RSA" if hasattr(key, "private_numbers") and isinstance(key, rsa.RSAPrivateKey) else (
        "EC" if isinstance(key, ec.EllipticCurvePrivateKey) else "OKP")
    jwk = kinds[kind].import_key(pem(key)).as_dict(private=False)
    jwk.pop("kid", None)
    if kid is not None:
        jwk["kid"] = kid
    jwk.update(more)
    return jwk


jwks = {"keys": [
    public(ed, "ed", use="sig", alg="EdDSA"), public(es, "es", alg="ES256"), public(es2, "es2"),
    public(rs, "rs", use="sig"), public(weak, "weak"), public(enc, "enc", use="enc"),
    public(es384, "es384"), public(rs, "rs-pss", alg="PS256"),
    {**OKPKey.import_key(pem(published)).as_dict(private=True), "kid": "published"},
    public(twin1, "twin"), public(twin2, "twin"),
    {"kty": "oct", "kid": "secret", "k": b64(b"0123456789abcdef0123456789abcdef"), "alg": "HS256"},
    {"kty": "strange", "kid": "strange"},
]}
bundle = {"spiffe_sequence": 7, "spiffe_refresh_hint": 60, "keys": [
    public(es, "svid", use="jwt-svid"), public(rs, "svid-rsa", use="jwt-svid"), public(es2, "x509", use="x509-svid"),
]}

claims = {
    "iss": ISSUER, "sub": "worker-7", "aud": RESOURCE, "exp": NOW + 300, "iat": NOW - 10, "jti": "one-token",
    "client_id": "app-1", "scope": "writ:call files:read",
}


def changed(**more):
    made = dict(claims)
    for name, value in more.items():
        if value is None:
            made.pop(name, None)
        else:
            made[name] = value
    return made


def sign(key, message):
    if isinstance(key, ed25519.Ed25519PrivateKey):
        return key.sign(message)
    if isinstance(key, rsa.RSAPrivateKey):
        return key.sign(message, padding.PKCS1v15(), hashes.SHA256())
    size = key.curve.key_size // 8
    from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
    r, s = decode_dss_signature(key.sign(message, ec.ECDSA(hashes.SHA256())))
    return r.to_bytes(size, "big") + s.to_bytes(size, "big")


def raw(key, header, payload, signature=None):
    """By hand: for what no library would make."""
    header = header if isinstance(header, str) else json.dumps(header)
    payload = payload if isinstance(payload, str) else json.dumps(payload)
    message = f"{b64(header)}.{b64(payload)}"
    made = sign(key, message.encode()) if signature is None else signature(message.encode())
    return f"{message}.{b64(made)}"


def joserfc_token(key, header, payload):
    kinds = {"EdDSA": OKPKey, "Ed25519": OKPKey, "ES256": ECKey, "RS256": RSAKey}
    made = jwt.encode(header, payload, kinds[header["alg"]].import_key(pem(key)), algorithms=[header["alg"]])
    return made if isinstance(made, str) else made.decode()


def authlib_token(key, header, payload):
    return JsonWebToken([header["alg"]]).encode(header, payload, pem(key)).decode()


AT = {"typ": "at+jwt"}
ED, ES, RS = ({"alg": "EdDSA", "kid": "ed", **AT}, {"alg": "ES256", "kid": "es", **AT}, {"alg": "RS256", "kid": "rs", **AT})
cases = []


def case(name, expect, token, maker="cryptography", **facts):
    cases.append({"name": name, "maker": maker, "expect": expect, "token": token, "facts": facts})


agent = {"agent_id": "corp:worker-7", "subject": "worker-7", "issuer": "corp"}
case("EdDSA", "ok", joserfc_token(ed, ED, claims), "joserfc", **agent, scopes=["writ:call", "files:read"])
case("ES256", "ok", joserfc_token(es, ES, claims), "joserfc", **agent)
case("RS256", "ok", joserfc_token(rs, RS, claims), "joserfc", **agent)
case("ES256 by authlib", "ok", authlib_token(es, {**ES, "typ": "JWT"}, claims), "authlib", **agent)
case("RS256 by authlib", "ok", authlib_token(rs, RS, claims), "authlib", **agent)
case("EdDSA by authlib", "ok", authlib_token(ed, {**ED, "typ": "application/at+jwt"}, claims), "authlib", **agent)
case("Ed25519 as RFC 9864 calls it", "ok", raw(ed, {**ED, "alg": "Ed25519"}, claims), **agent)
case("type in capitals", "ok", raw(ed, {**ED, "typ": "AT+JWT"}, claims), **agent)
case("no kid, one key of the algorithm", "ok", raw(rs, {"alg": "RS256", **AT}, claims), **agent)
case("no kid, two keys of the algorithm", "bad_signature", raw(es, {"alg": "ES256", **AT}, claims))
case("several audiences", "ok", raw(ed, ED, changed(aud=["https://x.example", RESOURCE])), **agent,
     audience=["https://x.example", RESOURCE])
case("scp as a list", "ok", raw(ed, ED, changed(scope=None, scp=["a", "b c"])), scopes=["a", "b", "c"])
case("fraction of a second", "ok", raw(ed, ED, changed(exp=NOW + 300.5)), expires_at="2026-03-18T02:52:11.500Z")
case("bound to a key", "ok", raw(ed, ED, changed(cnf={"jkt": b64(b"0" * 32)})), confirmation={"jkt": b64(b"0" * 32)})

# Time. Now is 204 ms after NOW.
case("ended 59 s ago", "ok", raw(ed, ED, changed(exp=NOW - 59)))
case("ended 60 s ago", "time", raw(ed, ED, changed(exp=NOW - 60)))
case("begins in 60 s", "ok", raw(ed, ED, changed(nbf=NOW + 60)))
case("begins in 61 s", "time", raw(ed, ED, changed(nbf=NOW + 61)))
case("issued in 60 s", "ok", raw(ed, ED, changed(iat=NOW + 60)))
case("issued in 61 s", "time", raw(ed, ED, changed(iat=NOW + 61)))
case("valid for a day", "ok", raw(ed, ED, changed(iat=NOW, exp=NOW + 86400)))
case("valid for a day and two minutes", "time", raw(ed, ED, changed(iat=NOW, exp=NOW + 86400 + 120)))
case("valid for a year from nobody says when", "time", raw(ed, ED, changed(iat=None, exp=NOW + 365 * 86400)))
case("ends before it begins", "claims", raw(ed, ED, changed(nbf=NOW + 400)))
case("no end", "claims", raw(ed, ED, changed(exp=None)))
case("end as text", "claims", raw(ed, ED, changed(exp=str(NOW + 300))))
case("end as truth", "claims", raw(ed, ED, changed(exp=True)))
case("negative end", "claims", raw(ed, ED, changed(exp=-1)))
case("endless", "claims", raw(ed, ED, json.dumps(claims).replace(str(NOW + 300), "1e400")))
case("end of all time", "claims", raw(ed, ED, changed(exp=10**15)))

# Algorithms and keys.
nothing = lambda message: b""
case("none without signature", "malformed", raw(ed, {"alg": "none", **AT}, claims, nothing))
case("none with a signature", "unsupported", raw(ed, {"alg": "none", **AT}, claims))
case("None in capitals", "unsupported", raw(ed, {"alg": "None", **AT}, claims))
public_pem = rs.public_key().public_bytes(
    serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
for name, secret in (("PEM", public_pem), ("modulus", rs.public_key().public_numbers().n.to_bytes(256, "big"))):
    case(f"HS256 with the RSA key's {name}", "unsupported", raw(
        ed, {"alg": "HS256", "kid": "rs", **AT}, claims,
        lambda message, secret=secret: hmac.new(secret, message, hashlib.sha256).digest()))
    case(f"RS256 that is an HMAC under the {name}", "bad_signature", raw(
        ed, RS, claims, lambda message, secret=secret: hmac.new(secret, message, hashlib.sha256).digest()))
case("HS256 with the published secret", "unsupported", raw(
    ed, {"alg": "HS256", "kid": "secret", **AT}, claims,
    lambda message: hmac.new(b"0123456789abcdef0123456789abcdef", message, hashlib.sha256).digest()))
case("RS256 that names an EC key", "bad_signature", raw(rs, {**RS, "kid": "es"}, claims))
case("ES256 that names an RSA key", "bad_signature", raw(es, {**ES, "kid": "rs"}, claims))
case("EdDSA that names an EC key", "bad_signature", raw(ed, {**ED, "kid": "es"}, claims))
case("small letters", "unsupported", raw(rs, {**RS, "alg": "rs256"}, claims))
case("no algorithm", "unsupported", raw(rs, {"kid": "rs", **AT}, claims))
case("algorithm as a number", "unsupported", raw(rs, {**RS, "alg": 256}, claims))
case("PS256", "unsupported", raw(rs, {**RS, "alg": "PS256"}, claims, lambda message: rs.sign(
    message, padding.PSS(padding.MGF1(hashes.SHA256()), 32), hashes.SHA256())))
case("RS256 with PSS padding", "bad_signature", raw(rs, RS, claims, lambda message: rs.sign(
    message, padding.PSS(padding.MGF1(hashes.SHA256()), 32), hashes.SHA256())))
case("RS256 over SHA-1", "bad_signature", raw(rs, RS, claims, lambda message: rs.sign(
    message, padding.PKCS1v15(), hashes.SHA1())))
case("RS256 by a key for PS256", "unknown_key", raw(rs, {**RS, "kid": "rs-pss"}, claims))
case("ES384", "unsupported", raw(es384, {"alg": "ES384", "kid": "es384", **AT}, claims))
case("ES256 by a P-384 key", "unknown_key", raw(es384, {**ES, "kid": "es384"}, claims))
case("1024 bits", "unknown_key", raw(weak, {**RS, "kid": "weak"}, claims))
case("a key for encryption", "unknown_key", raw(enc, {**RS, "kid": "enc"}, claims))
case("a key whose private half is published", "unknown_key", raw(published, {**ED, "kid": "published"}, claims))
case("a key id that two keys have", "bad_signature", raw(twin1, {**ED, "kid": "twin"}, claims))
case("another key under the id", "bad_signature", raw(other_ed, ED, claims))
case("an unknown key id", "unknown_key", raw(ed, {**ED, "kid": "ed2"}, claims))
for kid in ("../../../../dev/null", "/dev/null", "file:///etc/passwd", "https://evil.example/jwks.json", "ed' OR '1'='1",
            "ed\u0000", "", "x" * 300, "e\u0301d"):
    case(f"key id {kid[:40]!r}", "unknown_key", raw(ed, {**ED, "kid": kid}, claims))
case("key id as a number", "malformed", raw(ed, {**ED, "kid": 1}, claims))
case("DER signature", "bad_signature", raw(es, ES, claims, lambda message: es.sign(message, ec.ECDSA(hashes.SHA256()))))
case("ES256 of zeros", "bad_signature", raw(es, ES, claims, lambda message: bytes(64)))
case("EdDSA of zeros", "bad_signature", raw(ed, ED, claims, lambda message: bytes(64)))
case("signature cut", "bad_signature", raw(ed, ED, claims, lambda message: ed.sign(message)[:63]))
case("signature with a byte more", "bad_signature", raw(rs, RS, claims, lambda message: sign(rs, message) + b"\0"))
mine = public(other_ed, "mine")
for name, more in (
    ("jwk", {"jwk": mine}), ("jku", {"jku": "https://evil.example/jwks.json"}),
    ("x5u", {"x5u": "https://evil.example/cert.pem"}), ("x5c", {"x5c": ["AAAA"]}),
):
    case(f"{name} of the attacker's", "unknown_key", raw(other_ed, {**ED, "kid": "mine", **more}, claims))
    case(f"{name} of the attacker's under a known id", "bad_signature", raw(other_ed, {**ED, **more}, claims))
    case(f"{name} in a good token", "ok", raw(ed, {**ED, **more}, claims))

# Form.
good = raw(ed, ED, claims)
head, body, tail = good.split(".")
case("crit", "unsupported", raw(ed, {**ED, "crit": ["exp"]}, claims))
case("empty crit", "unsupported", raw(ed, {**ED, "crit": []}, claims))
case("b64", "unsupported", raw(ed, {**ED, "b64": True}, claims))
case("a proof, not a token", "unsupported", raw(ed, {**ED, "typ": "dpop+jwt"}, claims))
case("a log-out token", "unsupported", raw(ed, {**ED, "typ": "logout+jwt"}, claims))
case("no type", "unsupported", raw(ed, {"alg": "EdDSA", "kid": "ed"}, claims))
case("type as a number", "malformed", raw(ed, {**ED, "typ": 1}, claims))
case("duplicate in the header", "malformed", raw(ed, '{"alg":"none","alg":"EdDSA","kid":"ed","typ":"at+jwt"}', claims))
case("duplicate claim", "malformed", raw(ed, ED, json.dumps(claims)[:-1] + ',"sub":"admin"}'))
case("duplicate claim inside", "malformed", raw(ed, ED, json.dumps(claims)[:-1] + ',"act":{"sub":"a","sub":"b"}}'))
case("duplicate claim by an escape", "malformed", raw(ed, ED, json.dumps(claims)[:-1] + ',"s\\u0075b":"admin"}'))
case("comment", "malformed", raw(ed, ED, json.dumps(claims) + "//"))
case("claims that are a list", "malformed", raw(ed, ED, "[]"))
case("claims that are nothing", "malformed", raw(ed, ED, ""))
case("nested deep", "malformed", raw(ed, ED, json.dumps(claims)[:-1] + ',"x":' + "[" * 60 + "]" * 60 + "}"))
case("over 16 KiB", "malformed", raw(ed, ED, changed(x="x" * 12300)))
case("padded", "malformed", f"{head}=.{body}.{tail}")
case("padded signature", "malformed", good + "==")
case("white space", "malformed", good + "\n")
case("standard base64", "malformed", f"{head}.{body}.{'+' + tail[1:]}")
letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
case("another spelling of the last letter", "malformed", good[:-1] + letters[letters.index(good[-1]) + 1])
case("two parts", "malformed", f"{head}.{body}")
case("four parts", "malformed", good + ".")
case("five parts", "malformed", f"{head}.{body}.{tail}.{tail}.{tail}")
case("nothing", "malformed", "")
case("dots", "malformed", "..")
case("claims of another token", "bad_signature", f"{head}.{raw(ed, ED, changed(sub='admin')).split('.')[1]}.{tail}")

# Claims.
case("another issuer", "untrusted_issuer", raw(ed, ED, changed(iss="https://evil.example/")))
case("issuer without its slash", "untrusted_issuer", raw(ed, ED, changed(iss=ISSUER[:-1])))
case("no issuer", "untrusted_issuer", raw(ed, ED, changed(iss=None)))
case("issuer as a list", "untrusted_issuer", raw(ed, ED, changed(iss=[ISSUER])))
case("no audience", "audience", raw(ed, ED, changed(aud=None)))
case("audience as a number", "claims", raw(ed, ED, changed(aud=1)))
case("audience with a number in it", "claims", raw(ed, ED, changed(aud=[RESOURCE, 1])))
case("another audience", "ok", raw(ed, ED, changed(aud="https://other.example/mcp")), audience=["https://other.example/mcp"])
case("no subject", "claims", raw(ed, ED, changed(sub=None)))
case("subject with a blank", "claims", raw(ed, ED, changed(sub="a b")))
case("subject with a line's end", "claims", raw(ed, ED, changed(sub="a\nb")))
case("subject in another script", "claims", raw(ed, ED, changed(sub="w\u043erker")))
case("subject of 300 letters", "claims", raw(ed, ED, changed(sub="a" * 300)))
case("scope as a number", "claims", raw(ed, ED, changed(scope=1)))
case("empty cnf", "claims", raw(ed, ED, changed(cnf={})))
case("a claim too long", "claims", raw(ed, ED, changed(x="x" * 5000)))

# SPIFFE.
svid = {"sub": f"spiffe://{DOMAIN}/ns/a/sa/b", "aud": [RESOURCE], "exp": NOW + 300, "iat": NOW}
who = {"agent_id": svid["sub"], "issuer": "mesh"}
case("JWT-SVID", "ok", raw(es, {"alg": "ES256", "kid": "svid"}, svid), **who)
case("JWT-SVID by joserfc", "ok", joserfc_token(es, {"alg": "ES256", "kid": "svid", "typ": "JWT"}, svid), "joserfc", **who)
case("JWT-SVID by authlib with RSA", "ok", authlib_token(rs, {"alg": "RS256", "kid": "svid-rsa", "typ": "JOSE"}, svid), "authlib", **who)
case("JWT-SVID by an X.509 key", "unknown_key", raw(es2, {"alg": "ES256", "kid": "x509"}, svid))
case("JWT-SVID of another domain", "untrusted_issuer", raw(es, {"alg": "ES256", "kid": "svid"}, {**svid, "sub": "spiffe://evil.example/a"}))
case("JWT-SVID of a domain in capitals", "untrusted_issuer", raw(es, {"alg": "ES256", "kid": "svid"}, {**svid, "sub": f"spiffe://{DOMAIN.upper()}/a"}))
case("JWT-SVID of the domain itself", "untrusted_issuer", raw(es, {"alg": "ES256", "kid": "svid"}, {**svid, "sub": f"spiffe://{DOMAIN}"}))
case("JWT-SVID with dots in its path", "untrusted_issuer", raw(es, {"alg": "ES256", "kid": "svid"}, {**svid, "sub": f"spiffe://{DOMAIN}/a/../b"}))
case("JWT-SVID with a query", "untrusted_issuer", raw(es, {"alg": "ES256", "kid": "svid"}, {**svid, "sub": f"spiffe://{DOMAIN}/a?b"}))
case("JWT-SVID without audience", "audience", raw(es, {"alg": "ES256", "kid": "svid"}, {**svid, "aud": None}
     if False else {k: v for k, v in svid.items() if k != "aud"}))
case("JWT-SVID that never ends", "claims", raw(es, {"alg": "ES256", "kid": "svid"}, {k: v for k, v in svid.items() if k != "exp"}))
case("an access token with the trust domain's key", "unknown_key", raw(es, {"alg": "ES256", "kid": "svid", **AT}, claims))

print(json.dumps(
    {"now": "2026-03-18T02:47:11.204Z", "issuer": ISSUER, "resource": RESOURCE, "trust_domain": DOMAIN, "jwks": jwks,
     "bundle": bundle, "cases": cases}, indent=1))
