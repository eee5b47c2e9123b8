// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

/// The arrows of ARCHITECTURE.md as a test: what each module may import, and nothing else.
@Suite struct ImportTests {
    /// One module and everything its files may import.
    struct Rule: Sendable, CustomTestStringConvertible {
        let module: String
        let allowed: Set<String>
        var testDescription: String { module }

        init(_ module: String, _ allowed: String...) {
            self.module = module
            self.allowed = Set(allowed)
        }
    }

    static let rules = [
        Rule("StrictJSON"),
        Rule("WireTypes", "StrictJSON"),
        Rule("Cedar", "StrictJSON"),
        Rule("TransparencyLog", "WireTypes", "Crypto"),
        Rule("Receipts", "TransparencyLog", "WireTypes", "StrictJSON", "Crypto"),
        Rule("Passports", "WireTypes", "StrictJSON", "Crypto"),
        // Swift by name: its Unicode normalisation is behind an SPI. What was read of the tables of programs and packs is
        // remembered, behind a lock.
        Rule("Effects", "StrictJSON", "Swift", "Synchronization"),
        Rule("Packs", "Effects", "Passports", "WireTypes", "StrictJSON", "Crypto", "Synchronization"),
        Rule("MCP", "StrictJSON"),
        Rule("ToolTypes", "Cedar", "StrictJSON"),
        Rule(
            "Decisions", "StrictJSON", "WireTypes", "Cedar", "TransparencyLog", "Receipts", "Packs", "Passports",
            "Effects",
            "ToolTypes", "Crypto", "Synchronization"),
        // Adapters, but of I/O only what is given to them; and only one of the two speaks HTTP.
        Rule(
            "Credentials", "Decisions", "Passports", "StrictJSON", "WireTypes", "Crypto", "CryptoExtras",
            "Synchronization"),
        Rule(
            "IssuerKeys", "Credentials", "Passports", "StrictJSON", "WireTypes", "AsyncHTTPClient", "NIOCore",
            "NIOHTTP1", "NIOPosix", "Glibc", "Synchronization"),
        Rule(
            "Certificates", "Decisions", "Passports", "StrictJSON", "WireTypes", "Crypto", "Foundation", "SwiftASN1",
            "X509", "Synchronization"),
    ]

    @Test(arguments: rules) func `a pure module imports only what its layer may`(rule: Rule) throws {
        let folder = Self.root.appending(path: "Sources/\(rule.module)")
        guard FileManager.default.fileExists(atPath: folder.path) else { return }
        for (file, imports) in try Self.imports(in: folder) {
            let forbidden = imports.subtracting(rule.allowed)
            #expect(forbidden.isEmpty, "\(file) imports \(forbidden.sorted().joined(separator: ", "))")
        }
    }

    @Test func `every module is in the table or is an adapter, a face or an executable`() throws {
        let outer: Set = [
            "SQLiteLedger", "CSQLiteShim", "CPosixShim", "HomeFolder", "Gateway", "Hooks", "HTTPGateway", "PortTesting",
            "LedgerProbe", "writ", "WritCommand", "writd", "WritDaemon", "WritBench",
        ]
        let known = outer.union(Self.rules.map(\.module))
        let modules = try FileManager.default.contentsOfDirectory(
            atPath: Self.root.appending(path: "Sources").path)
        #expect(Set(modules).subtracting(known).isEmpty)
    }

    @Test func `faces import no adapter`() throws {
        let adapters: Set = ["SQLiteLedger", "HomeFolder", "Credentials", "IssuerKeys", "Certificates", "GRDB"]
        for face in ["Gateway", "Hooks", "HTTPGateway"] {
            let folder = Self.root.appending(path: "Sources/\(face)")
            guard FileManager.default.fileExists(atPath: folder.path) else { continue }
            for (file, imports) in try Self.imports(in: folder) {
                #expect(imports.isDisjoint(with: adapters), "\(file) imports an adapter")
            }
        }
    }

    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// The modules that each Swift file of a folder imports, by the file's name.
    static func imports(in folder: URL) throws -> [(file: String, imports: Set<String>)] {
        let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
        var found: [(String, Set<String>)] = []
        while let file = files?.nextObject() as? URL {
            guard file.pathExtension == "swift" else { continue }
            let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
            let imports = lines.compactMap { line -> String? in
                let words = line.split(separator: " ")
                guard let place = words.firstIndex(of: "import"), words[..<place].allSatisfy(Self.isModifier),
                    let name = words[(place + 1)...].first(where: { !["struct", "enum", "class", "func"].contains($0) })
                else { return nil }
                return String(name.prefix { $0 != "." })
            }
            found.append((file.lastPathComponent, Set(imports)))
        }
        return found
    }

    private static func isModifier(_ word: Substring) -> Bool {
        word.hasPrefix("@") || ["public", "internal", "private", "package", "fileprivate"].contains(word)
    }
}
