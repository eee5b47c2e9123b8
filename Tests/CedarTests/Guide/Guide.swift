// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

/// An article of the module's documentation, against the test that runs its code.
///
/// The article's Swift blocks stand in the test's source, letter by letter and in the same order; what the code prints
/// is what the article's `text` blocks say.
final class Guide {
    private let name: String
    private let lines: [String]
    private var printed: [String] = []

    static let folder = TestFiles.checkout.appending(path: "Sources/Cedar/Cedar.docc")

    /// The article of that name, without `.md`.
    init(_ name: String) throws {
        self.name = name
        lines = try Self.lines(Self.folder.appending(path: "\(name).md").path)
    }

    /// Keeps what is printed; an empty line at its end is not seen in an article.
    func print(_ text: String) {
        let whole = text.hasSuffix("\n") ? text.dropLast() : Substring(text)
        printed += whole.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    }

    /// Compares the article with the test's source and with what was printed.
    func check(source: String = #filePath) throws {
        let code = try Self.lines(source)
        var position = 0
        for block in blocks("swift") {
            let place = Self.place(of: block, in: code, from: position)
            guard let place else {
                Issue.record(
                    "\(name).md has code that its test does not run, or not in this order:\n\(block.joined(separator: "\n"))"
                )
                continue
            }
            position = place + block.count
        }
        #expect(position > 0, "\(name).md has no code")
        #expect(printed == blocks("text").flatMap { $0 }, "\(name).md says that something else is printed")
    }

    private static func place(of block: [String], in code: [String], from start: Int) -> Int? {
        for indent in ["        ", ""] {
            let wanted = block.map { $0.isEmpty ? $0 : indent + $0 }
            for place in start..<code.count where place + wanted.count <= code.count {
                if Array(code[place..<place + wanted.count]) == wanted { return place }
            }
        }
        return nil
    }

    private func blocks(_ language: String) -> [[String]] {
        var blocks: [[String]] = []
        var open: (language: String, start: Int)?
        for (index, line) in lines.enumerated() where line.hasPrefix("```") {
            if let fence = open {
                if fence.language == language { blocks.append(Array(lines[fence.start..<index])) }
                open = nil
            } else {
                open = (String(line.dropFirst(3)), index + 1)
            }
        }
        return blocks
    }

    private static func lines(_ path: String) throws -> [String] {
        try String(contentsOf: URL(filePath: path), encoding: .utf8)
            .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    }
}

/// A test that runs an article's code: `print` and `assert` in it are the article's.
protocol GuideTest {
    var guide: Guide { get }
}

extension GuideTest {
    func print(_ value: some CustomStringConvertible) { guide.print(value.description) }

    func assert(_ condition: Bool, sourceLocation: SourceLocation = #_sourceLocation) {
        #expect(condition, sourceLocation: sourceLocation)
    }
}

@Suite struct GuideFolderTests {
    @Test func `every article but the landing page has a test of its code`() throws {
        let articles = try FileManager.default.contentsOfDirectory(atPath: Guide.folder.path)
            .filter { $0.hasSuffix(".md") && $0 != "Cedar.md" }.map { $0.dropLast(3) + "Guide.swift" }
        let here = URL(filePath: #filePath).deletingLastPathComponent().path
        let tests = try FileManager.default.contentsOfDirectory(atPath: here)
        #expect(!articles.isEmpty)
        for article in articles { #expect(tests.contains(String(article)), "\(article) is missing") }
    }
}
