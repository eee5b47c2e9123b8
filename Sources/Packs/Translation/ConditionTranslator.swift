// SPDX-License-Identifier: Apache-2.0

import Passports
import StrictJSON

/// What is known of a value's type before any call.
enum ValueType: Sendable, Equatable {
    case text, integer, truth, list, object, unknown
}

/// Conditions as Cedar. What is not there is as `undefined` is: it is not true, and no comparison with it holds. So each
/// value is tested with `has` before it is read.
struct ConditionTranslator {
    /// The capability under which a passport has the pack's limits.
    let scopes: [UTF8String]
    /// Types of the context's members, by the pack's `required_context`.
    let types: [[UTF8String]: ValueType]
    /// Types of limits, by how the condition uses them.
    private var uses: [[UTF8String]: ValueType] = [:]

    init(scopes: [UTF8String], types: [[UTF8String]: ValueType]) {
        self.scopes = scopes
        self.types = types
    }

    /// A Cedar expression that is true where the condition holds.
    static func translate(
        _ condition: UTF8String, scopes: [UTF8String], types: [[UTF8String]: ValueType]
    ) throws(TranslationProblem) -> String {
        let expression = try RuleExpressionParser.parse(condition)
        var translator = ConditionTranslator(scopes: scopes, types: types)
        translator.learn(expression)
        return try translator.truth(expression)
    }

    // MARK: Types

    /// A limit that is compared is a number, one with `includes` a list: its own truth is asked accordingly.
    private mutating func learn(_ expression: RuleExpression) {
        switch expression {
        case .not(let inner), .length(let inner): learn(inner)
        case .and(let left, let right), .or(let left, let right):
            learn(left)
            learn(right)
        case .compare(let comparison, let left, let right):
            for (one, other) in [(left, right), (right, left)] {
                guard case .path(let names) = one else { continue }
                switch other {
                case .text: uses[names] = .text
                case .truth: uses[names] = .truth
                case .integer: uses[names] = .integer
                case .path, .arithmetic:
                    if comparison != .equal, comparison != .unequal { uses[names] = .integer }
                default: break
                }
            }
            learn(left)
            learn(right)
        case .arithmetic(_, let left, let right):
            for case .path(let names) in [left, right] { uses[names] = .integer }
            learn(left)
            learn(right)
        case .call(let value, let method, let argument):
            if case .path(let names) = value { uses[names] = uses[names] ?? (method == "includes" ? .list : .text) }
            learn(value)
            learn(argument)
        case .matches(_, let subject): if case .path(let names) = subject { uses[names] = .text }
        case .text, .integer, .truth, .nothing, .list, .path: break
        }
    }

    private func type(_ names: [UTF8String]) -> ValueType {
        if names.first == "context", let type = types[Array(names.dropFirst())] { return type }
        return uses[names] ?? .unknown
    }

    // MARK: Truth

    private func truth(_ expression: RuleExpression) throws(TranslationProblem) -> String {
        switch expression {
        case .truth(let truth): return truth ? "true" : "false"
        case .nothing: return "false"
        case .integer(let number): return number == 0 ? "false" : "true"
        case .text(let text): return text.isEmpty ? "false" : "true"
        case .list: return "true"
        case .not(let inner): return "!(\(try truth(inner)))"
        case .and(let left, let right): return "(\(try truth(left)) && \(try truth(right)))"
        case .or(let left, let right): return "(\(try truth(left)) || \(try truth(right)))"
        case .path(let names): return try given(names)
        case .compare(let comparison, let left, let right): return try compare(comparison, left, right)
        case .call(let value, let method, let argument): return try call(value, method, argument)
        case .matches(let pattern, let subject):
            guard case .path(let names) = subject else { throw TranslationProblem("a test of no member") }
            let place = try place(names)
            return guarded(place, try Self.like(pattern, place.read))
        case .length(let inner): return try compare(.greater, .length(inner), .integer(0))
        case .arithmetic: return try compare(.unequal, expression, .integer(0))
        }
    }

    private func given(_ names: [UTF8String]) throws(TranslationProblem) -> String {
        let place = try place(names)
        switch type(names) {
        case .text: return guarded(place, "\(place.read) != \"\"")
        case .integer: return guarded(place, "\(place.read) != 0")
        case .list, .object: return place.isThere
        // Of a limit that only its truth is asked of: one that is no flag is an error, and then the forbid holds.
        case .truth, .unknown: return guarded(place, place.read)
        }
    }

