// SPDX-License-Identifier: Apache-2.0

import Foundation
import Glibc
import HomeFolder
import Hooks
import SQLiteLedger
import StrictJSON
import WireTypes

/// A configured command line, run as the harness runs it, with an event that must be refused.
struct CanaryCall {
    let harness: Harness
    let line: FoundLine
    let home: Home

    /// How long the harness waits, at the most.
    private static let seconds = 20.0
    /// An answer has some hundred bytes.
    private static let outputBytes = 64 << 10

    /// What is wrong; `nil` where it was refused, and the refusal is in this installation's log.
    func fault() -> String? {
        let session = UTF8String("canary-\(Hex.encode(SystemRandom().bytes(8)))")
        let event = Canary.event(harness, session: session, folder: UTF8String(home.path)).serialized() + [0x0a]
        let output: [UInt8]
        do {
            guard let answer = try run(event) else { return "the command did not end within \(Int(Self.seconds)) s" }
            guard answer.status == 0 else {
                return "the command ended with status \(answer.status), \(effect(of: answer.status)): "
                    + String(decoding: answer.errors.prefix(500), as: UTF8.self).trimmingCharacters(
                        in: .whitespacesAndNewlines)
            }
            output = answer.output
        } catch {
            return "the command cannot be run: \(error)"
        }
        guard Canary.isRefusal(output, harness) else { return "the call that must be refused was not refused" }
        do {
            let found = try Archive.open(home).ledger.newestReceipts(
                limit: 1, before: nil, session: Canary.session(harness, session))
            return found.isEmpty
                ? "it was refused, but not by this installation: its log in \(home.path) has no receipt" : nil
        } catch {
            return "it was refused, but the log cannot be read: \(HookFailure.sentence(error))"
        }
    }

    /// What the harness makes of a status that is not 0.
    private func effect(of status: Int32) -> String {
        status == 2 || harness == .openclaw || harness == .copilot || line.failsClosed == true
            ? "so it refuses, but everything"
            : "which is no refusal to \(harness.title): a hook that fails lets the call through"
    }

    /// A folder for the streams, in the first place that takes one.
    private static func scratch() throws -> String {
        let name = "writ-canary-\(Hex.encode(SystemRandom().bytes(8)))"
        var why = ""
        for place in [NSTemporaryDirectory(), "/tmp/"] {
            if mkdir(place + name, 0o700) == 0 { return place + name }
            why = "\(place) takes no folder: \(String(cString: strerror(errno)))"
        }
        throw CommandFailure(.data, why)
    }

    private func run(_ input: [UInt8]) throws -> (status: Int32, output: [UInt8], errors: [UInt8])? {
        let folder = URL(filePath: try Self.scratch())
        defer { RemovedFolder.remove(folder.path) }
        let files = ["in", "out", "err"].map { folder.appending(path: $0) }
        try Data(input).write(to: files[0])
        for file in files.dropFirst() { try Data().write(to: file) }
        let process = Process()
        switch line.form {
        case .program(let program, let arguments):
            process.executableURL = URL(filePath: program)
            process.arguments = arguments
        case .shell(let text):
            process.executableURL = URL(filePath: "/bin/sh")
            process.arguments = ["-c", text]
        }
        process.standardInput = try FileHandle(forReadingFrom: files[0])
        process.standardOutput = try FileHandle(forWritingTo: files[1])
        process.standardError = try FileHandle(forWritingTo: files[2])
        let ended = DispatchSemaphore(value: 0)
        process.terminationHandler = { _ in ended.signal() }
        try process.run()
        guard ended.wait(timeout: .now() + Self.seconds) == .success else {
            kill(process.processIdentifier, SIGKILL)
            return nil
        }
        let status = process.terminationReason == .exit ? process.terminationStatus : 128 + process.terminationStatus
        return (
            status, try FileAccess.read(files[1].path, limit: Self.outputBytes),
            try FileAccess.read(files[2].path, limit: Self.outputBytes)
        )
    }
}
