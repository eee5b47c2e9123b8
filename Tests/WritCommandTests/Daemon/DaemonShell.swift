// SPDX-License-Identifier: Apache-2.0

import Foundation
import Glibc
import StrictJSON
import Testing

/// A `writ daemon` of a test's own; it ends with the test.
final class RunningDaemon {
    let process: Process
    private let errors: Pipe

    /// Starts one, and returns when it listens.
    init(_ hooks: HookShell, before command: [String] = []) throws {
        process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["-i"] + command + [try Shell.program(), "daemon", "--home", hooks.shell.home]
        process.currentDirectoryURL = URL(filePath: "/")
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        errors = Pipe()
        process.standardError = errors
        try process.run()
        let line = Self.line(errors.fileHandleForReading)
        try #require(line.contains("listening on"), "\(line)")
    }

    deinit {
        // Also where a test has stopped it.
        if process.isRunning { kill(process.processIdentifier, SIGKILL) }
        process.waitUntilExit()
    }

    /// What it says next.
    func nextLine() -> String { Self.line(errors.fileHandleForReading) }

    /// Its status when it has ended by itself.
    func ended() -> Int32 {
        process.waitUntilExit()
        return process.terminationReason == .exit ? process.terminationStatus : -process.terminationStatus
    }

    private static func line(_ handle: FileHandle) -> String {
        var bytes: [UInt8] = []
        while true {
            var byte: UInt8 = 0
            guard read(handle.fileDescriptor, &byte, 1) == 1, byte != 0x0a else {
                return String(decoding: bytes, as: UTF8.self)
            }
            bytes.append(byte)
        }
    }
}

extension HookShell {
    var socket: String { shell.home + "/daemon.sock" }

    /// How often a daemon has answered; `nil` where none runs.
    func answered() throws -> Int64? {
        let run = try shell.writ("daemon", "--status", "--json")
        return try run.json()["answered"]?.int64
    }

    /// Runs a Python program beside the socket until it says `ready`; the program's arguments are the socket's path.
    func beside(_ program: String, _ words: [String] = []) throws -> Helper { try Helper(program, [socket] + words) }

    /// Something else that listens, or asks.
    final class Helper {
        let process = Process()

        init(_ program: String, _ words: [String]) throws {
            process.executableURL = URL(filePath: "/usr/bin/python3")
            process.arguments = ["-c", program] + words
            let output = Pipe()
            process.standardOutput = output
            try process.run()
            var byte: UInt8 = 0
            try #require(read(output.fileHandleForReading.fileDescriptor, &byte, 1) == 1)
        }

        deinit {
            kill(process.processIdentifier, SIGKILL)
            process.waitUntilExit()
        }
    }
}
