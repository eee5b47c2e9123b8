// SPDX-License-Identifier: Apache-2.0

import Foundation
import Glibc
import Synchronization
import Testing

/// A running `writ` of this build: what it says is kept, line by line.
final class Program: Sendable {
    let output = Happenings<String>()
    let errors = Happenings<String>()
    let said = Mutexed<[UInt8]>([])
    private let process: Mutex<Process>
    private let input: FileHandle

    /// The program, beside the test's own.
    private static func path() throws -> String {
        let tests = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        return URL(filePath: tests).deletingLastPathComponent().appending(path: "writ").path
    }

    init(_ words: [String], folder: String) throws {
        let process = Process()
        process.executableURL = URL(filePath: try Self.path())
        process.arguments = words
        process.environment = ["PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": folder, "TMPDIR": folder]
        process.currentDirectoryURL = URL(filePath: folder)
        let (input, output, errors) = (Pipe(), Pipe(), Pipe())
        process.standardInput = input
        process.standardOutput = output
        process.standardError = errors
        try process.run()
        self.process = Mutex(process)
        self.input = input.fileHandleForWriting
        read(output.fileHandleForReading.fileDescriptor, keepsOpen: output, into: self.output)
        read(errors.fileHandleForReading.fileDescriptor, keepsOpen: errors, into: self.errors)
    }

    private func read(_ descriptor: Int32, keepsOpen pipe: Pipe, into lines: Happenings<String>) {
        let said = said
        Thread.detachNewThread {
            var line: [UInt8] = []
            var buffer = [UInt8](repeating: 0, count: 65_536)
            while true {
                let count = Glibc.read(descriptor, &buffer, buffer.count)
                guard count > 0 else { break }
                let new = Array(buffer[..<count])
                said.change { $0 += new }
                for byte in new {
                    if byte != 0x0a {
                        line.append(byte)
                    } else {
                        lines.add(String(decoding: line, as: UTF8.self))
                        line = []
                    }
                }
            }
            withExtendedLifetime(pipe) {}
        }
    }

    /// Writes a line to its standard input.
    func send(_ line: String) throws { try input.write(contentsOf: Data((line + "\n").utf8)) }

    /// Ends its input, or asks it to end, and waits until it has.
    func end(asks: Bool) async throws -> Int32 {
        if asks { process.withLock { $0.terminate() } } else { try input.close() }
        return try await within("the program's end") { [self] in
            while process.withLock({ $0.isRunning }) { try await Task.sleep(for: .milliseconds(10)) }
            return process.withLock { $0.terminationStatus }
        }
    }

    /// Runs one to its end.
    static func run(_ words: [String], folder: String) async throws {
        let program = try Program(words, folder: folder)
        let status = try await program.end(asks: false)
        try #require(status == 0, "\(words): \(String(decoding: program.said.value, as: UTF8.self))")
    }
}
