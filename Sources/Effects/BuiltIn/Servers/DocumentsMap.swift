// SPDX-License-Identifier: Apache-2.0

import StrictJSON

extension BuiltInMaps {
    /// The demonstration's document store.
    static let documents = BuiltInMap(
        json: #"""
            {"tools": {
              "read_document": {"parameters": {"/path": {"verb": "read", "kind": "path"}}},
              "list_documents": {"parameters": {"/directory": {"verb": "read", "kind": "directory"}}},
              "write_document": {"parameters": {
                "/path": {"verb": "write", "kind": "path"}, "/text": {"inert": "string"}}},
              "delete_document": {"parameters": {"/path": {"verb": "delete", "kind": "path"}}},
              "exec.run": {"parameters": {"/command": {"verb": "execute", "kind": "command"}}}
            }}
            """#)
}
