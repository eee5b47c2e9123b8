// SPDX-License-Identifier: Apache-2.0

import Effects
import StrictJSON
import Testing

/// The names that `docs/commands.md` gives to `writ check` against the table of the program.
@Suite struct ToolNameDocumentTests {
    private let rows: [[String]]

    init() throws {
        rows = try Document("docs/commands.md").rows(ofTableWithColumn: "tool")
    }

    private static func names(_ cell: String) -> [UTF8String] {
        cell.split(separator: ", ").map { UTF8String(String($0).replacing("`", with: "")) }
    }

    @Test func `a documented name stands for the tool and the pack of its row`() throws {
        for row in rows {
            try #require(row.count == 3)
            for name in Self.names(row[0]) + Self.names(row[1]) {
                let known = try #require(APortNames[name], "\(name) is no name")
                #expect([known.tool.tool] == Self.names(row[0]))
                #expect([known.pack] == Self.names(row[2]))
            }
        }
    }

    @Test func `every name whose tool has a map is documented`() throws {
        var maps = ToolMaps()
        try maps.use(builtIn: "aport", for: APortNames.server)
        let usable = APortNames.names.filter { name in APortNames[name].flatMap { maps[$0.tool] } != nil }
        let documented = rows.flatMap { Self.names($0[0]) + Self.names($0[1]) }
        #expect(usable == documented.sorted())
    }
}
