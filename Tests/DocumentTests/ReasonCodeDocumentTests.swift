// SPDX-License-Identifier: Apache-2.0

import Decisions
import Testing

/// `docs/reason-codes.md` against `ReasonCode`: what users read is what the program says.
@Suite struct ReasonCodeDocumentTests {
    private let rows: [[String]]

    init() throws {
        rows = try Document("docs/reason-codes.md").rows(ofTableWithColumn: "code")
    }

    @Test func `every reason code has one row, in the program's order`() {
        #expect(rows.map(\.first) == ReasonCode.allCases.map { "`\($0.rawValue)`" })
    }

    @Test func `every row says the meaning and when`() {
        for row in rows {
            #expect(row.count == 4)
            for cell in row.prefix(3) { #expect(!cell.isEmpty, "an empty cell beside \(row[0])") }
        }
    }

    @Test(arguments: [
        "docs/decision.md", "docs/policies.md", "docs/commands.md", "docs/threat-model.md", "docs/oap.md",
        "README.md",
    ])
    func `a code that a document names is one of the program's`(path: String) throws {
        let files: Set = ["writ.yaml"]
        for name in try Document(path).codeSpans where !files.contains(name) {
            guard name.wholeMatch(of: /(oap|writ)\.[a-z_]+/) != nil else { continue }
            #expect(ReasonCode(rawValue: name) != nil, "\(path) names \(name)")
        }
    }

    @Test func `every code has its place in the description of the decision, or of a pack`() throws {
        let named = Set(try Document("docs/decision.md").codeSpans + Document("docs/oap.md").codeSpans)
        let missing = ReasonCode.allCases.map(\.rawValue).filter { !named.contains($0) }
        #expect(missing.isEmpty)
    }
}
