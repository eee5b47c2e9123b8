// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// The maps that come with Writ, as they would stand in a configuration; the tests read every one.
enum BuiltInMaps {
    static let texts: [UTF8String: UTF8String] = [
        "documents": documents, "mcp-server-git": git, "mcp-server-time": time, "aport": aport,
    ]
}
