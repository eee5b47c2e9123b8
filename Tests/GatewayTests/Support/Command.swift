// SPDX-License-Identifier: Apache-2.0

import Foundation
import Glibc

@testable import Gateway

/// A program that is run to its end.
enum Command {
    struct Ended: Sendable {
        let status: Int32
        let output: String
        let errors: String

        var lines: [String] { output.split(separator: "\n").map(String.init) }
    }

    /// The built `writ`, beside the test's own program.
    static var writ: String {
        get throws {
            let tests = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
            return URL(filePath: tests).deletingLastPathComponent().appending(path: "writ").path
        }
    }

    /// This process's environment, with the coverage or sanitizer settings it may have.
    static var environment: [String] { ProcessInfo.processInfo.environment.map { "\($0.key)=\($0.value)" } }

    static func start(_ command: [String]) throws -> ChildProcess {
        try ChildProcess.start(
            command[0], Array(command.dropFirst()), environment: environment, workingDirectory: nil)
    }

    /// Runs a program with an empty input.
    static func run(_ command: String...) async throws -> Ended { try await run(command) }

    static func run(_ command: [String], seconds: Int = 120) async throws -> Ended {
        let child = try start(command)
        close(child.input)
        return try await within(seconds: seconds, command.joined(separator: " ")) {
            async let output = onThread { String(decoding: readAll(child.output), as: UTF8.self) }
            async let errors = onThread { String(decoding: readAll(child.errors), as: UTF8.self) }
            let said = try await (output, errors)
            let status = try await onThread { () -> Int32 in
                child.waitForEnd()
                for descriptor in [child.output, child.errors] { close(descriptor) }
                return child.reap()
            }
            return Ended(status: status, output: said.0, errors: said.1)
        }
    }
}
