// SPDX-License-Identifier: Apache-2.0

import Foundation

/// The Python environments of `Scripts/setup`, with real clients and servers in them.
enum Peers {
    private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()
    static let folder =
        ProcessInfo.processInfo.environment["WRIT_PEERS"] ?? root.appending(path: ".peers").path

    static let areThere = ["mcp1", "mcp2"].allSatisfy { FileManager.default.isExecutableFile(atPath: python($0)) }

    static func python(_ peer: String) -> String { "\(folder)/\(peer)/bin/python" }
    static func program(_ peer: String, _ name: String) -> String { "\(folder)/\(peer)/bin/\(name)" }
    static func script(_ name: String) -> String { root.appending(path: "Tests/Interop/\(name)").path }
}
