// SPDX-License-Identifier: Apache-2.0

import Foundation

/// A program of this machine that a test compares with.
struct Tool {
    let path: String

    init?(_ name: String) {
        let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin").split(separator: ":")
        let paths = folders.map { "\($0)/\(name)" }
        guard let path = paths.first(where: { FileManager.default.isExecutableFile(atPath: $0) }) else { return nil }
        self.path = path
    }

    private init(path: String) { self.path = path }

    /// Python itself, where `python3` is a script that finds it.
    static let python: Tool? = {
        guard let found = Tool("python3") else { return nil }
        do {
            let output = try withScratchFolder { try found.run(["-c", "import sys; print(sys.executable)"], in: $0) }
            return Tool(path: String(decoding: output, as: UTF8.self).trimmingCharacters(in: .newlines))
        } catch {
            return nil
        }
    }()

    /// Runs it, with this text to read; gives what it wrote to standard output.
    func run(_ arguments: [String], input: Data = Data(), in folder: URL) throws -> Data {
        let process = Process()
        process.executableURL = URL(filePath: path)
        process.arguments = arguments
        process.currentDirectoryURL = folder
        process.environment = ["PATH": "/usr/bin:/bin", "HOME": folder.path, "LC_ALL": "C.UTF-8"]
        let (inputFile, outputFile) = (folder.appending(path: "input"), folder.appending(path: "output"))
        try input.write(to: inputFile)
        try Data().write(to: outputFile)
        process.standardInput = try FileHandle(forReadingFrom: inputFile)
        process.standardOutput = try FileHandle(forWritingTo: outputFile)
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        return try Data(contentsOf: outputFile)
    }
}

/// A new folder that is removed afterwards.
func withScratchFolder<Result>(_ body: (URL) throws -> Result) throws -> Result {
    let folder = FileManager.default.temporaryDirectory.appending(path: "writ-effects-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer {
        do { try FileManager.default.removeItem(at: folder) } catch { print("left behind: \(folder.path)") }
    }
    return try body(folder)
}
