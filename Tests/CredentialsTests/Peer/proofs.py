#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes proofs.json: DPoP proofs (RFC 9449), right and wrong, by joserfc, authlib and cryptography, with keys of its own.

    .peers/jose/bin/python Tests/CredentialsTests/Peer/proofs.py > Tests/CredentialsTests/Peer/proofs.json

The private keys are thrown away. `expect` is `ok` or `invalid`; `key` is the thumbprint that must be shown.
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

NOW = 1773802031  # 2026-03-18T02:47:11Z
URL = "https://writ.example/mcp"
CREDENTIAL = "a.token.of.somebody"


def b64(data):
    return base64.urlsafe_b64encode(data.encode() if isinstance(data, str) else data).rstrip(b"=").decode()


def pem(key):
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())


ATH = b64(hashlib.sha256(CREDENTIAL.encode()).digest())
ed = OKPKey.import_key(pem(ed25519.Ed25519PrivateKey.generate()))
es = ECKey.import_key(pem(ec.generate_private_key(ec.SECP256R1())))
rs = RSAKey.import_key(pem(rsa.generate_private_key(65537, 2048)))
weak = RSAKey.import_key(pem(rsa.generate_private_key(65537, 1024)))
es384 = ECKey.import_key(pem(ec.generate_private_key(ec.SECP384R1())))
other = OKPKey.import_key(pem(ed25519.Ed25519PrivateKey.generate()))
KEYS = {"EdDSA": ed, "ES256": es, "RS256": rs}
cases = []


def public(key):
    return {k: v for k, v in key.as_dict(private=False).items() if k in ("kty", "crv", "x", "y", "n", "e")}


def claims(**more):
    made = {"jti": f"id-{len(cases)}", "htm": "POST", "htu": URL, "iat": NOW, "ath": ATH, **more}
    return {name: value for name, value in made.items() if value is not None}


def header(alg, key, **more):
    made = {"typ": "dpop+jwt", "alg": alg, "jwk": public(key), **more}
    return {name: value for name, value in made.items() if value is not None}


def sign(key, alg, message):
    private = serialization.load_pem_private_key(key.as_pem(private=True), None)
    if alg == "EdDSA":
        return private.sign(message)
    if alg == "ES256":
        r, s = ec.utils.decode_dss_signature(private.sign(message, ec.ECDSA(hashes.SHA256())))
        return r.to_bytes(32, "big") + s.to_bytes(32, "big")
    return private.sign(message, padding.PKCS1v15(), hashes.SHA256())


from cryptography.hazmat.primitives.asymmetric import utils  # noqa: E402

ec.utils = utils


def raw(key, head, body, signature=None):
    """A proof made by hand: for what no library would make."""
    message = f"{b64(json.dumps(head))}.{b64(body if isinstance(body, str) else json.dumps(body))}"
    made = sign(key, head["alg"] if head.get("alg") in KEYS else "EdDSA", message.encode()) \
        if signature is None else signature(message.encode())
    return f"{message}.{b64(made)}"


def joserfc_proof(key, head, body):
    made = jwt.encode(head, body, key, algorithms=[head["alg"]])
    return made if isinstance(made, str) else made.decode()


def authlib_proof(key, head, body):
    return JsonWebToken([head["alg"]]).encode(head, body, key.as_pem(private=True)).decode()


def case(name, expect, proof, maker="cryptography", key=None):
    cases.append({"name": name, "maker": maker, "expect": expect, "proof": proof,
                  "key": key.thumbprint() if key else None})


for alg, key in KEYS.items():
    case(f"{alg} by joserfc", "ok", joserfc_proof(key, header(alg, key), claims()), "joserfc", key)
    case(f"{alg} by authlib", "ok", authlib_proof(key, header(alg, key), claims()), "authlib", key)
    case(f"{alg} with more in the key", "ok", joserfc_proof(
        key, header(alg, key, jwk={**public(key), "use": "sig", "kid": "mine", "alg": alg}), claims()), "joserfc", key)
    case(f"{alg} with another's key in it", "invalid", raw(
        key, header(alg, other if alg == "EdDSA" else {"ES256": es384, "RS256": weak}[alg]), claims()))
    case(f"{alg} with its private key in it", "invalid", raw(
        key, header(alg, key, jwk={k: v for k, v in key.as_dict(private=True).items() if k != "kid"}), claims()))
    case(f"{alg} cut", "invalid", joserfc_proof(key, header(alg, key), claims())[:-4], "joserfc")

