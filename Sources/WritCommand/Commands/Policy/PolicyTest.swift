// SPDX-License-Identifier: Apache-2.0

import Cedar
import Decisions
import StrictJSON

/// Policies that tests are run against.
struct PolicyTest {
    /// What became of one test.
    struct Result {
        let name: UTF8String
        /// Why it failed, or `nil`.
        let failure: String?

        var line: String {
            (failure == nil ? "ok    " : "FAIL  ") + Output.escaped(name) + (failure.map { ": \($0)" } ?? "")
        }

        var json: JSON {
            var object = JSONObject()
            object["name"] = .string(name)
            object["passed"] = .bool(failure == nil)
            object["failure"] = failure.map { .text($0) }
            return .object(object)
        }
    }

    private let enforced: PolicySet
    /// Whether a forbid that cannot be evaluated counts as holding.
    private let isStrict: Bool
    /// By position over all files, as Cedar's command line names what has no name.
    private let positions: [UTF8String: UTF8String]

    private let types: Validator?
    private let shadow: Set<UTF8String>

    init(
        set: PolicySet, files: [PolicyFile], shadow: Set<UTF8String>, isStrict: Bool, types: Validator?
    ) throws {
        self.types = types
        self.shadow = shadow
        enforced = shadow.isEmpty ? set : set.filter { !shadow.contains($0.id) }
        self.isStrict = isStrict
        positions = try Self.positions(set, files)
    }

    private struct Place: Hashable {
        let file: UTF8String
        let offset: Int
    }

    private static func positions(_ set: PolicySet, _ files: [PolicyFile]) throws -> [UTF8String: UTF8String] {
        let ids = Dictionary(
            set.policies.map { (Place(file: $0.file, offset: $0.statement.span.offset), $0.id) },
            uniquingKeysWith: { first, _ in first })
        var positions: [UTF8String: UTF8String] = [:]
        for policy in try PolicySet.parse(files, naming: .position).policies {
            positions[policy.id] = ids[Place(file: policy.file, offset: policy.statement.span.offset)]
        }
        return positions
    }

    func run(_ test: JSON, name: UTF8String, folder: String) -> Result {
        do {
            return Result(name: name, failure: try failure(of: test, folder: folder))
        } catch let error as CommandFailure {
            return Result(name: name, failure: error.description)
        } catch {
            return Result(name: name, failure: "\(error)")
        }
    }

    private static let members: [UTF8String] = ["request", "entities", "decision", "reason", "num_errors"]

    /// What a test lacks, with the name that stands there instead.
    private static func check(_ test: JSON) throws(CommandFailure) {
        guard let object = test.object else {
            throw CommandFailure(.data, "a test is an object with \(members.map { "`\($0)`" }.joined(separator: ", "))")
        }
        for name in members where object[name] == nil {
            let others = object.keys.filter { !members.contains($0) }
            let hint = Suggestion.closest(to: name, among: others).map { "; there is `\(Output.escaped($0))`" } ?? ""
            throw CommandFailure(.data, "the test has no `\(name)`\(hint)")
        }
    }

    private func failure(of test: JSON, folder: String) throws -> String? {
        try Self.check(test)
        guard let word = test["decision"]?.string, let expected = Cedar.Decision(rawValue: word.string) else {
            throw CommandFailure(.data, "`decision` is \"allow\" or \"deny\"")
        }
        guard let reasons = test["reason"]?.array, reasons.allSatisfy({ $0.string != nil }) else {
            throw CommandFailure(.data, "`reason` is a list of policies' ids")
        }
        guard let errors = test["num_errors"]?.int64, errors >= 0 else {
            throw CommandFailure(.data, "`num_errors` is a number, 0 or more")
        }
        let document = try RequestDocument(test, folder: folder, types: types)
        let response = Authorizer.authorize(document.request, policies: enforced, entities: document.entities)
        let answer = Answer(response, isStrict: isStrict)
        guard answer.decision == expected else {
            return "expected \(expected.rawValue), got \(answer.decision.rawValue)\(answer.why)"
        }
        let missing = reasons.compactMap(\.string).filter {
            !answer.reasons.contains($0) && !answer.reasons.contains(positions[$0] ?? $0)
        }
        let unknown = missing.filter { enforced[$0] == nil && positions[$0] == nil && !shadow.contains($0) }
        var failures = unknown.map { id in
            let meant = Suggestion.closest(to: id, among: enforced.policies.map(\.id))
            return "no policy has the id \(Output.escaped(id))"
                + (meant.map { "; did you mean \(Output.escaped($0))?" } ?? "")
        }
        let silent = missing.filter { !unknown.contains($0) }
        if !silent.isEmpty {
            failures.append("did not decide: \(silent.map(Output.escaped).joined(separator: ", "))\(answer.why)")
        }
        let failed = response.notable.filter(\.isError)
        if Int64(failed.count) != errors {
            let list = failed.map { Output.escaped($0.policyID) }.joined(separator: ", ")
            failures.append(
                "expected \(errors) policies that cannot be evaluated, got \(failed.count)\(list.isEmpty ? "" : ": \(list)")"
            )
        }
        return failures.isEmpty ? nil : failures.joined(separator: "; ")
    }

    /// The decision, and what decided.
    private struct Answer {
        let decision: Cedar.Decision
        let reasons: Set<UTF8String>
        /// For a message: what decided, in parentheses.
        let why: String

        init(_ response: Response, isStrict: Bool) {
            let failed = response.notable.filter { $0.isError && $0.effect == .forbid }.map(\.policyID)
            let holds = response.notable.filter { $0.effect == .forbid && $0.result == .satisfied }.map(\.policyID)
            if isStrict, !failed.isEmpty {
                decision = .deny
                reasons = Set(holds + failed)
                let list = failed.map(Output.escaped).joined(separator: ", ")
                why = " (\(list) could not be evaluated, and a forbid that cannot holds)"
            } else {
                decision = response.decision
                reasons = Set(response.determiningPolicies)
                let list = response.determiningPolicies.map(Output.escaped).joined(separator: ", ")
                why = list.isEmpty ? " (no permit holds)" : " (by \(list))"
            }
        }
    }
}

extension PolicyOutcome {
    fileprivate var isError: Bool { if case .error = result { true } else { false } }
}
