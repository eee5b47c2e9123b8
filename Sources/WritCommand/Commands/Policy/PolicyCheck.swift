// SPDX-License-Identifier: Apache-2.0

import Cedar
import HomeFolder
import StrictJSON
import ToolTypes

/// What a check of types has found, and against what.
struct PolicyCheck {
    let findings: [Finding]
    private let diagnostics: [ToolDiagnostic]
    /// What it was checked against, for people.
    let against: String
    /// What was not checked, for people.
    private let unchecked: [String]

    /// A finding of Cedar's validation or of the review of tools.
    struct Finding {
        let severity: ReviewFinding.Severity
        let file: UTF8String
        let span: SourceSpan
        let description: String
        let json: JSON
    }

    var errors: [Finding] { findings.filter { $0.severity == .error } }

    /// Against a schema alone.
    init(_ policies: PolicySet, against schema: Schema, named name: UTF8String, level: Int?) {
        let report = Validator(schema).report(on: policies, level: level)
        findings = Self.byPlace(report.findings) { finding in
            Finding(
                severity: finding.severity == .error ? .error : .warning, file: finding.file, span: finding.span,
                description: finding.description,
                json: Self.json(
                    finding.severity.rawValue, finding.code.rawValue, finding.policyID, finding.file, finding.span,
                    finding.message, finding.suggestion))
        }
        diagnostics = []
        against = "checked against \(Output.escaped(name))"
        unchecked = []
    }

    /// Against AgentCore's requests and the tools described.
    init(agentCore policies: PolicySet, _ described: DescribedTools, level: Int?) throws {
        try self.init(policies, described.servers, [], .agentCore, described, level: level)
    }

    /// Against Writ's own requests and the tools there are.
    init(
        _ policies: PolicySet, _ described: DescribedTools, configured: [Configuration.Server], level: Int?
    ) throws {
        let world = ToolWorld(of: policies, configured: configured, described: described.servers)
        try self.init(policies, world.servers, world.findings, .native(), described, level: level)
    }

    private init(
        _ policies: PolicySet, _ servers: [ToolServer], _ more: [ReviewFinding], _ profile: ToolProfile,
        _ described: DescribedTools, level: Int?
    ) throws {
        let tools = ToolSchema(servers, profile: profile)
        let review: PolicyReview
        do throws(SchemaErrors) { review = try PolicyReview(of: policies, tools, level: level) } catch {
            throw CommandFailure(.data, mistakes: error.all.map(\.description))
        }
        findings = Self.byPlace(more + review.findings) { finding in
            Finding(
                severity: finding.severity, file: finding.file, span: finding.span, description: finding.description,
                json: Self.json(
                    finding.severity.rawValue, finding.code, finding.policyID, finding.file, finding.span,
                    finding.message, finding.suggestion))
        }
        diagnostics = described.diagnostics + tools.diagnostics
        let typed = tools.actions.filter { !$0.isLoose }
        let requests = if case .native = profile { "Writ's requests" } else { "AgentCore's requests" }
        against =
            described.servers.isEmpty
            ? "checked against the types of \(requests); no tool is described"
            : "checked against the types of \(requests) and of \(typed.count) tool(s) of "
                + described.servers.map { described.name(of: $0) }.joined(separator: ", ")
        unchecked = Self.unchecked(tools, servers)
    }

    /// In the order in which people read: by file, then by place.
    private static func byPlace<Found>(_ found: [Found], _ finding: (Found) -> Finding) -> [Finding] {
        found.map(finding).enumerated().sorted { left, right in
            (left.element.file, left.element.span.offset, left.offset)
                < (right.element.file, right.element.span.offset, right.offset)
        }.map(\.element)
    }

    private static func unchecked(_ tools: ToolSchema, _ servers: [ToolServer]) -> [String] {
        var lines: [String] = []
        for (server, actions) in Dictionary(grouping: tools.actions.filter { !$0.tool.isEmpty }, by: \.server)
            .sorted(by: { $0.key < $1.key })
        {
            let loose = actions.filter(\.isLoose)
            guard !loose.isEmpty else { continue }
            lines.append(
                loose.count == actions.count
                    ? "the parameters of the tools of \(Output.escaped(server))"
                    : "the parameters of \(some(loose.map { Output.escaped($0.id) }))")
        }
        let unknown = Set(servers.filter { !$0.isComplete }.map(\.alias)).sorted().map { Output.escaped($0) }
        if !unknown.isEmpty { lines.append("which tools there are at \(some(unknown))") }
        return lines
    }

    private static func some(_ names: [String]) -> String {
        let shown = names.prefix(8).joined(separator: ", ")
        return names.count > 8 ? "\(shown) and \(names.count - 8) more" : shown
    }

    /// What was checked and what not.
    var lines: [String] {
        var lines = [against]
        for subject in unchecked { lines.append("not known, so not checked: \(subject)") }
        lines += findings.filter { $0.severity == .unchecked }.map { Output.escaped(UTF8String($0.description)) }
        return lines
    }

    /// What could not be taken over from definitions; of many the first ones.
    var shownDiagnostics: [String] {
        let shown = diagnostics.prefix(20).map { "tools: \($0)" }
        return diagnostics.count > 20 ? shown + ["tools: \(diagnostics.count - 20) more (--json has all)"] : shown
    }

    var json: JSON {
        [
            "checked": .text(against), "unchecked": .array(unchecked.map { .text($0) }),
            "findings": .array(findings.map(\.json)),
            "tools": .array(
                diagnostics.map { diagnostic in
                    [
                        "code": .text(diagnostic.code.rawValue), "tool": diagnostic.tool.map(JSON.string) ?? .null,
                        "place": .string(diagnostic.place.text), "message": .text(diagnostic.message),
                    ]
                }),
        ]
    }

    private static func json(
        _ severity: String, _ code: String, _ policy: UTF8String?, _ file: UTF8String, _ span: SourceSpan,
        _ message: String, _ suggestion: String?
    ) -> JSON {
        var object = JSONObject()
        object["severity"] = .text(severity)
        object["code"] = .text(code)
        object["policy"] = policy.map(JSON.string)
        object["file"] = .string(file)
        object["line"] = .integer(span.line)
        object["column"] = .integer(span.column)
        object["message"] = .text(message)
        object["suggestion"] = suggestion.map { .text($0) }
        return .object(object)
    }
}
