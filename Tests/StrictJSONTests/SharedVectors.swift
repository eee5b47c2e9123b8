// SPDX-License-Identifier: Apache-2.0

import Foundation

/// Published test data that is not part of this repository: `$WRIT_SHARED`, else `../shared` beside the checkout.
/// Tests that need it are skipped where it is absent.
enum SharedVectors {
    static let folder: URL? = {
        let beside = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("shared")
        let named = ProcessInfo.processInfo.environment["WRIT_SHARED"].map { URL(fileURLWithPath: $0) }
        let vectors = (named ?? beside).appendingPathComponent("data/vectors")
        return FileManager.default.fileExists(atPath: vectors.path) ? vectors : nil
    }()

    static var exist: Bool { folder != nil }

    static func bytes(_ path: String) throws -> [UInt8] {
        guard let folder else { throw CocoaError(.fileNoSuchFile) }
        return try [UInt8](Data(contentsOf: folder.appendingPathComponent(path)))
    }
}
