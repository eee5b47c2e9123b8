// SPDX-License-Identifier: Apache-2.0

import Cedar
import StrictJSON

/// What the policies say of a call: of the call itself and of each of its effects.
struct PolicyJudgement: Sendable {
    /// One request and what the policies came to.
    struct Answered: Sendable {
        let request: CedarRequest
        /// The policies that are satisfied or could not be evaluated.
        let outcomes: [PolicyOutcome]
        /// Ids of the enforced policies that matter, sorted.
        let permits: [UTF8String]
        let forbids: [UTF8String]
        let failedForbids: [UTF8String]

        init(_ request: CedarRequest, _ outcomes: [PolicyOutcome], _ book: PolicyBook) {
            self.request = request
            self.outcomes = outcomes
            var permits: [UTF8String] = []
            var forbids: [UTF8String] = []
            var failedForbids: [UTF8String] = []
            for outcome in outcomes where !book.shadow.contains(outcome.policyID) {
                switch (outcome.effect, outcome.result) {
                case (.permit, .satisfied): permits.append(outcome.policyID)
                case (.forbid, .satisfied): forbids.append(outcome.policyID)
                case (.forbid, .error): failedForbids.append(outcome.policyID)
                case (.permit, .error), (_, .notSatisfied): break
                }
            }
            self.permits = permits
            self.forbids = forbids
            self.failedForbids = failedForbids
        }
    }

    /// The requests, the call's first.
    let answered: [Answered]
    private let book: PolicyBook
    /// Of all requests, sorted, each once.
    private let permits: [UTF8String]
    private let forbids: [UTF8String]
    private let failedForbids: [UTF8String]

    /// Puts every request to every policy.
    init(_ requests: [CedarRequest], _ book: PolicyBook) {
        self.book = book
        answered = requests.map { request in
            let response = Authorizer.authorize(
                request.request, policies: book.policies, entities: request.entities)
            return Answered(request, response.notable, book)
        }
        permits = Self.union(answered.map(\.permits))
        forbids = Self.union(answered.map(\.forbids))
        failedForbids = Self.union(answered.map(\.failedForbids))
    }

    /// Whether Cedar alone, which skips a forbid that errors, would allow every request; only enforced policies count.
    var cedarAllows: Bool {
        forbids.isEmpty && answered.allSatisfy(isPermitted)
    }

    /// Whether everything would be allowed if the shadow policies were enforced; `nil` where there are none.
    var would: Bool? {
        guard !book.shadow.isEmpty else { return nil }
        return answered.allSatisfy { answer in
            let all = answer.outcomes
            return !all.contains { $0.effect == .forbid && $0.result != .notSatisfied }
                && all.contains { $0.effect == .permit && $0.result == .satisfied }
        }
    }

    /// Enforced policies that could not be evaluated, for any request; sorted by id, each once.
    var errors: [(policy: UTF8String, code: String)] {
        var codes: [UTF8String: String] = [:]
        for outcome in answered.lazy.flatMap(\.outcomes) {
            guard case .error(let error) = outcome.result, !book.shadow.contains(outcome.policyID) else { continue }
            codes[outcome.policyID] = codes[outcome.policyID] ?? error.code.rawValue
        }
        return codes.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }

    /// The reasons for a refusal, the deciding one first; empty where everything is permitted.
    ///
    /// A forbid that holds comes before one that could not be evaluated (and counts as holding: Cedar alone would skip
    /// it), and both before a missing permit. Of several the lowest id is first.
    var refusals: [Reason] {
        var reasons = forbids.map { id in
            Reason(
                book.code(of: id, else: .policyForbidden), UTF8String("policy block: \(book.reason(of: id))"),
                policy: id)
        }
        reasons += failedForbids.map { id in
            Reason(.policyError, UTF8String("policy error: forbid \(id) could not be evaluated"), policy: id)
        }
        if let missing = answered.first(where: { !isPermitted($0) }) {
            let request = missing.request
            reasons.append(
                Reason(.notPermitted, UTF8String("not permitted: no policy permits \(request.title)")))
        }
        return reasons
    }

    /// The policies that decided, sorted, each once: the forbids that hold or failed; of what is wholly permitted the
    /// permits that hold; none where only a permit is missing.
    var determining: [UTF8String] {
        guard forbids.isEmpty, failedForbids.isEmpty else { return Self.union([forbids, failedForbids]) }
        return answered.allSatisfy(isPermitted) ? permits : []
    }

    /// The groups that must approve: of any permit that holds, whatever else permits.
    var approvalGroups: [UTF8String] {
        Array(Set(permits.compactMap { book.approvals[$0] })).sorted()
    }

    /// What allowed the call itself.
    var permittedBy: UTF8String {
        answered.first?.permits.first ?? ""
    }

    func isPermitted(_ answer: Answered) -> Bool { !answer.permits.isEmpty }

    /// The ids of all lists, sorted, each once.
    private static func union(_ lists: [[UTF8String]]) -> [UTF8String] {
        let filled = lists.filter { !$0.isEmpty }
        guard filled.count > 1 else { return filled.first ?? [] }
        return Set(filled.joined()).sorted()
    }
}

/// A request to Cedar, with the entities it is about.
struct CedarRequest: Sendable {
    /// The request.
    let request: Request
    /// All entities of the call; shared by its requests.
    let entities: Entities
    /// What it asks, for a refusal: `docs/read_document on Tool`. Names from the pinned table and verbs only.
    let title: String
    /// Whether it is about the call itself, and not about an effect.
    var isOfCall = false
}
