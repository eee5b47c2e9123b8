// SPDX-License-Identifier: Apache-2.0

import StrictJSON

extension PolicySetDifference {
    /// The difference for people: the whole, then the scopes, then the policies.
    public var text: String {
        guard !changes.isEmpty || !templates.isEmpty else { return "no policy differs\n" }
        var blocks = ["as a whole: \(direction.sentence)"]
        if !scopes.isEmpty {
            blocks.append((["scopes:"] + scopes.flatMap(\.lines)).joined(separator: "\n"))
        }
        if !changes.isEmpty {
            blocks.append((["policies:"] + changes.flatMap(\.lines)).joined(separator: "\n"))
        }
        blocks += templates.lines.isEmpty ? [] : [templates.lines.joined(separator: "\n")]
        return blocks.joined(separator: "\n\n") + "\n"
    }
}

extension PolicySetDifference.Direction {
    fileprivate var sentence: String {
        switch self {
        case .same: "the same requests are allowed"
        case .widens: "widens: more may be allowed, nothing less is"
        case .narrows: "narrows: less may be allowed, nothing more is"
        case .both: "widens in some places and narrows in others"
        case .unknown: "may widen or narrow; the structure does not tell"
        }
    }

    fileprivate var word: String {
        self == .both ? "widens and narrows" : self == .unknown ? "may widen or narrow" : rawValue
    }
}

extension PolicySetDifference.ScopeChange {
    fileprivate var lines: [String] {
        let principal = Printer.text(principal, slot: .principal)
        let resource = Printer.text(resource, slot: .resource)
        let scope = UTF8String("(principal\(principal), action\(Printer.text(action)), resource\(resource))")
        let names = policies.prefix(CedarLimits.explainedElementsMax).map { $0.shortened(scalars: 80) }
        let rest = policies.count > names.count ? ", … \(policies.count - names.count) more" : ""
        return [
            "  \(scope.shortened(scalars: CedarLimits.explainedClauseScalarsMax)): \(direction.word)"
                + " [\(names.joined(separator: ", "))\(rest)]"
        ]
    }
}

extension PolicySetDifference.Change {
    fileprivate var lines: [String] {
        func name(_ policy: Policy) -> String {
            "\(policy.effect.rawValue) \(policy.id.shortened(scalars: 80))"
                + " (\(policy.file.shortened(scalars: 80)):\(policy.statement.span.line))"
        }
        switch kind {
        case .added(let policy): return ["  + \(name(policy)): \(direction.word)"]
        case .removed(let policy): return ["  - \(name(policy)): \(direction.word)"]
        case .renamed(let old, let new):
            return ["  = \(name(new)), which was \(old.id.shortened(scalars: 80))"]
        case .changed(let old, let new, let details):
            return ["  ~ \(name(new)): \(direction.word)"] + details.lines(old, new).map { "      \($0)" }
        }
    }
}

extension PolicySetDifference.Details {
    fileprivate func lines(_ old: Policy, _ new: Policy) -> [String] {
        var lines: [String] = []
        if effectChanged { lines.append("was a \(old.effect.rawValue)") }
        if scopeChanged {
            lines += part("principal", old.principal, new.principal) { Printer.text($0, slot: .principal) }
            lines += part("action", old.action, new.action) { Printer.text($0) }
            lines += part("resource", old.resource, new.resource) { Printer.text($0, slot: .resource) }
        }
        lines += removedTests.map { "- \($0.oneLine)" }
        lines += addedTests.map { "+ \($0.oneLine)" }
        if annotationsChanged { lines.append("other annotations") }
        if lines.isEmpty { lines.append("the same tests, written in another way") }
        return lines
    }

    private func part<Constraint: Equatable>(
        _ name: String, _ old: Constraint, _ new: Constraint, _ text: (Constraint) -> String
    ) -> [String] {
        guard old != new else { return [] }
        return [("-", old), ("+", new)].map { sign, constraint in
            let line = UTF8String("\(sign) \(name)\(text(constraint))")
            return line.shortened(scalars: CedarLimits.explainedClauseScalarsMax)
        }
    }
}

extension PolicySetDifference.Templates {
    fileprivate var isEmpty: Bool { added.isEmpty && removed.isEmpty && changed.isEmpty }

    fileprivate var lines: [String] {
        let kinds = [("+", added), ("-", removed), ("~", changed)]
        let lines = kinds.flatMap { sign, ids in ids.map { "  \(sign) \($0.shortened(scalars: 80))" } }
        return lines.isEmpty ? [] : ["templates:"] + lines
    }
}
