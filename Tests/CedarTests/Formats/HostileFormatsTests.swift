// SPDX-License-Identifier: Apache-2.0

import StrictJSON
import Testing

@testable import Cedar

/// Policies, JSON and entities made to be deep, long or huge: a result or an error within a bound, never a crash.
@Suite struct HostileFormatsTests {
    private static func statement(_ condition: String) -> [UInt8] {
        Array("permit (principal, action, resource) when { \(condition) };".utf8)
    }

    /// The condition's statement through the formatter, JSON and back; what went wrong, in words.
    private static func outcome(_ condition: String) throws -> String {
        try SmallStack.run {
            let file = PolicyFile(name: "hostile", bytes: statement(condition))
            do throws(PolicyErrors) {
                let tidy = try PolicyFormatter().format(file)
                guard try PolicyFormatter().format(PolicyFile(name: "again", bytes: tidy)) == tidy else {
                    return "laid out again, differs"
                }
                let set = try PolicySet.parse([file], naming: .position)
                do throws(PolicyJSONError) {
                    let json = try set.cedarJSON()
                    let again = try PolicySet(parsingCedarJSON: json.serialized())
                    return try again.cedarJSON() == json ? "fine" : "JSON differs"
                } catch { return "JSON: \(error.code)" }
            } catch { return "text: \(error.all.first?.code.rawValue ?? "")" }
        }
    }

    @Test(arguments: [
        ("(", ")"), ("[", "]"), ("{a: ", "}"), ("ip(", ")"), ("[].contains(", ")"), ("!(", ")"), ("1 + (", ")"),
        ("true && (", ")"), ("if true then (", ") else 1"), ("if true then 1 else ", ""),
        ("context.contains({a: [(", ")]})"), ("1 == (2 * (!(", ")))"),
    ])
    func `levels up to the limit are laid out and written on a small stack`(open: String, close: String) throws {
        var (low, high) = (1, 400)
        while low + 1 < high {
            let levels = (low + high) / 2
            let text = String(repeating: open, count: levels) + "1" + String(repeating: close, count: levels)
            switch try Self.outcome(text) {
            case "fine": low = levels
            case "text: limitExceeded", "JSON: limitExceeded": high = levels
            case let other:
                Issue.record("\(levels) levels: \(other)")
                return
            }
        }
        #expect(low > 15)
    }

    @Test func `a chain in text may be longer than JSON is deep`() throws {
        #expect(try Self.outcome(Array(repeating: "true", count: 120).joined(separator: " && ")) == "fine")
        for separator in [" && ", " || ", " + ", " * "] {
            let chain = Array(repeating: "1", count: 20_000).joined(separator: separator)
            #expect(try Self.outcome(chain) == "JSON: limitExceeded")
        }
    }

    @Test func `a path after has that would fill the memory is refused`() throws {
        let names = Array(repeating: "a", count: 200).joined(separator: ".")
        let conditions = Array(repeating: "context has \(names)", count: 200).map { "[\($0)]" }.joined(separator: ",")
        #expect(try Self.outcome("[\(conditions)]") == "JSON: limitExceeded")
        // Each path doubles what is inside.
        let open = String(repeating: "(", count: 60)
        let close = String(repeating: " has a.b)", count: 60)
        #expect(try Self.outcome("\(open)context\(close)") == "JSON: limitExceeded")
    }

    @Test func `JSON that is too deep is an error, in a document and in a tree`() throws {
        var text = #"{"Value": 1}"#
        for _ in 0..<20_000 { text = #"{"!": {"arg": \#(text)}}"# }
        let policy =
            #"{"effect": "permit", "principal": {"op": "All"}, "action": {"op": "All"}, "resource": {"op": "All"}, "#
            + #""conditions": [{"kind": "when", "body": \#(text)}]}"#
        #expect(throws: PolicyJSONError(.limitExceeded, "")) {
            try PolicyStatement(parsingCedarJSON: Array(policy.utf8))
        }

        for levels in [70, 200, 1000] {
            let code = try SmallStack.run { () -> PolicyJSONError.Code? in
                var tree: JSON = ["Value": 1]
                for _ in 0..<levels { tree = ["!": ["arg": tree]] }
                let all: JSON = ["op": "All"]
                let json: JSON = [
                    "effect": "permit", "principal": all, "action": all, "resource": all,
                    "conditions": [["kind": "when", "body": tree]],
                ]
                do throws(PolicyJSONError) {
                    _ = try PolicyStatement(cedarJSON: json)
                    return nil
                } catch { return error.code }
            }
            #expect(code == (levels == 70 ? nil : .limitExceeded))
        }
    }

