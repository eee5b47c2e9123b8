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
        mode: cooperative

        # Servers for `writ gateway --server ALIAS`; policies call them by the alias.
        # servers:
        #   docs:
        #     command: mcp-server-documents
        #     args: ["--folder", "/srv/docs"]
        #     filesystem: local
        #     tools: tools/docs.json    # what it answers to tools/list; policies are checked against it

        """
    }

    /// draft 2020-12.
    static var schema: [UInt8] {
        let text: JSON = ["type": "string", "minLength": 1]
        let server: JSON = [
            "type": "object", "required": ["command"], "additionalProperties": false,
            "properties": [
                "command": ["type": "string", "description": "the server's program, found on PATH"],
                "args": ["type": "array", "items": ["type": "string"]],
                "env": ["type": "object", "additionalProperties": ["type": "string"]],
                "cwd": ["type": "string", "description": "its working directory"],
                "root": ["type": "string", "description": "where its relative paths start, if not there"],
                "filesystem": ["enum": ["local", "foreign"], "description": "whether its files are this machine's"],
                "map": ["type": "object", "description": "maps of its tools; see docs/effects.md"],
                "tools": [
                    "type": "string", "minLength": 1,
                    "description": "a file with what it answers to tools/list; relative to this file's folder",
                ],
            ],
        ]
        let schema: JSON = [
            "$schema": "https://json-schema.org/draft/2020-12/schema", "title": "writ.yaml", "type": "object",
            "additionalProperties": false,
            "properties": [
                "agent": text, "time_zone": text, "ledger": text, "mode": ["enum": ["cooperative"]],
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
