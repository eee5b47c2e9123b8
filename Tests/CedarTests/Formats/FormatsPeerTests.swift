// SPDX-License-Identifier: Apache-2.0

import Foundation
import StrictJSON
import Testing

@testable import Cedar

/// Random policies whose JSON and layout must be those of cedarpy.
///
/// `CEDAR_FORMATS_SEEDS=first,count` runs other seeds than the fixed ones.
@Suite struct FormatsPeerTests {
    @Test(
        .enabled(if: CedarPeer.python != nil, "skipped: no cedarpy/bin/python in WRIT_PEERS or .peers"),
        .timeLimit(.minutes(15)))
    func `random policies have cedarpy's JSON and layout`() throws {
        let seeds = CedarPeer.seeds("CEDAR_FORMATS_SEEDS", "1,400")
        var counts = FormatsCounts()
        for line in try CedarPeer.documents("formats_peer.py", ["random"] + seeds) {
            for difference in try FormatsCase(line).differences(&counts) {
                Issue.record("seed \(line["seed"]?.int64 ?? -1): \(difference)")
            }
        }
        print("cedarpy, formats: \(counts)")
        #expect(counts.cases == Int(seeds.last ?? "") ?? -1)
        #expect(counts.layoutsLikePeers == counts.plain)
        guard seeds == ["1", "400"] else { return }
        #expect(counts.plain > 100 && counts.commented > 100 && counts.documents > 300 && counts.damaged > 500)
    }
}

struct FormatsCounts: CustomStringConvertible {
    var cases = 0
    /// Layouts of texts without comments, and those that are cedarpy's.
    var plain = 0
    var layoutsLikePeers = 0
    /// Layouts of texts with comments, and those that are cedarpy's.
    var commented = 0
    var commentedLikePeers = 0
    var documents = 0
    var damaged = 0
    /// Documents that cedarpy takes and this module refuses on purpose.
    var stricter = 0

    var description: String {
        "\(cases) cases: \(plain) layouts without comments, \(layoutsLikePeers) equal; "
            + "\(commented) with comments, \(commentedLikePeers) equal; "
            + "\(documents) documents read, \(damaged) refused, \(stricter) of them here only"
    }
}

/// One line of `formats_peer.py`.
struct FormatsCase {
    let json: JSON

    init(_ json: JSON) { self.json = json }

    func differences(_ counts: inout FormatsCounts) throws -> [String] {
        counts.cases += 1
        let text = try #require(json["policies"]?.string)
        let set: PolicySet
        do throws(PolicyErrors) {
            set = try PolicySet.parse([PolicyFile(name: "peer", bytes: text.bytes)], naming: .position)
        } catch {
            return json["json"]?.isNull == true ? [] : ["refused: \(error)\n\(text)"]
        }
        guard let expected = json["json"], !expected.isNull else { return ["accepted:\n\(text)"] }

        var differences: [String] = []
        let written = try set.cedarJSON()
        if try written.textSortedByKey != expected.textSortedByKey {
            differences.append(
                "JSON\n\(Self.fromDifference(try written.textSortedByKey, try expected.textSortedByKey))\nof\n\(text)")
        }
        let again = try PolicySet(parsingCedarJSON: written.serialized())
        if try again.cedarJSON() != written { differences.append("read and written again, differs: \(text)") }
        differences += try reprinted(again, written)
        differences += try layouts(text, &counts)
        for document in json["documents"]?.array ?? [] { differences += try reading(document, &counts) }
        return differences
    }

    /// Both texts from a little before they differ.
    private static func fromDifference(_ found: String, _ expected: String) -> String {
        let common = zip(found.utf8, expected.utf8).prefix { $0 == $1 }.count
        func part(_ text: String) -> String {
            String(decoding: text.utf8.dropFirst(max(0, common - 60)).prefix(160), as: UTF8.self)
        }
        return "\(part(found))\ninstead of\n\(part(expected))"
    }

