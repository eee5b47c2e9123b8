// SPDX-License-Identifier: Apache-2.0

import Foundation

/// A folder of a test's own, gone when the test is.
struct TemporaryFolder {
    let path: String

    static func with<Result>(
        isolation: isolated (any Actor)? = #isolation, _ body: (TemporaryFolder) async throws -> Result
    ) async throws -> Result {
        let folder = TemporaryFolder(path: NSTemporaryDirectory() + "gateway-" + UUID().uuidString)
        try FileManager.default.createDirectory(atPath: folder.path, withIntermediateDirectories: false)
        defer { folder.remove() }
        return try await body(folder)
    }

    /// A file's lines, without the last newline; none where there is no file.
    func lines(_ name: String) -> [String] {
        guard let bytes = FileManager.default.contents(atPath: path + "/" + name) else { return [] }
        return String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init)
    }

    private func remove() {
        do {
            try FileManager.default.removeItem(atPath: path)
        } catch {
            // A folder left behind spoils no other test.
        }
    }
}
