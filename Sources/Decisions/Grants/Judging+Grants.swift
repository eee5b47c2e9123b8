// SPDX-License-Identifier: Apache-2.0

import Cedar
import StrictJSON

/// What follows from it that no grant covers a call which needs one.
struct OutsideGrants {
    /// Why the call may not be made at all.
    var refusal: Reason?
    /// Who must approve it.
    var group: UTF8String?

    /// The groups that must approve a call, with those of policies; sorted, each once.
    func groups(with judgement: PolicyJudgement) -> [UTF8String] {
        guard let group else { return judgement.approvalGroups }
        return Set(judgement.approvalGroups).union([group]).sorted()
    }
}

extension Judging {
    /// What follows from the grants that there are not. A call is covered where a grant's policy permits the call itself, for
    /// each of those whose authority it needs; its effects are permitted by whatever policy permits them.
    func outsideGrants(_ judgement: PolicyJudgement) -> OutsideGrants {
        let rules = inputs.rulebook.grants
        guard inputs.call.operation.needsGrant else { return OutsideGrants() }
        let permits = inputs.grants?.permits ?? []
        let uncovered = judgement.answered.first { answer in
            answer.request.isOfCall && rules.isSubject(answer.request.request.principal.id)
                && !answer.permits.contains(where: permits.contains)
        }
        guard let uncovered else { return OutsideGrants() }
        switch rules.outside {
        case .policy: return OutsideGrants()
        case .deny:
            return OutsideGrants(
                refusal: Reason(
                    .notPermitted, UTF8String("not permitted: no task grant covers \(uncovered.request.title)")))
        case .ask(let group): return OutsideGrants(group: group)
        }
    }
}
