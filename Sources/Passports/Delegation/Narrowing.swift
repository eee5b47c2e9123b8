// SPDX-License-Identifier: Apache-2.0

public import StrictJSON
import WireTypes

/// How what a child's passport says compares with what its parent may.
public struct Narrowing: Sendable, Equatable {
    /// Members in which the child may less than its parent.
    public let narrower: [JSONPointer]
    /// Members that say more than the child would have: the chain gives it less.
    public let wider: [JSONPointer]
}

extension VerifiedPassport {
    /// A draft of a passport that rests on this one, with all that this one may. The teams too, and no key.
    ///
    /// - Throws: `PassportError`.
    public func draft(for agent: UTF8String, maxDepth: Int64? = nil) throws(PassportError) -> PassportDraft {
        var draft = PassportDraft(agentID: agent, ownerID: passport.ownerID)
        draft.ownerType = passport.ownerType
        draft.capabilities = authority.capabilities
        draft.assurance = authority.assurance
        draft.regions = authority.regions
        draft.limits = authority.limits
        draft.teams = authority.teams
        draft.notBefore = authority.notBefore
        draft.expiresAt = authority.expiresAt
        draft.parentAgentID = passport.agentID
        draft.delegation = try Delegation(parent: digest, maxDepth: maxDepth)
        return draft
    }

    /// How a child's passport compares with what this one may.
    ///
    /// - Throws: `PassportError` (`widening`) where they say things of which nobody knows the narrower.
    public func narrowing(by child: Passport) throws(PassportError) -> Narrowing {
        let claimed = Authority(child)
        let both = try authority.meet(claimed)
        let (own, met) = (claimed.comparable, both.comparable)
        return Narrowing(
            narrower: Self.differences(authority.comparable, met, JSONPointer())
                + Self.added(met, authority.comparable),
            wider: Self.differences(own, met, JSONPointer()))
    }

    /// The places of one document that another lacks or has otherwise. Documents nest as deep as passports do.
    private static func differences(
        _ left: JSON, _ right: JSON, _ place: JSONPointer
    ) -> [JSONPointer] {
        guard case .object(let a) = left, case .object(let b) = right else {
            return left == right ? [] : [place]
        }
        return a.members.flatMap { member -> [JSONPointer] in
            let place = place.appending(member.key)
            guard let other = b[member.key] else { return [place] }
            return differences(member.value, other, place)
        }
    }

    /// Members that only the meet has: bounds that the child adds.
    private static func added(_ met: JSON, _ parent: JSON) -> [JSONPointer] {
        differences(met, parent, JSONPointer()).filter { place in
            parent[place] == nil && met[place] != nil
        }
    }
}

extension Authority {
    /// What is compared, lists as objects.
    fileprivate var comparable: JSON {
        func object(_ names: [UTF8String]) -> JSON {
            var object = JSONObject()
            for name in names { object[name] = true }
            return .object(object)
        }
        var held = JSONObject()
        for capability in capabilities { held[capability.id] = .object(capability.params) }
        var all = JSONObject()
        all["capabilities"] = .object(held)
        all["limits"] = .object(limits)
        all["regions"] = object(regions)
        all["assurance_level"] = .string(assurance.wire)
        all["metadata"] = ["teams": object(teams)]
        all["not_before"] = notBefore.map { .text($0.text) }
        all["expires_at"] = expiresAt.map { .text($0.text) }
        return .object(all)
    }
}