    private func compare(
        _ comparison: RuleExpression.Comparison, _ left: RuleExpression, _ right: RuleExpression
    ) throws(TranslationProblem) -> String {
        if let known = try passport(comparison, left, right) { return known }
        if case .nothing = left { return try absent(comparison, right) }
        if case .nothing = right { return try absent(comparison, left) }
        if case .length(let inner) = left { return try length(comparison, inner, right) }
        if case .length(let inner) = right { return try length(comparison.flipped, inner, left) }
        let one = try value(left)
        let other = try value(right)
        let guards = one.guards + other.guards
        switch comparison {
        case .unequal: return "!(\((guards + ["\(one.text) == \(other.text)"]).joined(separator: " && ")))"
        case .equal: return "(\((guards + ["\(one.text) == \(other.text)"]).joined(separator: " && ")))"
        default:
            for side in [left, right] { try isOrdered(side) }
            return "(\((guards + ["\(one.text) \(comparison.rawValue) \(other.text)"]).joined(separator: " && ")))"
        }
    }

    private func isOrdered(_ side: RuleExpression) throws(TranslationProblem) {
        switch side {
        case .integer, .arithmetic: break
        case .path(let names):
            guard [.integer, .unknown].contains(type(names)) else {
                throw TranslationProblem("an order of what are no whole numbers")
            }
        default: throw TranslationProblem("an order of what are no whole numbers")
        }
    }

    private func absent(
        _ comparison: RuleExpression.Comparison, _ side: RuleExpression
    ) throws(TranslationProblem) -> String {
        guard case .path(let names) = side, comparison == .equal || comparison == .unequal else {
            throw TranslationProblem("a comparison with nothing")
        }
        let place = try place(names)
        return comparison == .equal ? "!(\(place.isThere))" : place.isThere
    }

    /// Cedar knows whether a list or a text is empty, and no more of its length.
    private func length(
        _ comparison: RuleExpression.Comparison, _ inner: RuleExpression, _ bound: RuleExpression
    ) throws(TranslationProblem) -> String {
        guard case .path(let names) = inner, case .integer(let number) = bound else {
            throw TranslationProblem("a length beside another than a number")
        }
        let place = try place(names)
        let isEmpty: String
        switch type(names) {
        case .text: isEmpty = "\(place.read) == \"\""
        case .list: isEmpty = "\(place.read).isEmpty()"
        default: throw TranslationProblem("a length of what may be a text or a list")
        }
        switch (comparison, number) {
        case (.equal, 0), (.less, 1), (.lessOrEqual, 0): return guarded(place, isEmpty)
        case (.unequal, 0), (.greater, 0), (.greaterOrEqual, 1): return guarded(place, "!(\(isEmpty))")
        default: throw TranslationProblem("Cedar has no length of a text or a list, but whether it is empty")
        }
    }

    private func call(
        _ subject: RuleExpression, _ method: UTF8String, _ argument: RuleExpression
    ) throws(TranslationProblem) -> String {
        if method == "includes" {
            switch subject {
            case .list(let elements):
                var texts: [String] = []
                for element in elements { texts.append(try value(element).text) }
                let sought = try value(argument)
                return
                    "(\((sought.guards + ["[\(texts.joined(separator: ", "))].contains(\(sought.text))"]).joined(separator: " && ")))"
            case .path(let names) where type(names) == .list || names.first != "context":
                if names == ["passport", "regions"] || names == ["passport", "capabilities"] {
                    let sought = try value(argument)
                    let list = "principal.\(names[1]).contains(\(sought.text))"
                    return "(\((sought.guards + [list]).joined(separator: " && ")))"
                }
                let place = try place(names)
                let sought = try value(argument)
                let guards = sought.guards + [place.isThere, "\(place.read).contains(\(sought.text))"]
                return "(\(guards.joined(separator: " && ")))"
            default: break
            }
        }
        guard case .path(let names) = subject, case .text(let text) = argument else {
            throw TranslationProblem("\(method)() of other than a member and a text in quotes")
        }
        guard method != "includes" || type(names) == .text else {
            throw TranslationProblem("includes() of what may be a text or a list")
        }
        let place = try place(names)
        let pattern = CedarText.pattern(text)
        let like =
            switch method {
            case "startsWith": "\(pattern)*"
            case "endsWith": "*\(pattern)"
            default: "*\(pattern)*"
            }
        return guarded(place, "\(place.read) like \"\(like)\"")
    }

    // MARK: Values

    private func value(_ expression: RuleExpression) throws(TranslationProblem) -> (text: String, guards: [String]) {
        switch expression {
        case .text(let text): return (CedarText.literal(text), [])
        case .integer(let number): return (String(number), [])
        case .truth(let truth): return (truth ? "true" : "false", [])
        case .path(let names):
            let place = try place(names)
            return (place.read, [place.isThere])
        case .arithmetic(let operation, let left, let right):
            let one = try value(left)
            let other = try value(right)
            for side in [left, right] { try isOrdered(side) }
            return ("(\(one.text) \(operation.rawValue) \(other.text))", one.guards + other.guards)
        default: throw TranslationProblem("a truth used as a value")
        }
    }

    /// Where Cedar has what a path names.
    private struct Place {
        let isThere: String
        let read: String
    }

