// SPDX-License-Identifier: Apache-2.0

import StrictJSON
import WireTypes

/// The configuration that `writ init` writes, and the JSON Schema that editors complete it by.
enum ConfigurationTemplate {
    static func text(agent: UTF8String, issuerKey: Ed25519PublicKey, timeZone: String) -> String {
        """
        # yaml-language-server: $schema=writ.schema.json

        # Whose passport is used where none is named.
        agent: "\(agent)"

        # Who may sign passports: a name, and the `x` of a public key (keys/issuer.pub.jwk is this installation's own).
        issuers:
          this-installation: "\(Base64URL.encode(issuerKey.bytes))"

        # The zone that context.local in policies is in: an IANA name.
        time_zone: \(timeZone)

        # cooperative: Writ runs as the agent's own user. See README, "What it does not defend against".
        # protected: it is a user of its own, and only what administrators have signed is in force; see docs/custody.md.
        mode: cooperative

        # Where `writ serve` listens; this machine only.
        # listen: 127.0.0.1:8808

        # Servers for `writ gateway` and `writ serve`; policies call them by the alias. `writ init --from FILE` puts those
        # of an MCP client here.
        # servers:
        #   docs:
        #     command: mcp-server-documents
        #     args: ["--folder", "/srv/docs"]
        #     env: {DOCS_TOKEN: {file: /home/you/.writ/secrets/docs.token}}   # or {env: NAME}
        #     filesystem: local
        #     pins: quarantine          # new tools wait for `writ tools approve`; or first-use
        #     tools: tools/docs.json    # or: these definitions may be called, and no others
        #   remote:
        #     url: https://mcp.example.com/mcp
        #     credential: {file: /home/you/.writ/secrets/remote.token}   # or {env: NAME}; see docs/gateway.md

        """
    }

