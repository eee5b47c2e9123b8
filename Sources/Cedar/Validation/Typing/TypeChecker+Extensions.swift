// SPDX-License-Identifier: Apache-2.0

import StrictJSON

extension TypeChecker {
    /// A call of an extension function. A constructor takes one literal, of which its value is known to exist.
    mutating func call(_ function: ExtensionFunction, _ arguments: [Expression], at span: SourceSpan) -> Answer {
        let expected = function.argumentTypes.map(ExpressionType.init)
        let result = ExpressionType(function.resultType)
        var hasFailed = false
        if arguments.count != expected.count {
            hasFailed = true
            findings.add(
                .wrongArgumentCount, at: span,
                "`\(function.rawValue)` takes \(Self.count(expected.count, function)), "
                    + "not \(arguments.count - (function.isMethod ? 1 : 0))")
        }
        if !function.isMethod {
            let refused = refusal(of: function, arguments, at: span)
            hasFailed = hasFailed || refused
        }
        guard !hasFailed else {
            for argument in arguments { _ = check(argument) }
            return .failure(result)
        }
        for (argument, expected) in zip(arguments, expected) {
            let answer = expect(argument, "\(expected)") { $0 == expected }
            hasFailed = hasFailed || answer.hasFailed
        }
        return Answer(type: result, hasFailed: hasFailed)
    }

    /// Whether a constructor's arguments are not literals, or its text makes no value.
    private func refusal(of function: ExtensionFunction, _ arguments: [Expression], at span: SourceSpan) -> Bool {
        var isRefused = false
        if arguments.count == 1, case .literal(.string(let text))? = arguments.first?.kind, !function.makes(text) {
            isRefused = true
            findings.add(
                .invalidLiteral, at: span,
                "\(StringEscapes.quoted(text).shortened(60)) is not a text that `\(function.rawValue)` takes")
        }
        let areLiterals = arguments.allSatisfy { if case .literal = $0.kind { true } else { false } }
        if !areLiterals {
            isRefused = true
            findings.add(
                .nonliteralArgument, at: span,
                "`\(function.rawValue)` takes a literal in a policy; a value of its type can come from an attribute")
        }
        return isRefused
    }

    private static func count(_ count: Int, _ function: ExtensionFunction) -> String {
        switch count - (function.isMethod ? 1 : 0) {
        case 0: "no argument"
        case 1: "one argument"
        default: "\(count) arguments"
        }
    }
}

extension ExtensionFunction {
    /// Whether a constructor has a value for the text.
    fileprivate func makes(_ text: UTF8String) -> Bool {
        switch self {
        case .decimal: CedarDecimal(text) != nil
        case .ip: CedarIPAddress(text) != nil
        case .datetime: CedarDatetime(text) != nil
        case .duration: CedarDuration(text) != nil
        default: true
        }
    }
}

extension String {
    fileprivate func shortened(_ scalars: Int) -> String { UTF8String(self).shortened(scalars: scalars) }
}
