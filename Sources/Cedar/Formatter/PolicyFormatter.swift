// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// Lays out policy text in the one way that Cedar's own formatter does, and keeps every comment.
///
///     let tidy = try PolicyFormatter().format(file)
///
/// Formatting what was formatted changes nothing, and the policies are equal to those of the text given: this is checked
/// each time. Only white space and comments' places change, but for two things: commas before a closing bracket go, and
/// so do leading zeros.
///
/// A comment stays behind the token it is behind, or above the token it is above. Text without comments comes out as
/// from Cedar 4.12's `cedar format`, byte for byte, save characters whose width Unicode's tables leave open. With
/// comments it differs where that program drops a comment, leaves white space at the end of a line, or moves the
/// comments above a closing bracket out of the brackets.
public struct PolicyFormatter: Sendable {
    /// Columns that a line should not pass; some do, where nothing can be broken.
    public let lineWidth: Int
    /// Columns for each level.
    public let indentWidth: Int

    /// A formatter; both numbers are moved into the ranges that `CedarLimits` allows.
    public init(lineWidth: Int = 80, indentWidth: Int = 2) {
        self.lineWidth = min(max(lineWidth, 0), CedarLimits.formatterLineWidthMax)
        self.indentWidth = min(max(indentWidth, 0), CedarLimits.formatterIndentWidthMax)
    }

    /// The file's policies, laid out; without policies and comments, nothing.
    ///
    /// - Throws: `PolicyErrors` where the file does not parse, and with `limitExceeded` where the result would be larger
    ///   than a policy file may be: deep nesting takes much white space.
    public func format(_ file: PolicyFile) throws(PolicyErrors) -> [UInt8] {
        let given = PolicyParser.parse(file.bytes, file: file.name)
        guard given.errors.isEmpty else { throw PolicyErrors(all: given.errors) }

        var output: [UInt8] = []
        var tokens = CommentedTokens(file.bytes)
        var statement = tokens.nextStatement()
        while !statement.isEmpty {
            if !output.isEmpty { output.append(0x0a) }
            var layout = PolicyLayout(statement, indentWidth: indentWidth)
            var renderer = LayoutRenderer(lineWidth: lineWidth)
            output += renderer.render(layout.policy())
            output.append(0x0a)
            guard output.count <= CedarLimits.policyFileBytesMax else { throw tooLarge(file) }
            statement = tokens.nextStatement()
        }
        for comment in tokens.rest { output += comment.bytes + [0x0a] }
        guard output.count <= CedarLimits.policyFileBytesMax else { throw tooLarge(file) }

        let again = PolicyParser.parse(output, file: file.name)
        guard again.errors.isEmpty, again.statements == given.statements else {
            throw error(.formatterFailed, "a mistake of the formatter: its text would not mean the same", file)
        }
        return output
    }

    private func tooLarge(_ file: PolicyFile) -> PolicyErrors {
        error(
            .limitExceeded, "laid out, the file would have more than \(CedarLimits.policyFileBytesMax) bytes", file)
    }

    private func error(_ code: PolicyError.Code, _ message: String, _ file: PolicyFile) -> PolicyErrors {
        let start = SourceSpan(offset: 0, byteCount: 0, line: 1, column: 1)
        return PolicyErrors(all: [PolicyError(code: code, file: file.name, span: start, message: message)])
    }
}
