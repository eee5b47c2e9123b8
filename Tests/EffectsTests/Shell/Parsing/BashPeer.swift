// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

@testable import Effects

/// The bash of this machine, asked what it thinks of texts; it runs none of them.
enum BashPeer {
    static let path = "/usr/bin/bash"
    static let isPresent = FileManager.default.isExecutableFile(atPath: path)

    /// Whether `bash -n` accepts each text.
    static func accepts(_ texts: [String]) throws -> [Bool] {
        let answer = try run(
            #"""
            while IFS= read -r -d '' text; do
                if ! "$BASH" -n -c -- "${text%x}" >/dev/null 2>&1 </dev/null; then
                    printf 0
                elif [[ $text == *'[['* ]]; then
                    # At a mistake within it, bash stops with status 0. It mostly says so; otherwise it shows by
                    # whether what comes behind is read.
                    said=$("$BASH" -n -c -- "${text%x}" 2>&1 </dev/null)
                    if [[ $said == *conditional* || $said == *expected* ]]; then
                        printf 0
                    elif [[ $text == *'<<'* ]]; then
                        printf 1
                    else
                        said=$("$BASH" -n -c -- "${text%x}"$'\n)' 2>&1 </dev/null)
                        [[ $said == *"near unexpected token \`)'"* ]] && printf 1 || printf 0
                    fi
                else
                    printf 1
                fi
            done
            """#, texts.map { $0 + "x" })
        return answer.map { $0 == UInt8(ascii: "1") }
    }

    /// What each text, a list of words, is to a command: `nil` where bash refuses it. Only for words that run nothing.
    static func words(_ texts: [String]) throws -> [[String]?] {
        let answer = try run(
            #"""
            cd / && shopt -s nullglob
            while IFS= read -r -d '' text; do
                "$BASH" -f -c 'HOME=/HOME; printf "%s\0" w '"${text%x}" 2>/dev/null </dev/null && printf 'y\001' || printf 'n\001'
            done
            """#, texts.map { $0 + "x" })
        return answer.split(separator: 1).map { record in
            guard record.last == UInt8(ascii: "y") else { return nil }
            return record.dropLast().split(separator: 0, omittingEmptySubsequences: false).dropFirst().dropLast().map {
                String(decoding: $0, as: UTF8.self)
            }
        }
    }

    private static func run(_ script: String, _ texts: [String]) throws -> Data {
        let folder = FileManager.default.temporaryDirectory.appending(path: "writ-bash-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let input = folder.appending(path: "texts")
        try Data(texts.map { $0 + "\0" }.joined().utf8).write(to: input)
        let process = Process()
        process.executableURL = URL(filePath: path)
        process.arguments = ["-c", script]
        process.environment = ["PATH": "/nowhere", "LC_ALL": "C.UTF-8"]
        process.currentDirectoryURL = folder
        process.standardInput = try FileHandle(forReadingFrom: input)
        let output = Pipe()
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        let data = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return data
    }
}
