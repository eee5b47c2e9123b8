// SPDX-License-Identifier: Apache-2.0

import Foundation

/// Where tests find what does not belong to the project.
enum TestFiles {
    /// The checkout's root.
    static let checkout = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// A file of the optional folder of shared data: named by `WRIT_SHARED`, else beside the checkout.
    static func shared(_ path: String) -> URL? {
        let environment = ProcessInfo.processInfo.environment
        let folders = [environment["WRIT_SHARED"].map { URL(filePath: $0) }, checkout.appending(path: "../shared")]
        return existing(folders.compactMap { $0?.appending(path: path) })
    }

    /// A file of the optional folder of other implementations: named by `WRIT_PEERS`, else `.peers` in the checkout.
    static func peer(_ path: String) -> URL? {
        let environment = ProcessInfo.processInfo.environment
        let folders = [environment["WRIT_PEERS"].map { URL(filePath: $0) }, checkout.appending(path: ".peers")]
        return existing(folders.compactMap { $0?.appending(path: path) })
    }

    private static func existing(_ candidates: [URL]) -> URL? {
        candidates.map(\.standardizedFileURL).first { FileManager.default.fileExists(atPath: $0.path) }
    }

    static func bytes(_ url: URL) throws -> [UInt8] { [UInt8](try Data(contentsOf: url)) }

    /// Runs a program to its end.
    static func run(_ program: String, _ arguments: [String]) throws -> Int32 {
        let process = Process()
        process.executableURL = URL(filePath: program)
        process.arguments = arguments
        try process.run()
        process.waitUntilExit()
        return process.terminationStatus
    }
}
