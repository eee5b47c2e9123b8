// SPDX-License-Identifier: Apache-2.0

import Cedar
import Effects
import StrictJSON

/// What is known of a tested parameter.
struct TestedParameter {
    /// Its type; `nil` where nothing is known of it, and values are what they show themselves.
    var type: CedarType?
    /// The texts that it may be, where its definition has a list.
    var allowed: [UTF8String]?
}

extension ParameterTest {
    /// The test as a condition of a policy: the parameter is there, and compares so.
    ///
    /// - Throws: `GrantMistake` where a value of that type can never be so.
    func condition(_ parameter: TestedParameter) throws(GrantMistake) -> JSON {
        var value = CedarForm.attribute(CedarForm.context, "input")
        var parts: [JSON] = []
        for name in path {
            parts.append(CedarForm.has(value, name))
            value = CedarForm.attribute(value, name)
        }
        parts += try comparisons(of: value, parameter)
        guard let first = parts.first else { throw wrong("names no parameter") }
        return CedarForm.all(first, Array(parts.dropFirst()))
    }

    private func comparisons(of value: JSON, _ parameter: TestedParameter) throws(GrantMistake) -> [JSON] {
        switch comparison {
        case .pattern:
            switch parameter.type {
            case .string: return matching(value, try checked(writtenText, parameter))
            case nil where json?.number == nil && json?.bool == nil: return matching(value, writtenText)
            default: return [CedarForm.binary("==", value, try literal(json, parameter))]
            }
        case .equal: return [CedarForm.binary("==", value, try literal(json, parameter))]
        case .less, .lessOrEqual, .greater, .greaterOrEqual: return [try ordered(value, parameter)]
        case .among:
            guard let list = json?.array, (1...Limits.grantListElements).contains(list.count) else {
                throw wrong(
                    "needs a JSON list of 1 to \(Limits.grantListElements) values after `in`, as in [\"a\",\"b\"]")
            }
            var parameter = parameter
            var method: UTF8String = "contains"
            if case .set(let element)? = parameter.type {
                parameter.type = element
                method = "containsAll"
            }
            var elements: [JSON] = []
            for element in list { elements.append(try literal(element, parameter)) }
            return [CedarForm.binary(method, CedarForm.set(elements), value)]
        }
    }

    /// The operand as text, with or without quotes.
    private var writtenText: UTF8String { json?.string ?? operand }

    /// Text that is this, its stars standing for any text.
    ///
    /// A star matches a slash too, so that a path's pattern would match what leaves the folder again by `..`. What a call
    /// touches is judged as an effect; here it is only that a text says what it seems to say.
    private func matching(_ value: JSON, _ pattern: UTF8String) -> [JSON] {
        guard pattern.bytes.contains(UInt8(ascii: "*")) else {
            return [CedarForm.binary("==", value, CedarForm.value(pattern))]
        }
        let test = CedarForm.like(value, pattern)
        guard pattern.bytes.contains(UInt8(ascii: "/")) else { return [test] }
        return [test] + (["*/../*", "*/..", "../*"] as [UTF8String]).map { CedarForm.not(CedarForm.like(value, $0)) }
    }

    private func ordered(_ value: JSON, _ parameter: TestedParameter) throws(GrantMistake) -> JSON {
        let isDecimal: Bool
        switch parameter.type {
        case .long: isDecimal = false
        case .decimal: isDecimal = true
        case nil:
            guard let number = json?.number else { throw wrong("compares with no number") }
            isDecimal = ExactNumber(number)?.int64 == nil
        default: throw wrong("asks for an order of what is no number: \(name) is \(Self.words(parameter.type))")
        }
        let operand = try literal(json, TestedParameter(type: isDecimal ? .decimal : .long))
        guard isDecimal else { return CedarForm.binary(UTF8String(comparison.rawValue), value, operand) }
        switch comparison {
        case .less: return CedarForm.call(.lessThan, value, operand)
        case .lessOrEqual: return CedarForm.call(.lessThanOrEqual, value, operand)
        case .greater: return CedarForm.call(.greaterThan, value, operand)
        default: return CedarForm.call(.greaterThanOrEqual, value, operand)
        }
    }

    /// A value of a type, as a policy has it.
    ///
    /// - Parameter json: `nil` for bare text, which is the whole operand.
    private func literal(_ json: JSON?, _ parameter: TestedParameter) throws(GrantMistake) -> JSON {
        switch parameter.type {
        case .string:
            // Where text is expected, what looks like a number is text too.
            let text = json?.string ?? (comparison == .among ? nil : operand)
            guard let text else { break }
            return CedarForm.value(try checked(text, parameter))
        case .long:
            guard let long = json?.number.flatMap({ ExactNumber($0) })?.int64 else { break }
            return CedarForm.value(long)
        case .decimal:
            guard let scaled = json?.number.flatMap({ ExactNumber($0) })?.tenThousandths else { break }
            return CedarForm.value(CedarDecimal(scaled: scaled))
        case .bool:
            guard let truth = json?.bool else { break }
            return CedarForm.value(truth)
        case nil:
            switch json {
            case .string(let text)?: return CedarForm.value(text)
            case .bool(let truth)?: return CedarForm.value(truth)
            case .number(let number)?:
                if let long = ExactNumber(number)?.int64 { return CedarForm.value(long) }
                guard let scaled = ExactNumber(number)?.tenThousandths else { break }
                return CedarForm.value(CedarDecimal(scaled: scaled))
            case nil where comparison != .among: return CedarForm.value(operand)
            default: break
            }
        case .set:
            throw wrong("compares a list with one value: write \(name) in [\"a\",\"b\"], which each element must be in")
        case .record: throw wrong("compares an object: name one of its members, as in /\(name)/MEMBER")
        default: break
        }
        throw wrong("does not fit: \(name) is \(Self.words(parameter.type))")
    }

    private func checked(_ text: UTF8String, _ parameter: TestedParameter) throws(GrantMistake) -> UTF8String {
        guard let allowed = parameter.allowed, !allowed.contains(text) else { return text }
        if comparison == .pattern, text.bytes.contains(UInt8(ascii: "*")) { return text }
        let near = Suggestion.closest(to: text, among: allowed).map { "; did you mean `\($0)`?" } ?? ""
        throw wrong("can never be true: \(name) is one of \(allowed.map(\.string).joined(separator: ", "))\(near)")
    }

    private static func words(_ type: CedarType?) -> String {
        switch type {
        case .string: "text"
        case .long: "a whole number"
        case .decimal: "a number of at most four decimals"
        case .bool: "true or false"
        case .set: "a list"
        case .record: "an object"
        default: "something that is not known"
        }
    }

    private func wrong(_ what: String) -> GrantMistake { GrantMistake("`\(text)` \(what)") }
}
