// SPDX-License-Identifier: Apache-2.0

import Foundation
import StrictJSON
import Testing

/// Runs the scripts in `Tests/CedarTests/Peer` with cedarpy, which has the Rust implementation inside.
enum CedarPeer {
    /// The interpreter that has cedarpy, or `nil` where there is none.
    static let python = TestFiles.peer("cedarpy/bin/python")
    static let whySkipped: Comment = "skipped: no cedarpy/bin/python in WRIT_PEERS or .peers"

    /// What a script of `Tests/CedarTests/Peer` writes, line by line.
    ///
    /// - Parameter input: a file for its standard input.
    static func lines(_ script: String, _ arguments: [String], input: URL? = nil) throws -> [Data] {
        let process = Process()
        let pipe = Pipe()
        let program: URL = try #require(python)
        process.executableURL = program
        process.arguments =
            ["-B", TestFiles.checkout.appending(path: "Tests/CedarTests/Peer/\(script)").path] + arguments
        if let input { process.standardInput = try FileHandle(forReadingFrom: input) }
        process.standardOutput = pipe
        try process.run()
        let output = try pipe.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0)
        return output.split(separator: 0x0a)
    }

    /// As `lines`, each of them read as JSON.
    static func documents(_ script: String, _ arguments: [String]) throws -> [JSON] {
        let limits = JSONLimits(bytesMax: 64 << 20, depthMax: 512, nodesMax: 4_000_000)
        return try lines(script, arguments).map { try JSON(parsing: Array($0), limits: limits) }
    }

    /// First seed and how many, from the variable or as given.
    static func seeds(_ variable: String, _ standard: String) -> [String] {
        (ProcessInfo.processInfo.environment[variable] ?? standard).split(separator: ",").map(String.init)
    }
}

extension JSON {
    /// The document without its order of members, for comparisons.
    var textSortedByKey: String {
        get throws { String(decoding: try canonical(), as: UTF8.self) }
    }
}
