// SPDX-License-Identifier: Apache-2.0

import Cedar
import Decisions
import StrictJSON
import Testing

/// The examples of `docs/policies.md`, read as the program reads policies.
@Suite struct PolicyDocumentTests {
    static func blocks(_ language: String) throws -> [Block] {
        let blocks = try Document("docs/policies.md").blocks(of: language)
        try #require(!blocks.isEmpty, "docs/policies.md has no \(language) blocks")
        return blocks
    }

    @Test(arguments: try blocks("cedar")) func `an example loads, and says something`(block: Block) throws {
        let book = try PolicyBook([PolicyFile(name: "example.cedar", bytes: Array(block.text.utf8))])
        #expect(!book.policies.policies.isEmpty)
    }

    @Test(arguments: try blocks("cedar-refused")) func `an example of a mistake does not load`(block: Block) {
        #expect(throws: PolicyBook.Failure.self) {
            try PolicyBook([PolicyFile(name: "mistake.cedar", bytes: Array(block.text.utf8))])
        }
    }

    @Test func `the examples together are one set of policies, with different ids`() throws {
        let examples = try Self.blocks("cedar").enumerated().map { index, block in
            PolicyFile(name: UTF8String("example-\(index).cedar"), bytes: Array(block.text.utf8))
        }
        let book = try PolicyBook(examples)
        #expect(book.policies.policies.count > 15)
    }
}
