// SPDX-License-Identifier: Apache-2.0

import Foundation

/// Passports of the reference tools that are not part of this repository: `$WRIT_SHARED`, else `../shared` beside the
/// checkout. Tests that need them are skipped where they are absent.
enum SharedPassports {
    static let folder: URL? = {
        let beside = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("shared")
        let named = ProcessInfo.processInfo.environment["WRIT_SHARED"].map { URL(fileURLWithPath: $0) }
        let folder = (named ?? beside).appendingPathComponent("data/aport")
        return FileManager.default.fileExists(atPath: folder.path) ? folder : nil
    }()

    static var exist: Bool { folder != nil }

    static func bytes(_ name: String) throws -> [UInt8] {
        guard let folder else { throw CocoaError(.fileNoSuchFile) }
        return try [UInt8](Data(contentsOf: folder.appendingPathComponent(name)))
    }
}
