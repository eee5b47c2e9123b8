// SPDX-License-Identifier: Apache-2.0

import Cedar
import StrictJSON

/// Looks at each finding again in each environment: is it the policy that is wrong, or is something not known?
struct Reviewer {
    struct Subject {
        let id: UTF8String
        let statement: PolicyStatement
        let file: UTF8String
    }

    private struct Place: Hashable {
        let code: ValidationFinding.Code
        let span: SourceSpan

        init(_ finding: ValidationFinding) {
            code = finding.code
            span = finding.span
        }
    }

    /// What a finding comes to in all the environments of its policy together.
    private struct Sight {
        /// Somewhere it is surely so.
        var isCertain = false
        /// Somewhere the same expression is as it should be.
        var isFineElsewhere = false
        /// Somewhere nobody can say.
        var doubt: Doubt?
    }

    let tools: ToolSchema
    let validator: Validator
    private let loose: Set<UTF8String>
    private let parameters: Set<UTF8String>
    private let openPointers: Set<JSONPointer>
    private var steps = 0

    init(tools: ToolSchema, validator: Validator) {
        self.tools = tools
        self.validator = validator
        loose = Set(tools.actions.filter(\.isLoose).map(\.id))
        var parameters = Set(tools.actions.map(\.id))
        if case .native = tools.profile { parameters.formUnion(NativeOperation.all.map(\.action)) }
        self.parameters = parameters
        openPointers = Set(tools.open.map(\.pointer))
    }

    /// The findings as they are to be said.
    ///
    /// For Writ's requests an error is a mistake that no request makes good: a policy that says of all files and hosts
    /// what only files have works for files, and must not keep a whole set from being in force.
    mutating func review(_ findings: [ValidationFinding], _ subject: Subject) -> [ReviewFinding] {
        guard findings.contains(where: Self.mayBeUncertain) else { return findings.map { said($0, [:]) } }
        let nodes = Self.nodes(subject.statement)
        guard let environments = environments(of: subject.statement) else {
            return findings.map { finding in
                let said = said(finding, nodes)
                guard said.severity == .error, Self.mayBeUncertain(finding), isNative else { return said }
                return said.lowered(to: .warning, because: "there are too many requests to look at each")
            }
        }
        let places = Set(findings.filter(Self.mayBeUncertain).map(Place.init))
        var sights: [Place: Sight] = [:]
        var openReason: String?
        for environment in environments {
            let types = validator.types(of: subject.statement, in: environment)
            var shown: Set<Place> = []
            for finding in types.findings where Self.mayBeUncertain(finding) {
                let place = Place(finding)
                shown.insert(place)
                if let doubt = doubt(of: finding, environment, nodes) {
                    sights[place, default: Sight()].doubt = doubt
                } else {
                    sights[place, default: Sight()].isCertain = true
                }
            }
            for place in places where !shown.contains(place) {
                let isTyped = nodes[place.span]?.contains { types[$0] != nil } ?? false
                if isTyped { sights[place, default: Sight()].isFineElsewhere = true }
            }
            // A policy that can never hold here, because a test for something unknown is false.
            let isReached = subject.statement.conditions.contains { types[$0.body] != nil }
            if types.type == .some(.false), isReached, let reason = unknown(in: environment, nodes) {
                openReason = reason
            }
        }
        return findings.map { finding in
            let said = said(finding, nodes)
            if finding.code == .impossiblePolicy {
                return openReason.map { said.lowered(to: .unchecked, because: $0) } ?? said
            }
            guard said.severity == .error, let sight = sights[Place(finding)] else { return said }
            return weighed(said, finding.code, sight)
        }
    }

    private func weighed(_ said: ReviewFinding, _ code: ValidationFinding.Code, _ sight: Sight) -> ReviewFinding {
        guard isNative else {
            guard !sight.isCertain, let doubt = sight.doubt else { return said }
            return said.lowered(to: doubt.severity, because: doubt.reason)
        }
        if sight.isFineElsewhere {
            return said.lowered(
                to: .warning,
                because: code == .incompatibleTypes
                    ? "there this is false"
                    : "there the policy cannot be evaluated, so a permit does not hold and a forbid does")
        }
        return sight.doubt.map { said.lowered(to: $0.severity, because: $0.reason) } ?? said
    }