    /// draft 2020-12.
    static var schema: [UInt8] {
        let text: JSON = ["type": "string", "minLength": 1]
        let reference: JSON = [
            "type": "object", "additionalProperties": false, "minProperties": 1,
            "properties": [
                "env": ["type": "string", "description": "a variable of Writ's own environment"],
                "file": [
                    "type": "string", "pattern": "^/", "description": "a file for its owner alone that holds the text",
                ],
                "prefix": ["type": "string", "description": "what stands before it, as `Bearer `"],
            ],
        ]
        let secret: JSON = ["anyOf": [["type": "string"], reference]]
        let pointer: JSON = ["type": "string", "pattern": "^(/.*)?$"]
        let member: JSON = [
            "type": "object", "additionalProperties": false, "minProperties": 1,
            "properties": [
                "at": ["anyOf": [pointer, ["type": "array", "items": pointer]]],
                "as": ["enum": ["same", "milliseconds", "words"]],
                "value": ["description": "what it is where the call has it nowhere"],
            ],
        ]
        let packID: JSON = ["type": "string", "description": "a pack of docs/oap.md, as data.file.read.v1"]
        let pack: JSON = [
            "anyOf": [
                packID,
                [
                    "type": "object", "additionalProperties": false, "required": ["pack"],
                    "properties": [
                        "pack": packID,
                        "members": [
                            "type": "object", "additionalProperties": ["anyOf": [pointer, member]],
                            "description": "where the arguments have what the pack asks, by its names",
                        ],
                    ],
                ],
            ]
        ]
        let secureListener: JSON = [
            "type": "object", "additionalProperties": false, "required": ["tls"],
            "properties": [
                "address": text,
                "tls": [
                    "type": "object", "additionalProperties": false, "required": ["certificate", "key"],
                    "properties": ["certificate": text, "key": text, "clients": text],
                ],
            ],
            "description": "where `writ serve` listens; beyond this machine with TLS alone",
        ]
        let path: JSON = ["type": "string", "pattern": "^/"]
        let exchange: JSON = [
            "type": "object", "additionalProperties": false,
            "required": ["token_url", "client_id", "client_secret_file"],
            "properties": [
                "token_url": text, "client_id": text, "client_secret_file": path, "subject": ["enum": ["caller"]],
                "audience": text, "resource": text, "scope": text, "private_network": ["type": "boolean"],
            ],
        ]
        let credential: JSON = [
            "type": "object", "additionalProperties": false,
            "oneOf": [["required": ["file"]], ["required": ["env"]], ["required": ["exchange"]]],
            "properties": [
                "file": path, "env": text, "exchange": exchange, "header": text, "prefix": ["type": "string"],
            ],
            "description": "one header of Writ's own for this server, had anew as it is needed; see docs/gateway.md",
        ]
        let server: JSON = [
            "type": "object", "additionalProperties": false,
            "oneOf": [["required": ["command"]], ["required": ["url"]]],
            "properties": [
                "command": ["type": "string", "description": "the server's program, found on PATH"],
                "args": ["type": "array", "items": secret],
                "env": ["type": "object", "additionalProperties": secret],
                "cwd": ["type": "string", "description": "its working directory"],
                "url": ["type": "string", "description": "where it is: https:, or http: to this machine"],
                "headers": [
                    "type": "object", "additionalProperties": secret, "description": "sent with every request to it",
                ],
                "credential": credential,
                "root": ["type": "string", "description": "where its relative paths start, if not there"],
                "filesystem": ["enum": ["local", "foreign"], "description": "whether its files are this machine's"],
                "map": [
                    "type": ["object", "string"],
                    "description": "maps of its tools, or the name of a built-in one; see docs/effects.md",
                ],
                "pins": [
                    "enum": ["quarantine", "first-use"],
                    "description": "whether a tool that is new waits for `writ tools approve`",
                ],
                "packs": [
                    "type": "object", "additionalProperties": pack,
                    "description": "the OAP packs that its tools come under; see docs/oap.md",
                ],
                "tools": [
                    "type": "string", "minLength": 1,
                    "description": "a file with the definitions that may be called; relative to this file's folder",
                ],
            ],
        ]
        let administration: JSON = [
            "type": "object", "additionalProperties": false, "required": ["keys"],
            "properties": [
                "needed": [
                    "type": "integer", "minimum": 1, "maximum": 16,
                    "description": "how many administrators must sign what is to be in force",
                ],
                "keys": [
                    "type": "object", "additionalProperties": ["type": "string", "pattern": "^[A-Za-z0-9_-]{43}$"],
                ],
            ],
        ]
        let protection: JSON = [
            "type": "object", "additionalProperties": false,
            "properties": [
                "socket": ["type": "string", "pattern": "^/", "description": "where agents' hooks and checks ask"],
                "users": [
                    "type": "object", "additionalProperties": text,
                    "description": "the users that agents run as, and the agent's id of each",
                ],
            ],
        ]
        let schema: JSON = [
            "$schema": "https://json-schema.org/draft/2020-12/schema", "title": "writ.yaml", "type": "object",
            "additionalProperties": false,
            "properties": [
                "agent": text, "agent_key": text, "time_zone": text, "ledger": text,
                "mode": ["enum": ["cooperative", "protected"]],
                "administration": administration, "protected": protection,
                "listen": ["anyOf": [["type": "string"], secureListener]],
                "call_timeout": [
                    "type": "integer", "minimum": 1, "maximum": 86400,
                    "description": "seconds that a server may say nothing about a request",
                ],
                "dpop": [
                    "type": "object", "additionalProperties": false,
                    "properties": ["nonce": ["enum": ["optional", "required"]]],
                ],
                "labels": [
                    "type": "object", "additionalProperties": false,
                    "properties": [
                        "keep": [
                            "type": "string", "pattern": "^[0-9]{1,7}[mhd]$",
                            "description": "how long what an agent has done counts against it: 90m, 12h, 7d",
                        ]
                    ],
                ],
                "packs": [
                    "enum": ["limited", "required"],
                    "description": "whether packs that nobody named hold whole for passports without limits of them",
                ],
                "issuers": [
                    "type": "object", "additionalProperties": ["type": "string", "pattern": "^[A-Za-z0-9_-]{43}$"],
                ],
                "servers": [
                    "type": "object", "propertyNames": ["pattern": "^[a-z0-9-]{1,16}$"],
                    "additionalProperties": server,
                ],
            ],
        ]
        return schema.pretty()
    }
}