    private func guarded(_ place: Place, _ test: String) -> String { "(\(place.isThere) && \(test))" }

    private func place(_ names: [UTF8String]) throws(TranslationProblem) -> Place {
        let rest = Array(names.dropFirst())
        switch names.first {
        case "context": return try Self.place("context.input", rest)
        case "limits": return try limit(rest)
        case "passport" where rest.first == "limits": return try limit(Array(rest.dropFirst()))
        default:
            throw TranslationProblem("a fact that policies do not have: \(names.map(\.string).joined(separator: "."))")
        }
    }

    /// A limit under the pack's capability, `limits["a.b"].c`, which may be written out before it (`limits.a.b.c`).
    private func limit(_ names: [UTF8String]) throws(TranslationProblem) -> Place {
        guard let scope = scopes.first else { throw TranslationProblem("a limit of a pack without a capability") }
        var names = names
        for scope in scopes {
            let parts = scope.string.split(separator: ".").map { UTF8String(String($0)) }
            if names.count > parts.count, names.starts(with: parts) { names.removeFirst(parts.count) }
        }
        return try Self.place("principal.limits", [scope] + names)
    }

    private static func place(_ root: String, _ names: [UTF8String]) throws(TranslationProblem) -> Place {
        guard !names.isEmpty else { throw TranslationProblem("the whole of the context, the limits or the passport") }
        var read = root
        var tests: [String] = []
        for name in names {
            tests.append("\(read) has \(CedarText.literal(name))")
            read += "[\(CedarText.literal(name))]"
        }
        return Place(isThere: tests.count == 1 ? tests[0] : "(\(tests.joined(separator: " && ")))", read: read)
    }

    /// What Writ checks itself, or has as an attribute.
    private func passport(
        _ comparison: RuleExpression.Comparison, _ left: RuleExpression, _ right: RuleExpression
    ) throws(TranslationProblem) -> String? {
        guard case .path(let names) = left, names.first == "passport", names.count == 2, case .text(let text) = right
        else {
            return nil
        }
        switch (names[1], comparison) {
        case ("status", .equal):
            // Any other standing is refused before policies are asked.
            return text == "active" ? "true" : "false"
        case ("assurance_level", _):
            guard let level = Assurance(rawValue: text.string)?.level else {
                throw TranslationProblem("an assurance that there is not")
            }
            return "principal.assurance \(comparison.rawValue) \(level)"
        default: return nil
        }
    }

    /// A test of a text by a regular expression of plain text and `.*`, anchored or not.
    ///
    /// `.*` goes over no line's end, and Cedar's `*` does. So between texts it is translated only where both ends are
    /// anchored: then a text with a line's end in it does not fit, unless the expression itself has one.
    static func like(_ pattern: UTF8String, _ read: String) throws(TranslationProblem) -> String {
        let inexact = TranslationProblem("a regular expression that Cedar's like cannot say")
        var bytes = pattern.bytes[...]
        let isAnchoredAtStart = bytes.first == UInt8(ascii: "^")
        if isAnchoredAtStart { bytes = bytes.dropFirst() }
        // The texts that `.*` stands between.
        var texts: [[UInt8]] = [[]]
        var isEnd = false
        while let byte = bytes.first {
            bytes = bytes.dropFirst()
            guard !isEnd else { throw TranslationProblem("a regular expression that goes on after $") }
            switch byte {
            case UInt8(ascii: "\\"):
                guard let escaped = bytes.first, !escaped.isAlphanumeric else { throw inexact }
                texts[texts.count - 1].append(escaped)
                bytes = bytes.dropFirst()
            case UInt8(ascii: "."):
                guard bytes.first == UInt8(ascii: "*") else { throw inexact }
                texts.append([])
                bytes = bytes.dropFirst()
            case UInt8(ascii: "$"): isEnd = true
            case _ where "*+?()[]{}|^".utf8.contains(byte): throw inexact
            default: texts[texts.count - 1].append(byte)
            }
        }
        // At an end that is not anchored it says nothing.
        if !isAnchoredAtStart { while texts.count > 1, texts.first == [] { texts.removeFirst() } }
        if !isEnd { while texts.count > 1, texts.last == [] { texts.removeLast() } }
        let parts = texts.map { CedarText.pattern(UTF8String(validating: $0) ?? "") }
        let inner = parts.joined(separator: "*")
        let test = "\(read) like \"\(isAnchoredAtStart ? "" : "*")\(inner)\(isEnd ? "" : "*")\""
        guard texts.count > 1 else { return test }
        let ends = ["\\u{a}", "\\u{d}", "\\u{2028}", "\\u{2029}"]
        guard isAnchoredAtStart, isEnd, !parts.contains(where: { part in ends.contains { part.contains($0) } }) else {
            throw inexact
        }
        return "(\(([test] + ends.map { "!(\(read) like \"*\($0)*\")" }).joined(separator: " && ")))"
    }
}