    /// A finding by itself. What only Cedar's strict rules refuse works when Writ evaluates it.
    private func said(_ finding: ValidationFinding, _ nodes: [SourceSpan: [Expression]]) -> ReviewFinding {
        let said = ReviewFinding(finding)
        guard isNative, said.severity == .error else { return said }
        switch finding.code {
        case .unguardedAttribute, .unguardedTag:
            return said.lowered(to: .warning, because: "without it a permit does not hold and a forbid does")
        case .emptySet, .nonliteralArgument:
            return said.lowered(to: .warning, because: "it is evaluated all the same")
        case .incompatibleTypes where nodes[finding.span]?.contains(where: \.isComparison) != true:
            return said.lowered(to: .warning, because: "it is evaluated all the same")
        case .limitExceeded: return said.lowered(to: .unchecked, because: "it is taken as it is")
        default: return said
        }
    }

    /// The findings about the set as a whole.
    func reviewOfAll(_ findings: [ValidationFinding]) -> [ReviewFinding] { findings.map { said($0, [:]) } }

    private var isNative: Bool { if case .native = tools.profile { true } else { false } }

    private static func mayBeUncertain(_ finding: ValidationFinding) -> Bool {
        switch finding.code {
        case .unknownAttribute, .unexpectedType, .incompatibleTypes, .impossiblePolicy, .noTags: true
        default: false
        }
    }

    private struct Doubt {
        let severity: ReviewFinding.Severity
        let reason: String
    }

    private func doubt(
        of finding: ValidationFinding, _ environment: RequestEnvironment, _ nodes: [SourceSpan: [Expression]]
    ) -> Doubt? {
        let expressions = nodes[finding.span] ?? []
        if finding.code == .unknownAttribute {
            return expressions.compactMap { ParameterPath($0) }.lazy.compactMap { reason(for: $0, in: environment) }
                .first
                .map { Doubt(severity: .unchecked, reason: $0) }
        }
        // What a tool that is not known gives an effect is of any type.
        for path in expressions.flatMap(\.nearPaths) where !parameters.contains(environment.action.id) {
            guard let names = path.parameter, !names.isEmpty, tools.isOpen else { continue }
            return Doubt(severity: .warning, reason: "of the tools that are known; another's may be of that type")
        }
        return nil
    }

    /// Why nobody can say whether a part of the request is there; `nil` where it is known.
    func reason(for path: ParameterPath, in environment: RequestEnvironment) -> String? {
        if path.isLimit { return "the limits in passports are what their issuers make them" }
        guard let names = path.parameter else { return nil }
        let action = environment.action.id
        if loose.contains(action) { return "nothing is known of the parameters of `\(action)`" }
        if let reason = untyped(names, action) { return reason }
        if isOpen(names, action) { return "its definition allows more than it declares" }
        guard !parameters.contains(action), tools.isOpen else { return nil }
        return "not the parameters of all tools are known"
    }

    private func untyped(_ names: [UTF8String], _ action: UTF8String) -> String? {
        let key = parameters.contains(action) ? action : NativeSchema.effect
        for count in stride(from: names.count, through: 1, by: -1) {
            let place = ToolSchema.Place(action: key, pointer: JSONPointer(Array(names.prefix(count))))
            if let reason = tools.untyped[place] { return "\(reason)" }
        }
        return nil
    }

    /// Whether the names are of a member that need not be declared.
    private func isOpen(_ names: [UTF8String], _ action: UTF8String) -> Bool {
        guard !tools.open.isEmpty else { return false }
        return (0..<names.count).contains { count in
            let pointer = JSONPointer(Array(names.prefix(count)))
            return parameters.contains(action)
                ? tools.open.contains(ToolSchema.Place(action: action, pointer: pointer))
                : openPointers.contains(pointer)
        }
    }

    /// Why a test in the policy may be false only because something is not known.
    private func unknown(in environment: RequestEnvironment, _ nodes: [SourceSpan: [Expression]]) -> String? {
        for expression in nodes.values.joined() {
            guard case .has(let subject, let names) = expression.kind, let path = ParameterPath(subject) else {
                continue
            }
            for count in 1...max(1, names.count) {
                let whole = ParameterPath(path, names.prefix(count))
                if let reason = reason(for: whole, in: environment) { return reason }
            }
        }
        return nil
    }

    // MARK: allowed values

