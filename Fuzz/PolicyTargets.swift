// SPDX-License-Identifier: Apache-2.0

import Cedar
import StrictJSON

/// Policies in text come out the same printed and read again, and through JSON.
func checkPolicies(_ bytes: [UInt8]) {
    do throws(PolicyErrors) {
        let set = try PolicySet.parse([PolicyFile(name: "fuzz", bytes: bytes)], naming: .position)
        for statement in set.statements {
            expect(printedAgain(statement) == statement, "printed and parsed again, it differs: \(statement)")
        }
        checkJSON(of: set)
    } catch {
        for mistake in error.all { check(mistake, in: bytes) }
    }
}

/// A mistake is told with its place, which is in the file.
private func check(_ mistake: PolicyError, in bytes: [UInt8]) {
    let span = mistake.span
    expect(!mistake.message.isEmpty && span.line > 0 && span.column > 0, "a mistake without message or place")
    expect(span.offset >= 0 && span.offset + span.byteCount <= bytes.count, "a place outside of the file")
}

/// The policy as it is read from its own text; `nil` where that is larger than policies may be.
private func printedAgain(_ statement: PolicyStatement) -> PolicyStatement? {
    let text = Array(statement.description.utf8)
    do throws(PolicyErrors) {
        let set = try PolicySet.parse([PolicyFile(name: "printed", bytes: text)], naming: .position)
        return set.statements.first
    } catch {
        return error.all.allSatisfy { $0.code == .limitExceeded } ? statement : nil
    }
}

/// What is written in JSON is read again, and written the same.
private func checkJSON(of set: PolicySet) {
    do throws(PolicyJSONError) {
        let json = try set.cedarJSON()
        let again = try PolicySet(parsingCedarJSON: json.serialized())
        expect(try again.cedarJSON() == json, "through JSON, policies differ: \(json.pretty())")
        expect(again.policies.count == set.policies.count, "through JSON, policies are lost")
    } catch {
        expect(error.code == .limitExceeded, "written, but not read: \(error)")
    }
}

/// Policies in JSON come out the same through JSON and through text.
func checkPolicyJSON(_ bytes: [UInt8]) {
    do throws(PolicyJSONError) {
        let set = try PolicySet(parsingCedarJSON: bytes)
        checkJSON(of: set)
        for statement in set.statements {
            expect(printedAgain(statement) == statement, "printed and parsed again, it differs: \(statement)")
        }
    } catch {
        expect(!error.message.isEmpty, "a mistake without a message")
    }
    do throws(PolicyJSONError) {
        let statement = try PolicyStatement(parsingCedarJSON: bytes)
        // Compared in JSON, which has the action in a list of one as it has one action.
        let json = try statement.cedarJSON()
        let again = must("through JSON", unless: { $0.code == .limitExceeded }) { () throws(PolicyJSONError) in
            try PolicyStatement(parsingCedarJSON: json.serialized()).cedarJSON()
        }
        expect(again == nil || again == json, "through JSON, it differs: \(statement)")
    } catch {
        expect(!error.message.isEmpty, "a mistake without a message")
    }
}

/// A layout means the same, keeps every comment, and is laid out as it is. The first byte chooses widths.
func checkFormat(_ bytes: [UInt8]) {
    guard let first = bytes.first else { return }
    let widths = [(80, 2), (80, 2), (40, 4), (0, 0), (120, 1), (20, 16), (1000, 2), (7, 3)]
    let (lineWidth, indentWidth) = widths[Int(first) % widths.count]
    let formatter = PolicyFormatter(lineWidth: lineWidth, indentWidth: indentWidth)
    let given = Array(bytes.dropFirst())
    do throws(PolicyErrors) {
        let once = try formatter.format(PolicyFile(name: "fuzz", bytes: given))
        let text = String(decoding: once, as: UTF8.self)
        let twice = must("laid out again", unless: { _ in false }) { () throws(PolicyErrors) in
            try formatter.format(PolicyFile(name: "again", bytes: once))
        }
        expect(once == twice, "laid out again, it differs:\n\(text)")
        expect(comments(once) == comments(given), "comments are not those given:\n\(text)")
    } catch {
        expect(!error.all.contains { $0.code == .formatterFailed }, "\(error)")
    }
}

/// The comments of a text that parses, without the white space around them.
private func comments(_ bytes: [UInt8]) -> [[UInt8]] {
    var comments: [[UInt8]] = []
    var index = 0
    while index < bytes.count {
        if bytes[index] == UInt8(ascii: "\"") {
            index += 1
            while index < bytes.count, bytes[index] != UInt8(ascii: "\"") {
                index += bytes[index] == UInt8(ascii: "\\") ? 2 : 1
            }
        } else if bytes[index...].starts(with: [0x2f, 0x2f]) {
            let end = bytes[index...].firstIndex { $0 == 0x0a || $0 == 0x0d } ?? bytes.endIndex
            comments.append(Array(String(decoding: bytes[index..<end], as: UTF8.self).trimmed.utf8))
            index = end
        }
        index += 1
    }
    return comments
}

extension String {
    /// Without the white space at its end.
    fileprivate var trimmed: String {
        let scalars = unicodeScalars
        let end = scalars.lastIndex { !$0.properties.isWhitespace }.map { scalars.index(after: $0) }
        return String(scalars[..<(end ?? scalars.startIndex)])
    }
}

extension PolicySet {
    fileprivate var statements: [PolicyStatement] { policies.map(\.statement) + templates.map(\.statement) }
}
