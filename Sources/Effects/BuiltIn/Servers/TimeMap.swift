// SPDX-License-Identifier: Apache-2.0

import StrictJSON

extension BuiltInMaps {
    /// mcp-server-time, 2026.10: two tools without effects.
    static let time = BuiltInMap(
        json: #"""
            {"tools": {
              "get_current_time": {"parameters": {"/timezone": {"inert": "string"}}},
              "convert_time": {"parameters": {
                "/source_timezone": {"inert": "string"}, "/time": {"inert": "string"},
                "/target_timezone": {"inert": "string"}}}
            }}
            """#)
}