    /// Comparisons with a text that the parameter never is.
    mutating func values(_ subject: Subject) -> [ReviewFinding] {
        guard !tools.allowedValues.isEmpty else { return [] }
        var comparisons: [(node: Expression, names: [UTF8String], value: UTF8String)] = []
        for condition in subject.statement.conditions {
            condition.body.forEach { node in
                guard let (names, value) = Self.comparison(node) else { return }
                comparisons.append((node, names, value))
            }
        }
        guard !comparisons.isEmpty else { return [] }
        var allowed: [Int: Set<UTF8String>] = [:]
        var free: Set<Int> = []
        for environment in environments(of: subject.statement) ?? [] {
            let types = validator.types(of: subject.statement, in: environment)
            let action = environment.action.id
            let key = parameters.contains(action) ? action : NativeSchema.effect
            for (index, comparison) in comparisons.enumerated() where types[comparison.node] != nil {
                let place = ToolSchema.Place(action: key, pointer: JSONPointer(comparison.names))
                if let values = tools.allowedValues[place] {
                    allowed[index, default: []].formUnion(values)
                } else {
                    free.insert(index)
                }
            }
        }
        return comparisons.enumerated().compactMap { index, comparison in
            guard let values = allowed[index], !free.contains(index), !values.contains(comparison.value) else {
                return nil
            }
            let pointer = JSONPointer(comparison.names)
            return ReviewFinding(
                .warning, code: "valueNotAllowed", policyID: subject.id, file: subject.file,
                span: comparison.node.span,
                message: "the parameter \(pointer) is never \(EntityUID.quoted(comparison.value))",
                suggestion: Suggestion.closest(to: comparison.value, among: values.sorted()).map(EntityUID.quoted))
        }
    }

    /// The parameter and the text of `context.input.mode == "fast"`, or of `context.input.modes.contains("fast")`.
    private static func comparison(_ node: Expression) -> ([UTF8String], UTF8String)? {
        switch node.kind {
        case .comparison(.equal, let left, let right), .comparison(.notEqual, let left, let right):
            for (one, other) in [(left, right), (right, left)] {
                guard let names = ParameterPath(one)?.parameter, !names.isEmpty, let value = other.text else {
                    continue
                }
                return (names, value)
            }
            return nil
        case .method(.contains, let set, let element):
            guard let names = ParameterPath(set)?.parameter, !names.isEmpty, let value = element.text else {
                return nil
            }
            return (names + ["-"], value)
        default: return nil
        }
    }

    // MARK: environments

    /// Those that the scope's action admits, or `nil` where there are no steps left for them.
    mutating func environments(of statement: PolicyStatement) -> [RequestEnvironment]? {
        let admitted = validator.environments.filter { admits(statement.action, $0.action) }
        guard steps + admitted.count <= ToolTypesLimits.reviewStepsMax else { return nil }
        steps += admitted.count
        return admitted
    }

    private func admits(_ constraint: ActionConstraint, _ action: EntityUID) -> Bool {
        func isIn(_ group: EntityUID) -> Bool {
            action == group || validator.schema.actions[action]?.ancestors.contains(group) == true
        }
        return switch constraint {
        case .any: true
        case .equal(let named): action == named
        case .within(let group): isIn(group)
        case .withinAny(let groups): groups.contains(where: isIn)
        }
    }

    private static func nodes(_ statement: PolicyStatement) -> [SourceSpan: [Expression]] {
        var nodes: [SourceSpan: [Expression]] = [:]
        for condition in statement.conditions {
            condition.body.forEach { nodes[$0.span, default: []].append($0) }
        }
        return nodes
    }
}

extension ParameterPath {
    /// The path and further names.
    init(_ path: ParameterPath, _ further: some Sequence<UTF8String>) {
        variable = path.variable
        names = path.names + further
    }
}

extension Expression {
    /// Whether types that do not fit make this false, and not only strict typing refuse it.
    fileprivate var isComparison: Bool {
        switch kind {
        case .comparison, .membership, .method: true
        default: false
        }
    }

    /// The text that this is, literally.
    fileprivate var text: UTF8String? { if case .literal(.string(let text)) = kind { text } else { nil } }
}

extension EntityUID {
    /// A text as a policy writes it.
    fileprivate static func quoted(_ text: UTF8String) -> String {
        // An entity's name ends with its id, written like any string.
        String(EntityUID(type: "A", id: text).description.dropFirst(3))
    }
}
