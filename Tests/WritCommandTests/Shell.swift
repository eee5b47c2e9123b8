// SPDX-License-Identifier: Apache-2.0

import Foundation
import Glibc
import StrictJSON
import Testing

/// What a command has said.
struct Run: CustomStringConvertible {
    let status: Int32
    let output: String
    let errors: String
    let seconds: Double

    var firstLine: String { output.split(separator: "\n").first.map(String.init) ?? "" }
    var lines: [String] { output.split(separator: "\n").map(String.init) }
    var firstError: String { errors.split(separator: "\n").first.map(String.init) ?? "" }
    var description: String { "status \(status), output: \(output), errors: \(errors)" }

    /// Standard output as one JSON document.
    func json() throws -> JSON { try JSON(parsing: UTF8String(output)) }

    /// The code of an answer's first reason.
    func code() throws -> String? { try json()["reasons"]?.array?.first?["code"]?.string?.string }

    func receiptID() throws -> String { try #require(try json()["receipt_id"]?.string?.string) }
}

/// A folder of a test's own, and the `writ` of this build.
final class Shell: Sendable {
    let folder: String
    var home: String { folder + "/home" }

    /// The program, beside the test's own.
    static func program() throws -> String {
        let tests = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        return URL(filePath: tests).deletingLastPathComponent().appending(path: "writ").path
    }

    init() throws {
        folder = NSTemporaryDirectory() + "writ-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
    }

    deinit { remove() }

    func remove() {
        do { try FileManager.default.removeItem(atPath: folder) } catch {
            // A folder left behind spoils no other test.
        }
    }

    /// A shell with an installation in `home`.
    static func initialized(_ words: String...) throws -> Shell {
        let shell = try Shell()
        let run = try shell.run([program(), "init", "--home", shell.home] + words)
        try #require(run.status == 0, "\(run)")
        return shell
    }

    /// `writ WORDS --home HOME`, the option after the subcommands' names.
    func writ(_ words: String..., input: String = "", environment: [String: String] = [:]) throws -> Run {
        try run([Self.program()] + words + ["--home", home], input: input, environment: environment)
    }

    /// Any command, in `folder`; its input and output are files, so that nothing waits for anybody.
    func run(
        _ command: [String], input: String = "", environment: [String: String] = [:]
    ) throws -> Run {
        let name = UUID().uuidString
        let files = ["in", "out", "err"].map { "\(folder)/.run-\(name)-\($0)" }
        try Data(input.utf8).write(to: URL(filePath: files[0]))
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments =
            ["-i", "PATH=/usr/bin:/bin:/usr/sbin:/sbin", "HOME=\(folder)", "TMPDIR=\(folder)"]
            + environment.map { "\($0.key)=\($0.value)" } + command
        process.currentDirectoryURL = URL(filePath: folder)
        process.standardInput = try FileHandle(forReadingFrom: URL(filePath: files[0]))
        for file in files.dropFirst() { try Data().write(to: URL(filePath: file)) }
        process.standardOutput = try FileHandle(forWritingTo: URL(filePath: files[1]))
        process.standardError = try FileHandle(forWritingTo: URL(filePath: files[2]))
        let start = ContinuousClock.now
        try process.run()
        process.waitUntilExit()
        let elapsed = ContinuousClock.now - start
        defer {
            for file in files { unlink(file) }
        }
        return Run(
            status: process.terminationReason == .exit ? process.terminationStatus : -process.terminationStatus,
            output: String(decoding: try Data(contentsOf: URL(filePath: files[1])), as: UTF8.self),
            errors: String(decoding: try Data(contentsOf: URL(filePath: files[2])), as: UTF8.self),
            seconds: Double(elapsed.components.seconds) + Double(elapsed.components.attoseconds) / 1e18)
    }

    // MARK: files

    func write(_ path: String, _ text: String) throws { try Data(text.utf8).write(to: URL(filePath: path)) }

    func bytes(_ path: String) throws -> [UInt8] { try Array(Data(contentsOf: URL(filePath: path))) }

    func text(_ path: String) throws -> String { String(decoding: try bytes(path), as: UTF8.self) }

    /// Replaces text in a file.
    func edit(_ path: String, _ old: String, _ new: String) throws {
        let text = try text(path)
        try #require(text.contains(old))
        try write(path, text.replacing(old, with: new))
    }

    func permissions(_ path: String) throws -> mode_t {
        var status = stat()
        guard stat(path, &status) == 0 else { throw CocoaError(.fileNoSuchFile) }
        return status.st_mode & 0o7777
    }

    func names(_ path: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: path).filter { !$0.hasPrefix(".run-") }.sorted()
    }

    /// All files of the installation, by their names.
    func contents() throws -> [String: [UInt8]] {
        var contents: [String: [UInt8]] = [:]
        for name in try FileManager.default.subpathsOfDirectory(atPath: home) {
            var isFolder: ObjCBool = false
            _ = FileManager.default.fileExists(atPath: "\(home)/\(name)", isDirectory: &isFolder)
            if !isFolder.boolValue { contents[name] = try bytes("\(home)/\(name)") }
        }
        return contents
    }

    /// The one passport of a new installation.
    var passport: String { home + "/passports/agent-passport-local.json" }
    var policy: String { home + "/policies/starter.cedar" }
    var ledger: String { home + "/ledger.sqlite" }
}

/// What a machine must have for some tests; where it has not, they say so.
enum Machine {
    static let isRoot = geteuid() == 0
    static let hasStrace = works("strace", "-f", "-o", "/dev/null", "true")
    static let canMount = works("unshare", "--mount", "mount", "-t", "tmpfs", "tmpfs", "/mnt")
    static let hasTerminals = works("script", "-qec", "true", "/dev/null")
    /// Whether another user can run this build, which may lie in a folder of root's own.
    static let canChangeUser =
        isRoot
        && works(
            "setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups", program, "--version")

    private static let program: String = {
        do { return try Shell.program() } catch { return "" }
    }()

    private static func works(_ words: String...) -> Bool {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = words
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        do { try process.run() } catch { return false }
        process.waitUntilExit()
        return process.terminationStatus == 0
    }
}
