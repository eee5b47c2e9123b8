// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

/// A program that a test starts; it ends with the test, also with one that fails. Foundation's `Process` now and then
/// misses that its child has ended.
final class Child {
    private let id: pid_t
    private var hasEnded = false

    /// Starts a program that is found in `PATH`, without input; its output goes to a file.
    init(_ words: [String], output: String = "/dev/null") throws {
        var files = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&files)
        defer { posix_spawn_file_actions_destroy(&files) }
        posix_spawn_file_actions_addopen(&files, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&files, 1, output, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        posix_spawn_file_actions_addopen(&files, 2, "/dev/null", O_WRONLY, 0)
        var arguments = words.map { strdup($0) }
        defer { for argument in arguments { free(argument) } }
        arguments.append(nil)
        var id: pid_t = 0
        let code = posix_spawnp(&id, words[0], &files, nil, arguments, environ)
        guard code == 0 else { throw POSIXError(POSIXErrorCode(rawValue: code) ?? .EIO) }
        self.id = id
    }

    /// Waits until it has ended; its exit status, or -1 where a signal ended it.
    @discardableResult func wait() -> Int32 {
        var status: Int32 = 0
        while waitpid(id, &status, 0) < 0, errno == EINTR {}
        hasEnded = true
        return status & 0x7f == 0 ? status >> 8 & 0xff : -1
    }

    /// Ends it at once, as a power cut ends a program.
    func kill() {
        guard !hasEnded else { return }
        Foundation.kill(id, SIGKILL)
        wait()
    }

    deinit { kill() }
}

/// Another process on a test's ledger: `Sources/LedgerProbe` says what it can do.
struct Probe {
    /// The built program, beside the test's own.
    static var path: String {
        get throws {
            let tests = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
            return URL(filePath: tests).deletingLastPathComponent().appending(path: "LedgerProbe").path
        }
    }

    private let child: Child
    private let output: String

    /// Starts it; what it says goes to a file, which outlives it.
    init(_ words: String..., under wrapper: [String] = [], output: String) throws {
        self.output = output
        child = try Child(wrapper + [try Self.path] + words, output: output)
    }

    /// Waits until it has ended, and gives its lines.
    func finish() throws -> [String] {
        child.wait()
        return try lines()
    }

    /// Ends it at once.
    func kill() { child.kill() }

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
        do {
            return try Child(words).wait() == 0
        } catch {
            return false
        }
    }
}
