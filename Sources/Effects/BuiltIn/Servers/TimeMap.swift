// SPDX-License-Identifier: Apache-2.0

import StrictJSON

extension BuiltInMaps {
    /// mcp-server-time, 2026.10: two tools without effects.
    static let time = BuiltInMap(
        table: #"""
            get_current_time
              timezone
            convert_time
              source_timezone time target_timezone
            """#)
}
