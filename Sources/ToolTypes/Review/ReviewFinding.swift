// SPDX-License-Identifier: Apache-2.0

public import Cedar
public import StrictJSON

/// What is to be said of a policy, where tools are known.
public struct ReviewFinding: Sendable, Hashable, CustomStringConvertible {
    /// How bad it is.
    public enum Severity: String, Sendable, Hashable, CaseIterable {
        /// The policy is wrong: it names what is not there, or fails or is false for every request that it is about.
        case error
        /// It is probably not what was meant.
        case warning
        /// Nobody can say, since nothing is known of a parameter.
        case unchecked
    }

    /// How bad it is.
    public let severity: Severity
    /// What it is, in one word: a `ValidationFinding.Code`, or `unknownServer` or `valueNotAllowed`.
    public let code: String
    /// The policy or template; `nil` where it is about the whole set.
    public let policyID: UTF8String?
    /// The file.
    public let file: UTF8String
    /// Where in the file.
    public let span: SourceSpan
    /// One line.
    public let message: String
    /// What was probably meant, ready to be written in its place.
    public let suggestion: String?

    /// `file:line:column: error: message; did you mean …?`
    public var description: String {
        let hint = suggestion.map { "; did you mean \($0)?" } ?? ""
        return "\(file):\(span.line):\(span.column): \(severity.rawValue): \(message)\(hint)"
    }

    init(
        _ severity: Severity, code: String, policyID: UTF8String?, file: UTF8String, span: SourceSpan, message: String,
        suggestion: String? = nil
    ) {
        self.severity = severity
        self.code = code
        self.policyID = policyID
        self.file = file
        self.span = span
        self.message = message
        self.suggestion = suggestion
    }

    init(_ finding: ValidationFinding) {
        self.init(
            finding.severity == .error ? .error : .warning, code: finding.code.rawValue, policyID: finding.policyID,
            file: finding.file, span: finding.span, message: finding.message, suggestion: finding.suggestion)
    }

    /// This finding for several of its kind at its place.
    func standing(for count: Int) -> ReviewFinding {
        guard count > 1 else { return self }
        return ReviewFinding(
            severity, code: code, policyID: policyID, file: file, span: span,
            message: "\(message) (and \(count - 1) more of the kind here)", suggestion: suggestion)
    }

    /// The same place and thing, seen as less bad, and why.
    func lowered(to severity: Severity, because reason: String) -> ReviewFinding {
        ReviewFinding(
            severity, code: code, policyID: policyID, file: file, span: span, message: "\(message): \(reason)",
            suggestion: code == ValidationFinding.Code.unknownAttribute.rawValue ? suggestion : nil)
    }
}
