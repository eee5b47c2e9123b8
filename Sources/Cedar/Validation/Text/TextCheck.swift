// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// Warns of text that reads otherwise than it is: characters that turn the direction of what follows, letters of
/// several scripts in one word, and characters that are not for identifiers (UTS #39).
///
/// Looks at strings, patterns, attributes' names and entities' ids; all other names are ASCII.
struct TextCheck {
    let findings: FindingList

    func check(_ statement: PolicyStatement) {
        for (part, constraint) in [(Variable.principal, statement.principal), (.resource, statement.resource)] {
            if case .entity(let uid)? = constraint.reference { identifier(uid.id, at: statement.span(of: part)) }
        }
        for action in statement.action.entities { identifier(action.id, at: statement.span(of: .action)) }
        for condition in statement.conditions { check(condition.body) }
    }

    private func check(_ expression: Expression) {
        switch expression.kind {
        case .literal(.string(let text)): string(text, at: expression.span)
        case .literal(.entity(let uid)): identifier(uid.id, at: expression.span)
        case .attribute(_, let name): identifier(name, at: expression.span)
        case .has(_, let path): for name in path { identifier(name, at: expression.span) }
        case .record(let fields): for field in fields { identifier(field.name, at: expression.span) }
        case .like(_, let pattern): string(pattern.text, at: expression.span)
        default: break
        }
        for operand in expression.operands { check(operand) }
    }

    private func string(_ text: UTF8String, at span: SourceSpan) {
        guard !text.isPrintableASCII else { return }
        if let scalar = text.directionScalar {
            findings.add(
                .bidirectionalString, at: span,
                "the string \(shown(text)) turns the direction of text with \(name(scalar))")
        } else if text.mixesScripts {
            findings.add(.mixedScriptString, at: span, "the string \(shown(text)) mixes letters of several scripts")
        }
    }

    private func identifier(_ text: UTF8String, at span: SourceSpan) {
        guard !text.isPrintableASCII else { return }
        if let scalar = text.directionScalar {
            findings.add(
                .bidirectionalIdentifier, at: span,
                "the name \(shown(text)) turns the direction of text with \(name(scalar))")
        } else if let scalar = text.confusableScalar {
            findings.add(
                .confusableIdentifier, at: span, "the name \(shown(text)) has \(name(scalar)), which is not for names")
        } else if text.mixesScripts {
            findings.add(.mixedScriptIdentifier, at: span, "the name \(shown(text)) mixes letters of several scripts")
        }
    }

    /// The text in ASCII, so that the warning is not itself deceiving.
    private func shown(_ text: UTF8String) -> String {
        let scalars = text.string.unicodeScalars
        let shown = scalars.prefix(60).map { $0.escaped(asASCII: true) }.joined()
        return "\"\(shown)\(scalars.count > 60 ? "…" : "")\""
    }

    private func name(_ scalar: Unicode.Scalar) -> String {
        let digits = String(scalar.value, radix: 16, uppercase: true)
        return "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }
}

extension UTF8String {
    fileprivate var isPrintableASCII: Bool { withUTF8 { $0.allSatisfy { (0x20...0x7e).contains($0) } } }

    /// The first scalar that embeds, overrides or isolates a direction, or ends such a stretch.
    fileprivate var directionScalar: Unicode.Scalar? {
        string.unicodeScalars.first { scalar in
            switch scalar.value {
            case 0x202a...0x202e, 0x2066...0x2069: true
            default: false
            }
        }
    }

    /// The first scalar that is neither printable ASCII nor allowed in identifiers.
    fileprivate var confusableScalar: Unicode.Scalar? {
        string.unicodeScalars.first { scalar in
            !(0x20...0x7e).contains(scalar.value) && !ScriptTable.shared.isAllowedInIdentifiers(scalar)
        }
    }

    /// Whether no one script, or writing system, has all the scalars.
    fileprivate var mixesScripts: Bool {
        var scripts = ScriptTable.Scripts.all
        for scalar in string.unicodeScalars {
            scripts = scripts.intersection(ScriptTable.shared.scripts(of: scalar))
            if scripts.isEmpty { return true }
        }
        return false
    }
}

extension Pattern {
    /// The pattern as written, but for escapes.
    fileprivate var text: UTF8String {
        UTF8String(
            elements.map { element in
                switch element {
                case .wildcard: "*"
                case .literal(let literal): literal.string
                }
            }.joined())
    }
}
