// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

/// A Markdown file of the repository, as far as the tests read it.
struct Document {
    /// The file's lines.
    let lines: [String]
    private let path: String

    /// The file at a path from the repository's root.
    init(_ path: String) throws {
        self.path = path
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        lines = try String(contentsOf: root.appending(path: path), encoding: .utf8)
            .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    }

    /// The cells of the first table whose header begins with a column of that name, without header and rule.
    func rows(ofTableWithColumn name: String) throws -> [[String]] {
        let start = try #require(lines.firstIndex { cells($0).first == name }, "\(path) has no table of \(name)")
        return lines[(start + 2)...].prefix { $0.hasPrefix("|") }.map(cells)
    }

    /// The fenced blocks of a language, each with the line that it starts on.
    func blocks(of language: String) -> [Block] {
        var blocks: [Block] = []
        var open: (language: String, line: Int)?
        for (index, line) in lines.enumerated() where line.hasPrefix("```") {
            if let start = open {
                if start.language == language {
                    let text = lines[(start.line + 1)..<index].joined(separator: "\n")
                    blocks.append(Block(path: path, line: start.line + 1, text: text))
                }
                open = nil
            } else {
                open = (String(line.dropFirst(3)), index)
            }
        }
        return blocks
    }

    /// The texts between single backticks, outside fenced blocks.
    var codeSpans: [String] {
        var isFenced = false
        return lines.flatMap { line -> [String] in
            if line.hasPrefix("```") { isFenced.toggle() }
            guard !isFenced else { return [] }
            return line.split(separator: "`", omittingEmptySubsequences: false).enumerated()
                .filter { $0.offset % 2 == 1 }.map { String($0.element) }
        }
    }

    private func cells(_ line: String) -> [String] {
        guard line.hasPrefix("|"), line.hasSuffix("|") else { return [] }
        return line.dropFirst().dropLast().split(separator: "|", omittingEmptySubsequences: false)
            .map { $0.trimmingCharacters(in: .whitespaces) }
    }
}

/// One fenced block.
struct Block: Sendable, CustomTestStringConvertible {
    let path: String
    let line: Int
    let text: String
    var testDescription: String { "\(path):\(line)" }
}
