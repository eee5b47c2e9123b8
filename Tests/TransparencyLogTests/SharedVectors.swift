// SPDX-License-Identifier: Apache-2.0

import Foundation
import StrictJSON
import Testing

/// Vectors made by another implementation; optional, so tests that need them are skipped by name where they are absent.
enum SharedVectors {
    static let folder: URL? = {
        let checkout = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let root =
            ProcessInfo.processInfo.environment["WRIT_SHARED"].map { URL(fileURLWithPath: $0) }
            ?? checkout.deletingLastPathComponent().appendingPathComponent("shared")
        let vectors = root.appendingPathComponent("data/vectors")
        return FileManager.default.fileExists(atPath: vectors.path) ? vectors : nil
    }()

    static let condition: ConditionTrait = .enabled(
        if: folder != nil, "no vectors at ../shared/data/vectors or $WRIT_SHARED/data/vectors")

    static func bytes(_ name: String) throws -> [UInt8] {
        Array(try Data(contentsOf: try #require(folder).appendingPathComponent(name)))
    }

    static func text(_ name: String) throws -> String { String(decoding: try bytes(name), as: UTF8.self) }

    static func json(_ name: String) throws -> JSON { try JSON(parsing: try bytes(name)) }
}
