// SPDX-License-Identifier: Apache-2.0

public import StrictJSON

/// What one policy pack asks of a passport: every capability, and at least an assurance.
public struct PackRequirements: Sendable, Hashable {
    /// The pack's id: `data.export.create.v1`.
    public let pack: UTF8String
    /// The least assurance.
    public let assurance: Assurance
    /// The capabilities, all of which are needed.
    public let capabilities: [UTF8String]

    /// Requirements of one's own, for a pack that an operator wrote.
    public init(pack: UTF8String, assurance: Assurance, capabilities: [UTF8String]) {
        self.pack = pack
        self.assurance = assurance
        self.capabilities = capabilities
    }

    /// Why someone with these capabilities, assurance and regions may not be asked, or `nil` where they may.
    ///
    /// Capabilities first, then assurance, then the region, as OAP orders them.
    ///
    /// - Parameter region: where the call takes effect, where the call says so: `DE`, `US-CA`. A passport's `US` covers
    ///   `US-CA`; an empty list covers nothing.
    func refusal(
        capabilities held: [Capability], assurance: Assurance, regions: [UTF8String], region: UTF8String?,
        aliases: CapabilityAliases
    ) -> PassportRefusal? {
        for capability in capabilities {
            let names = aliases.names(of: capability)
            guard held.contains(where: { names.contains($0.id) }) else {
                return PassportRefusal(.unknownCapability, "the passport has no capability \(capability)")
            }
        }
        guard assurance >= self.assurance else {
            return PassportRefusal(
                .assuranceInsufficient,
                "\(pack) needs assurance \(self.assurance.rawValue); the passport has \(assurance.rawValue)")
        }
        guard let region else { return nil }
        let isCovered = Identifier.isRegion(region) && regions.contains { $0 == region || region.hasPrefix($0 + "-") }
        return isCovered ? nil : PassportRefusal(.regionBlocked, "the passport is not for the region of this call")
    }
}

extension UTF8String {
    fileprivate static func + (left: UTF8String, right: UTF8String) -> UTF8String {
        UTF8String(left.string + right.string)
    }
}

extension Passport {
    /// Why this passport does not meet a pack's requirements, or `nil` where it does.
    ///
    /// - Parameter region: where the call takes effect, where the call says so.
    public func refusal(
        under requirements: PackRequirements, region: UTF8String? = nil, aliases: CapabilityAliases = .standard
    ) -> PassportRefusal? {
        requirements.refusal(
            capabilities: capabilities, assurance: assurance, regions: regions, region: region, aliases: aliases)
    }
}

extension VerifiedIdentity {
    /// Why this identity does not meet a pack's requirements, or `nil` where it does.
    ///
    /// - Parameter region: where the call takes effect, where the call says so.
    public func refusal(
        under requirements: PackRequirements, region: UTF8String? = nil, aliases: CapabilityAliases = .standard
    ) -> PassportRefusal? {
        requirements.refusal(
            capabilities: capabilities, assurance: assurance, regions: regions, region: region, aliases: aliases)
    }
}