    /// Text → JSON → text → JSON.
    private func reprinted(_ set: PolicySet, _ written: JSON) throws -> [String] {
        let statements = set.policies.map(\.statement) + set.templates.map(\.statement)
        let text = statements.map(\.description).joined(separator: "\n")
        let parsed = PolicyParser.parse(Array(text.utf8), file: "printed")
        return parsed.statements == statements ? [] : ["read from JSON, printed and parsed, differs:\n\(text)"]
    }

    private func layouts(_ text: UTF8String, _ counts: inout FormatsCounts) throws -> [String] {
        var differences: [String] = []
        for layout in json["formatted"]?.array ?? [] {
            let formatter = PolicyFormatter(
                lineWidth: Int(layout["width"]?.int64 ?? 80), indentWidth: Int(layout["indent"]?.int64 ?? 2))
            let output = try formatter.format(PolicyFile(name: "peer", bytes: text.bytes))
            let found = String(decoding: output, as: UTF8.self)
            if try formatter.format(PolicyFile(name: "again", bytes: output)) != output {
                differences.append("laid out again, differs:\n\(found)")
            }
            differences += Self.lostComments(text, output)
            let isEqual = layout["text"]?.string == UTF8String(found)
            if json["plain"]?.bool == false {
                counts.commented += 1
                if isEqual { counts.commentedLikePeers += 1 }
            } else {
                counts.plain += 1
                if isEqual {
                    counts.layoutsLikePeers += 1
                } else {
                    let wanted = layout["text"]?.string?.string ?? "nothing"
                    differences.append(
                        "width \(formatter.lineWidth), \(formatter.indentWidth): laid out\n"
                            + "\(Self.fromDifference(found, wanted))\nof\n\(text)")
                }
            }
        }
        return differences
    }

    /// Comments of the text that its layout lacks, or has in another order.
    static func lostComments(_ text: UTF8String, _ output: [UInt8]) -> [String] {
        let (before, after) = (comments(text.bytes), comments(output))
        return before == after ? [] : ["comments \(after) instead of \(before)"]
    }

    /// The comments of a text that parses, found without this module.
    private static func comments(_ bytes: [UInt8]) -> [String] {
        var comments: [String] = []
        var position = 0
        var isInString = false
        while position < bytes.count {
            switch bytes[position] {
            case UInt8(ascii: "\\") where isInString: position += 1
            case UInt8(ascii: "\""): isInString.toggle()
            case UInt8(ascii: "/") where !isInString:
                let comment = bytes[position...].prefix { $0 != 0x0a && $0 != 0x0d }
                let text = String(decoding: comment, as: UTF8.self)
                comments.append(text.trimmingCharacters(in: .whitespaces))
                position = comment.endIndex
            default: break
            }
            position += 1
        }
        return comments
    }

    private func reading(_ document: JSON, _ counts: inout FormatsCounts) throws -> [String] {
        let text = try #require(document["text"]?.string)
        let reads = try #require(document["reads"]?.bool as Bool?)
        let set: PolicySet
        do throws(PolicyJSONError) {
            set = try PolicySet(parsingCedarJSON: text.bytes)
        } catch {
            counts.damaged += 1
            guard reads else { return [] }
            counts.stricter += 1
            let onPurpose: [PolicyJSONError.Code] = [.unknownMember, .malformedEscape, .invalidSlot, .unknownOperator]
            return onPurpose.contains(error.code) ? [] : ["refused (\(error)): \(text)"]
        }
        guard reads else { return ["read: \(text)"] }
        counts.documents += 1
        guard case .array(let expected)? = document["policies"] else { return [] }
        let found = try set.policies.map { try Self.textOf($0.statement) }.sorted()
        let wanted = try expected.map { try $0.textSortedByKey }.sorted()
        return found == wanted ? [] : ["read as \(found) instead of \(wanted): \(text)"]
    }

    private static func textOf(_ statement: PolicyStatement) throws -> String {
        try statement.cedarJSON().textSortedByKey
    }
}
