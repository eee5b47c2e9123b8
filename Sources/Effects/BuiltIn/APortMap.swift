// SPDX-License-Identifier: Apache-2.0

import StrictJSON

extension BuiltInMaps {
    /// The canonical tools that APort's names stand for (`APortNames`). Where its packs leave open what a call touches
    /// the tool has no map here, and its arguments are opaque.
    static let aport: UTF8String = #"""
        {"tools": {
          "exec.run": {"parameters": {"/command": {"verb": "execute", "kind": "command"}}},
          "file.read": {
            "parameters": {
              "/path": {"verb": "read", "kind": "path", "optional": true},
              "/file_path": {"verb": "read", "kind": "path", "optional": true}},
            "one_of": [["/path", "/file_path"]]},
          "file.write": {
            "parameters": {
              "/path": {"verb": "write", "kind": "path", "optional": true},
              "/file_path": {"verb": "write", "kind": "path", "optional": true},
              "/content": {"inert": "string", "optional": true}},
            "one_of": [["/path", "/file_path"]]},
          "web.fetch": {"parameters": {
            "/url": {"verb": "connect", "kind": "url"},
            "/method": {"inert": "string", "optional": true}}},
          "web.browser": {"parameters": {
            "/action": {"inert": "string"}, "/url": {"verb": "connect", "kind": "url"}}},
          "message.send": {
            "parameters": {
              "/to": {"verb": "send", "kind": "recipient", "optional": true},
              "/channel_id": {"verb": "send", "kind": "recipient", "optional": true},
              "/cc/-": {"verb": "send", "kind": "recipient", "optional": true},
              "/bcc/-": {"verb": "send", "kind": "recipient", "optional": true},
              "/subject": {"inert": "string", "optional": true},
              "/message": {"inert": "string", "optional": true},
              "/message_type": {"inert": "string", "optional": true}},
            "one_of": [["/to", "/channel_id"]]},
          "git.create_pr": {
            "parameters": {
              "/repo": {"inert": "string", "optional": true}, "/repository": {"inert": "string", "optional": true},
              "/branch": {"inert": "string"}, "/base": {"inert": "string", "optional": true},
              "/action": {"inert": "string", "optional": true}, "/title": {"inert": "string", "optional": true},
              "/body": {"inert": "string", "optional": true}},
            "one_of": [["/repo", "/repository"]]},
          "git.merge": {
            "parameters": {
              "/repo": {"inert": "string", "optional": true}, "/repository": {"inert": "string", "optional": true},
              "/branch": {"inert": "string"}, "/base": {"inert": "string", "optional": true},
              "/action": {"inert": "string", "optional": true}},
            "one_of": [["/repo", "/repository"]]},
          "git.push": {
            "parameters": {
              "/repo": {"inert": "string", "optional": true}, "/repository": {"inert": "string", "optional": true},
              "/branch": {"inert": "string"}, "/action": {"inert": "string", "optional": true}},
            "one_of": [["/repo", "/repository"]]},
          "mcp.tool": {"parameters": {
            "/server": {"verb": "connect", "kind": "url"}, "/tool": {"inert": "string"},
            "/parameters": {"opaque": "arguments", "optional": true}},
            "effects": [{"opaque": "arguments"}]},
          "data.export": {"parameters": {
            "/export_type": {"verb": "query", "kind": "table"}, "/format": {"inert": "string"},
            "/filters": {"inert": "any"}}},
          "payment.charge": {"parameters": {
            "/amount": {"inert": "integer"}, "/currency": {"inert": "string"},
            "/merchant_id": {"verb": "spend", "kind": "account"}, "/region": {"inert": "string"},
            "/items": {"inert": "any"}, "/idempotency_key": {"inert": "string"}}},
          "payment.refund": {"parameters": {
            "/order_id": {"inert": "string"}, "/customer_id": {"verb": "spend", "kind": "account"},
            "/amount": {"inert": "integer"}, "/currency": {"inert": "string"}, "/region": {"inert": "string"},
            "/reason_code": {"inert": "string"}, "/idempotency_key": {"inert": "string"}}},
          "payment.payout": {"parameters": {
            "/amount": {"inert": "integer"}, "/currency": {"inert": "string"},
            "/destination_type": {"inert": "string"}, "/destination_id": {"verb": "spend", "kind": "account"},
            "/payout_method": {"inert": "string"}, "/idempotency_key": {"inert": "string"}}},
          "transaction.execute": {"parameters": {
            "/transaction_type": {"inert": "string"}, "/amount": {"inert": "integer"},
            "/currency": {"inert": "string"}, "/asset_class": {"inert": "string"},
            "/source_account_id": {"verb": "spend", "kind": "account"},
            "/destination_account_id": {"verb": "spend", "kind": "account"}}}
        }}
        """#
}
