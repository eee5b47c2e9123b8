// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

/// Cedar's integration tests, unpacked while a test runs.
enum FormatsCorpus {
    static let archive = TestFiles.shared("data/cedar/cedar-corpus.tar.gz")
    static let whySkipped: Comment = "skipped: no data/cedar/cedar-corpus.tar.gz in WRIT_SHARED or ../shared"

    /// Unpacks parts of the archive for as long as `body` runs.
    static func unpacked<Value>(_ parts: [String], _ body: (URL) async throws -> Value) async throws -> Value {
        let archive = try #require(Self.archive)
        let folder = FileManager.default.temporaryDirectory.appending(path: "cedar-formats-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer {
            do { try FileManager.default.removeItem(at: folder) } catch { print("left behind: \(folder.path)") }
        }
        let status = try TestFiles.run(
            "/bin/tar", ["-xzf", archive.path, "-C", folder.path, "--wildcards"] + parts)
        try #require(status == 0)
        return try await body(folder)
    }

    /// The files below a folder whose names end so, sorted by path.
    static func files(in folder: URL, endingIn suffix: String) -> [URL] {
        let paths = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
        let urls = (paths?.allObjects ?? []).compactMap { $0 as? URL }
        return urls.filter { $0.lastPathComponent.hasSuffix(suffix) }.sorted { $0.path < $1.path }
    }

    /// What `check` says of each item, four at a time.
    static func inParallel<Item: Sendable, Result: Sendable>(
        _ items: [Item], _ check: @escaping @Sendable (Item) throws -> [Result]
    ) async throws -> [Result] {
        let workers = 4
        return try await withThrowingTaskGroup(of: [Result].self) { group in
            for worker in 0..<workers {
                group.addTask {
                    var results: [Result] = []
                    for index in stride(from: worker, to: items.count, by: workers) {
                        results += try check(items[index])
                    }
                    return results
                }
            }
            return try await group.reduce(into: []) { $0 += $1 }
        }
    }
}