for name, body in (
    ("old by 59 s", claims(iat=NOW - 59)), ("ahead by 60 s", claims(iat=NOW + 60)), ("a fraction of a second", claims(iat=NOW + 0.5)),
    ("with a query", claims(htu=URL + "?a=b")), ("with the port that it has anyway", claims(htu="https://writ.example:443/mcp")),
    ("host in capitals", claims(htu="https://WRIT.EXAMPLE/mcp")), ("an id of 128 letters", claims(jti="j" * 128)),
    ("claims that nobody knows", claims(sub="me", nonce="n", exp=NOW - 1)),
):
    case(name, "ok", joserfc_proof(ed, header("EdDSA", ed), body), "joserfc", ed)
for name, body in (
    ("old by 61 s", claims(iat=NOW - 61)), ("ahead by 62 s", claims(iat=NOW + 62)), ("no time", claims(iat=None)),
    ("time as text", claims(iat=str(NOW))), ("milliseconds", claims(iat=NOW * 1000)),
    ("no id", claims(jti=None)), ("empty id", claims(jti="")), ("an id of 129 letters", claims(jti="j" * 129)),
    ("GET", claims(htm="GET")), ("no method", claims(htm=None)), ("post", claims(htm="post")),
    ("no URL", claims(htu=None)), ("another host", claims(htu="https://evil.example/mcp")),
    ("a longer host", claims(htu="https://writ.example.evil.example/mcp")), ("another path", claims(htu=URL + "/git")),
    ("a user in the URL", claims(htu="https://writ.example@evil.example/mcp")), ("no scheme", claims(htu="writ.example/mcp")),
    ("HTTP", claims(htu="http://writ.example/mcp")), ("no credential", claims(ath=None)),
    ("another credential", claims(ath=b64(hashlib.sha256(b"other").digest()))),
    ("the credential itself", claims(ath=CREDENTIAL)), ("padded digest", claims(ath=ATH + "=")),
):
    case(name, "invalid", raw(ed, header("EdDSA", ed), body))
for name, head in (
    ("a token's type", header("EdDSA", ed, typ="at+jwt")), ("no type", header("EdDSA", ed, typ=None)),
    ("no key", header("EdDSA", ed, jwk=None)), ("key id alone", header("EdDSA", ed, jwk=None, kid="mine")),
    ("key by address", header("EdDSA", ed, jwk=None, jku="https://evil.example/keys")),
    ("none", header("none", ed)), ("HS256", header("HS256", ed)), ("EdDSA said ES256", header("ES256", ed)),
    ("crit", header("EdDSA", ed, crit=["x"], x=1)),
    ("a shared secret", header("EdDSA", ed, jwk={"kty": "oct", "k": b64(b"0" * 32)})),
    ("a key to encrypt with", header("EdDSA", ed, jwk={**public(ed), "use": "enc"})),
):
    case(name, "invalid", raw(ed, head, claims(), lambda message: sign(ed, "EdDSA", message)))
public_pem = rs.as_pem(private=False)
case("none, unsigned", "invalid", raw(ed, header("none", ed), claims(), lambda message: b""))
for alg in ("HS256", "RS256"):
    case(f"{alg} that is an HMAC under the public key", "invalid", raw(
        rs, header(alg, rs), claims(), lambda message: hmac.new(public_pem, message, hashlib.sha256).digest()))
case("RSA of 1024 bits", "invalid", raw(weak, header("RS256", weak), claims()))
case("ES384", "invalid", joserfc_proof(es384, header("ES384", es384), claims()), "joserfc")
case("DER signature", "invalid", raw(es, header("ES256", es), claims(), lambda message: serialization.load_pem_private_key(
    es.as_pem(private=True), None).sign(message, ec.ECDSA(hashes.SHA256()))))
case("a claim twice", "invalid", raw(ed, header("EdDSA", ed), json.dumps(claims())[:-1] + ',"htm":"POST"}'))
case("claims that are a list", "invalid", raw(ed, header("EdDSA", ed), "[]"))
good = joserfc_proof(ed, header("EdDSA", ed), claims())
case("two of them", "invalid", f"{good}, {good}")
case("padded", "invalid", good + "==")

print(json.dumps({"now": "2026-03-18T02:47:11.204Z", "method": "POST", "url": URL, "credential": CREDENTIAL,
                  "cases": cases}, indent=1))
