// SPDX-License-Identifier: Apache-2.0

public import StrictJSON
public import WireTypes

/// What passports grant, apart from whose they are: of a chain, what every passport in it grants.
public struct Authority: Sendable, Equatable {
    /// What may be asked.
    public let capabilities: [Capability]
    /// How much.
    public let limits: JSONObject
    /// Where.
    public let regions: [UTF8String]
    /// How the owner's identity was checked.
    public let assurance: Assurance
    /// The teams.
    public let teams: [UTF8String]
    /// From when on.
    public let notBefore: Timestamp?
    /// Until when.
    public let expiresAt: Timestamp?
    /// Of `metadata`, but for `teams`, what policies can ask for.
    let metadata: JSONObject

    /// What one passport says of itself.
    public init(_ passport: Passport) {
        capabilities = passport.capabilities
        limits = passport.limits
        regions = passport.regions
        assurance = passport.assurance
        teams = passport.teams
        notBefore = passport.notBefore
        expiresAt = passport.expiresAt
        metadata = passport.metadata
    }

    private init(_ parent: Authority, _ child: Authority) throws(PassportError) {
        let place = JSONPointer(["passport"])
        capabilities = try Self.capabilities(parent, child, at: place.appending("capabilities"))
        try LimitShapes.check(parent.limits, child.limits, at: place.appending("limits"))
        limits = try LimitMeet.meet(parent.limits, child.limits, at: place.appending("limits"))
        regions = Self.regions(parent.regions, child.regions)
        assurance = min(parent.assurance, child.assurance)
        teams = child.teams.filter { parent.teams.contains($0) }
        notBefore = [parent.notBefore, child.notBefore].compactMap { $0 }.max()
        expiresAt = [parent.expiresAt, child.expiresAt].compactMap { $0 }.min()
        var metadata = JSONObject()
        for member in child.metadata.members where parent.metadata[member.key] == member.value {
            metadata[member.key] = member.value
        }
        self.metadata = metadata
    }

    /// What both grant. What the child leaves out is the parent's; what the parent leaves out, the child may bound.
    ///
    /// - Throws: `PassportError` (`widening`) where they say things of which nobody knows the narrower.
    func meet(_ child: Authority) throws(PassportError) -> Authority { try Authority(self, child) }

    private static func capabilities(
        _ parent: Authority, _ child: Authority, at path: JSONPointer
    ) throws(PassportError) -> [Capability] {
        var held: [UTF8String: Capability] = [:]
        for capability in parent.capabilities {
            for name in CapabilityAliases.standard.names(of: capability.id) {
                // An id of its own comes before another's alias.
                if held[name] == nil || name == capability.id { held[name] = capability }
            }
        }
        var capabilities: [Capability] = []
        for (index, capability) in child.capabilities.enumerated() {
            guard let own = held[capability.id] else { continue }
            let place = path.appending(UTF8String(String(index))).appending("params")
            capabilities.append(
                try Capability(
                    capability.id, params: try LimitMeet.meet(own.params, capability.params, at: place), at: place))
        }
        return capabilities
    }

    /// Of two of which one covers the other, that other.
    private static func regions(_ parent: [UTF8String], _ child: [UTF8String]) -> [UTF8String] {
        func covers(_ wide: UTF8String, _ narrow: UTF8String) -> Bool {
            wide == narrow || narrow.hasPrefix(UTF8String(wide.string + "-"))
        }
        var regions = child.filter { region in parent.contains { covers($0, region) } }
        for region in parent where !regions.contains(region) && child.contains(where: { covers($0, region) }) {
            regions.append(region)
        }
        return regions
    }
}