    @Test func `paths with quoted names do not double a tree`() throws {
        var json: JSON = ["Var": "context"]
        for _ in 0..<30 {
            json = ["Record": ["a b": ["Record": ["c": ["has": ["left": json, "attr": ["a b", "c"]]]]]]]
        }
        let all: JSON = ["op": "All"]
        let policy: JSON = [
            "effect": "permit", "principal": all, "action": all, "resource": all,
            "conditions": [["kind": "when", "body": json]],
        ]
        #expect(throws: PolicyJSONError.self) { try PolicyStatement(cedarJSON: policy) }
    }

    @Test func `twenty thousand links are read, and one more is refused`() throws {
        let all: JSON = ["op": "All"]
        let template: JSON = [
            "effect": "permit", "principal": ["op": "==", "slot": "?principal"], "action": all, "resource": all,
            "conditions": [],
        ]
        func set(_ count: Int) -> JSON {
            let links: [JSON] = (0..<count).map { number in
                [
                    "templateId": "t", "newId": .text("link\(number)"),
                    "values": ["?principal": ["type": "U", "id": .text("\(number)")]],
                ]
            }
            return ["staticPolicies": [:], "templates": ["t": template], "templateLinks": .array(links)]
        }
        let read = try PolicySet(cedarJSON: set(CedarLimits.policiesMax))
        #expect(read.policies.count == CedarLimits.policiesMax)
        #expect(try PolicySet(cedarJSON: try read.cedarJSON()).policies == read.policies)
        #expect(throws: PolicyJSONError(.limitExceeded, "", at: JSONPointer(["templateLinks", "20000"]))) {
            try PolicySet(cedarJSON: set(CedarLimits.policiesMax + 1))
        }
    }

    @Test func `a layout larger than a policy file may be is refused`() throws {
        let deep = String(repeating: "[", count: 70)
        let wide = Array(repeating: "1", count: 100_000).joined(separator: ",")
        let file = PolicyFile(
            name: "wide", bytes: Self.statement("\(deep)\(wide)\(String(repeating: "]", count: 70))"))
        let error = #expect(throws: PolicyErrors.self) { try PolicyFormatter().format(file) }
        #expect(error?.all.first?.code == .limitExceeded)
    }

    @Test func `a file of comments alone is laid out in one go`() throws {
        let file = PolicyFile(
            name: "comments", bytes: Array(String(repeating: "// c\n", count: 400_000).utf8))
        #expect(try PolicyFormatter().format(file) == file.bytes)
    }

    @Test func `widths and indents out of range are moved into it`() throws {
        let file = PolicyFile(name: "p", bytes: Self.statement("{a: [1, 2], b: context.c.d.e}"))
        for (width, indent) in [(Int.max, Int.max), (Int.min, Int.min), (-1, 4), (0, 0)] {
            let formatter = PolicyFormatter(lineWidth: width, indentWidth: indent)
            let once = try formatter.format(file)
            #expect(try formatter.format(PolicyFile(name: "again", bytes: once)) == once)
        }
    }

    @Test func `entities nested deeper than their type is are refused by the schema`() throws {
        let schema = try Schema(parsing: "entity A { a: Set<Set<Long>> };")
        let deep = String(repeating: "[", count: 500) + String(repeating: "]", count: 500)
        for value in ["[[[1]]]", deep] {
            let text = #"[{"uid": {"type": "A", "id": "x"}, "parents": [], "attrs": {"a": \#(value)}}]"#
            #expect(throws: EntityError.self) { try Entities(parsingCedarJSON: Array(text.utf8), schema: schema) }
        }
    }
}
