// SPDX-License-Identifier: Apache-2.0

public import StrictJSON
public import WireTypes

/// What an issuer decides about a new passport; the rest follows.
public struct PassportDraft: Sendable {
    /// The agent's name.
    public var agentID: UTF8String
    /// Its owner.
    public var ownerID: UTF8String
    /// What kind of owner; an organisation unless said otherwise.
    public var ownerType: OwnerType = .org
    /// What it may be asked to do.
    public var capabilities: [Capability] = []
    /// How the owner's identity was checked; `L0` unless said otherwise.
    public var assurance: Assurance = .l0
    /// Where.
    public var regions: [UTF8String] = []
    /// How much, by capability.
    public var limits = JSONObject()
    /// The status it starts with.
    public var status: PassportStatus = .active
    /// From when it counts; from its making on unless said otherwise.
    public var notBefore: Timestamp?
    /// Until when it counts; `nil` writes `"never_expires": true`.
    public var expiresAt: Timestamp?
    /// The teams it belongs to.
    public var teams: [UTF8String] = []
    /// The agent it is an instance of; without one the passport is a template.
    public var parentAgentID: UTF8String?
    /// Its DID.
    public var did: UTF8String?
    /// Anything else worth telling: name, description, contact. `teams` in it is replaced by `teams` above.
    public var metadata = JSONObject()
    /// Whether it rests on another passport, and whether others may rest on it.
    public var delegation: Delegation?
    /// The key of its holder.
    public var confirmation: Ed25519PublicKey?

    /// A draft for an agent of an owner, with nothing granted.
    public init(agentID: UTF8String, ownerID: UTF8String) {
        self.agentID = agentID
        self.ownerID = ownerID
    }

    /// The passport, checked as strictly as one that is read.
    ///
    /// - Parameters:
    ///   - id: its `passport_id`.
    ///   - now: its `created_at` and `updated_at`.
    /// - Throws: `PassportError` with the place of what is not allowed, also where it would have expired already.
    public func passport(id: UUIDv7, at now: Timestamp) throws(PassportError) -> Passport {
        if let expiresAt, expiresAt <= now {
            throw PassportError(
                .contradiction, at: JSONPointer(["expires_at"]), "the passport would have expired already",
                "give a later moment")
        }
        var object = JSONObject()
        object["passport_id"] = .text(id.text)
        object["agent_id"] = .string(agentID)
        object["kind"] = .string((parentAgentID == nil ? PassportKind.template : .instance).wire)
        object["spec_version"] = .string(Passport.specVersion)
        object["parent_agent_id"] = parentAgentID.map { .string($0) }
        object["owner_id"] = .string(ownerID)
        object["owner_type"] = .string(ownerType.wire)
        object["assurance_level"] = .string(assurance.wire)
        object["status"] = .string(status.wire)
        object["capabilities"] = .array(capabilities.map(\.json))
        object["limits"] = .object(limits)
        object["regions"] = .array(regions.map { .string($0) })
        object["did"] = did.map { .string($0) }
        var metadata = metadata
        metadata["teams"] = teams.isEmpty ? nil : .some(.array(teams.map { .string($0) }))
        object["metadata"] = .object(metadata)
        object["created_at"] = .text(now.text)
        object["updated_at"] = .text(now.text)
        object["not_before"] = notBefore.map { .text($0.text) }
        object["expires_at"] = expiresAt.map { .text($0.text) }
        object["never_expires"] = expiresAt == nil ? .some(.bool(true)) : nil
        object["version"] = "1.0.0"
        object["delegation"] = delegation?.json
        object["cnf"] = confirmation.map(Confirmation.json)
        return try Passport(.object(object))
    }
}
