// SPDX-License-Identifier: Apache-2.0

public import StrictJSON

/// What validation found at one place of a policy.
public struct ValidationFinding: Sendable, Hashable, CustomStringConvertible {
    /// Whether the finding makes a policy invalid.
    public enum Severity: String, Sendable, Hashable, CaseIterable {
        /// The policy is not valid.
        case error
        /// The policy is valid; what is found is probably a mistake, or meant to deceive.
        case warning
    }

    /// What kind of finding it is.
    public enum Code: String, Sendable, Hashable, CaseIterable {
        /// An entity type that the schema does not declare.
        case unknownEntityType
        /// An action that the schema does not declare.
        case unknownAction
        /// An entity of an enumerated type that does not list it.
        case unlistedEntity
        /// A scope that no request can satisfy: no action applies to such a principal and such a resource.
        case noApplicableAction
        /// An operand of another type than its operator takes.
        case unexpectedType
        /// Types that must join and do not: of a set's elements, of two branches, of two sides of a comparison.
        case incompatibleTypes
        /// An attribute that the type does not have.
        case unknownAttribute
        /// An optional attribute read where it may be missing.
        case unguardedAttribute
        /// A tag read where it may be missing.
        case unguardedTag
        /// A tag of an entity whose type has none.
        case noTags
        /// `[]`, whose elements have no type.
        case emptySet
        /// A call with too few or too many arguments.
        case wrongArgumentCount
        /// A constructor's text that makes no value.
        case invalidLiteral
        /// A constructor with something else than a literal.
        case nonliteralArgument
        /// An entity's data read from further away than the level allows.
        case levelExceeded
        /// The data of an entity read that the policy names itself, which no level allows.
        case literalDereference
        /// More than `CedarLimits` allows; what lies beyond was not looked at.
        case limitExceeded
        /// A policy that is false in every environment.
        case impossiblePolicy
        /// A string with characters that change the direction of text.
        case bidirectionalString
        /// A name or an entity's id with characters that change the direction of text.
        case bidirectionalIdentifier
        /// A string in letters of several scripts.
        case mixedScriptString
        /// A name or an entity's id in letters of several scripts.
        case mixedScriptIdentifier
        /// A name or an entity's id with a character that is not for identifiers.
        case confusableIdentifier

        /// Whether findings of this kind are errors, unless said otherwise where they are made.
        var severity: Severity {
            switch self {
            case .impossiblePolicy, .bidirectionalString, .bidirectionalIdentifier, .mixedScriptString,
                .mixedScriptIdentifier, .confusableIdentifier:
                .warning
            default: .error
            }
        }
    }

    /// Whether this makes the policy invalid.
    public let severity: Severity
    /// What kind of finding it is.
    public let code: Code
    /// The policy or template; `nil` where the finding is about the whole set.
    public let policyID: UTF8String?
    /// The name of the file that the policy was written in.
    public let file: UTF8String
    /// Where in the file it is.
    public let span: SourceSpan
    /// What was found and what would be right, in one line.
    public let message: String
    /// What was probably meant, ready to be written in its place, or `nil`.
    public let suggestion: String?

    /// `file:line:column: error: message`, with the suggestion where there is one.
    public var description: String {
        let hint = suggestion.map { "; did you mean \($0)?" } ?? ""
        return "\(file.shown):\(span.line):\(span.column): \(severity.rawValue): \(message)\(hint)"
    }
}

/// The findings of one policy, each once, however many environments show it.
final class FindingList {
    private struct Key: Hashable {
        let code: ValidationFinding.Code
        let span: SourceSpan
        let message: String
    }

    let policyID: UTF8String
    let file: UTF8String
    private(set) var all: [ValidationFinding] = []
    private var seen: Set<Key> = []

    init(policyID: UTF8String, file: UTF8String) {
        self.policyID = policyID
        self.file = file
    }

    /// By place; findings at one place in the order found.
    var sorted: [ValidationFinding] {
        all.enumerated().sorted { ($0.element.span.offset, $0.offset) < ($1.element.span.offset, $1.offset) }
            .map(\.element)
    }

    var hasErrors: Bool { all.contains { $0.severity == .error } }

    /// Adds a finding that is new. What it says is not worked out where no more findings are shown, nor the suggestion
    /// for one that is there already.
    func add(
        _ code: ValidationFinding.Code, at span: SourceSpan, severity: ValidationFinding.Severity? = nil,
        suggestion: @autoclosure () -> String? = nil, _ message: @autoclosure () -> String
    ) {
        guard all.count < CedarLimits.findingsPerPolicyMax else { return }
        let message = message()
        guard seen.insert(Key(code: code, span: span, message: message)).inserted else { return }
        all.append(
            ValidationFinding(
                severity: severity ?? code.severity, code: code, policyID: policyID, file: file, span: span,
                message: message, suggestion: suggestion()))
    }
}
