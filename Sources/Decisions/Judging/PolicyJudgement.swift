// SPDX-License-Identifier: Apache-2.0

import Cedar
import StrictJSON

/// What the policies say of a call: of the call itself and of each of its effects.
struct PolicyJudgement: Sendable {
    /// One request and what each policy came to.
    struct Answered: Sendable {
        let request: CedarRequest
        let outcomes: [PolicyOutcome]
    }

    /// The requests, the call's first.
    let answered: [Answered]
    private let book: PolicyBook

    /// Puts every request to every policy.
    init(_ requests: [CedarRequest], _ book: PolicyBook) {
        self.book = book
        answered = requests.map { request in
            let response = Authorizer.authorize(
                request.request, policies: book.policies, entities: request.entities)
            return Answered(request: request, outcomes: response.outcomes)
        }
    }

    /// Whether Cedar alone, which skips a forbid that errors, would allow every request; only enforced policies count.
    var cedarAllows: Bool {
        answered.allSatisfy { answer in
            !enforced(answer, .forbid, .satisfied).isEmpty ? false : !enforced(answer, .permit, .satisfied).isEmpty
        }
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
        for outcome in answered.flatMap(\.outcomes) where !book.shadow.contains(outcome.policyID) {
            if case .error(let error) = outcome.result {
                codes[outcome.policyID] = codes[outcome.policyID] ?? error.code.rawValue
            }
        }
        return codes.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }

    /// The reasons for a refusal, the deciding one first; empty where everything is permitted.
    ///
    /// A forbid that holds comes before one that could not be evaluated (and counts as holding: Cedar alone would skip
    /// it), and both before a missing permit. Of several the lowest id is first.
    var refusals: [Reason] {
        let forbids = ids(.forbid, .satisfied)
        let failed = ids(.forbid, .error)
        var reasons = forbids.map { id in
            Reason(
                book.code(of: id, else: .policyForbidden), UTF8String("policy block: \(book.reason(of: id))"),
                policy: id)
        }
        reasons += failed.map { id in
            Reason(.policyError, UTF8String("policy error: forbid \(id) could not be evaluated"), policy: id)
        }
        if let missing = answered.first(where: { enforced($0, .permit, .satisfied).isEmpty }) {
            let request = missing.request
            reasons.append(
                Reason(.notPermitted, UTF8String("not permitted: no policy permits \(request.title)")))
        }
        return reasons
    }

    /// The policies that decided, sorted, each once: the forbids that hold or failed; of what is wholly permitted the
    /// permits that hold; none where only a permit is missing.
    var determining: [UTF8String] {
        let forbids = Set(ids(.forbid, .satisfied) + ids(.forbid, .error))
        guard forbids.isEmpty else { return forbids.sorted() }
        return answered.allSatisfy(isPermitted) ? ids(.permit, .satisfied) : []
    }

    /// The groups that must approve: of any permit that holds, whatever else permits.
    var approvalGroups: [UTF8String] {
        Array(Set(ids(.permit, .satisfied).compactMap { book.approvals[$0] })).sorted()
    }

    /// What allowed the call itself.
    var permittedBy: UTF8String {
        answered.first.flatMap { enforced($0, .permit, .satisfied).first } ?? ""
    }

    func isPermitted(_ answer: Answered) -> Bool { !enforced(answer, .permit, .satisfied).isEmpty }

    private enum Kind { case satisfied, error }

    private func ids(_ effect: Cedar.Effect, _ kind: Kind) -> [UTF8String] {
        Array(Set(answered.flatMap { enforced($0, effect, kind) })).sorted()
    }

    /// Ids of enforced policies of an answer, sorted.
    private func enforced(_ answer: Answered, _ effect: Cedar.Effect, _ kind: Kind) -> [UTF8String] {
        answer.outcomes.filter { outcome in
            guard outcome.effect == effect, !book.shadow.contains(outcome.policyID) else { return false }
            switch (outcome.result, kind) {
            case (.satisfied, .satisfied), (.error, .error): return true
            default: return false
            }
        }.map(\.policyID)
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
}
