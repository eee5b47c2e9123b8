// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

/// Another process on a test's ledger: `Sources/LedgerProbe` says what it can do.
final class Probe {
    /// The built program, beside the test's own.
    static var path: String {
        get throws {
            let tests = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
            return URL(filePath: tests).deletingLastPathComponent().appending(path: "LedgerProbe").path
        }
    }

    private let process = Process()
    private let output: String

    /// Starts it; what it says goes to a file, which outlives it.
    init(_ words: String..., under wrapper: [String] = [], output: String) throws {
        self.output = output
        let command = wrapper + [try Self.path] + words
        try Data().write(to: URL(filePath: output))
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = command
        process.standardOutput = try FileHandle(forWritingTo: URL(filePath: output))
        process.standardError = FileHandle.nullDevice
        try process.run()
    }

    /// Waits until it has ended, and gives its lines.
    func finish() throws -> [String] {
        process.waitUntilExit()
        return try lines()
    }

    /// Waits until it has said something, at most ten seconds, and gives its lines.
    func waitForLine(_ prefix: String) throws -> [String] {
        let deadline = ContinuousClock.now + .seconds(10)
        while ContinuousClock.now < deadline {
            let lines = try lines()
            if lines.contains(where: { $0.hasPrefix(prefix) }) { return lines }
            usleep(1_000)
        }
        Issue.record("the probe has not said \(prefix): \(try lines())")
        return []
    }

    /// Ends it at once, as a power cut ends a program.
    func kill() {
        Foundation.kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
    }

    func lines() throws -> [String] {
        let text = try String(contentsOfFile: output, encoding: .utf8)
        // The last line may be half written when the process is killed.
        return text.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map(String.init)
    }
}

/// An entry that was acknowledged: `logged INDEX ID`.
struct Acknowledged: Hashable {
    let index: Int64
    let id: String

    init?(_ line: String) {
        let words = line.split(separator: " ")
        guard words.count == 3, words[0] == "logged", let index = Int64(words[1]) else { return nil }
        self.index = index
        id = String(words[2])
    }
}

/// What a machine must have for some tests; where it has not, they say so.
enum Machine {
    static let hasStrace = works("strace", "-o", "/dev/null", "-e", "trace=fdatasync", "true")
    static let canMount = works("unshare", "--mount", "mount", "-t", "tmpfs", "tmpfs", "/mnt")

    private static func works(_ words: String...) -> Bool {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = words
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        do {
            try process.run()
        } catch {
            return false
        }
        process.waitUntilExit()
        return process.terminationStatus == 0
    }
}
