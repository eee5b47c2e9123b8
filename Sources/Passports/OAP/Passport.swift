// SPDX-License-Identifier: Apache-2.0

public import StrictJSON
public import WireTypes

/// An Open Agent Passport 1.0, whole and consistent: what an agent is, whose it is and what it may be asked to do.
///
/// A value says nothing about who vouches for it; that is `VerifiedPassport`. Beyond OAP's published schema it has
/// `agent_id`, `not_before`, `expires_at`, `never_expires`, `did` (which OAP's text names), `metadata.teams`, `delegation`
/// and `cnf`.
public struct Passport: Sendable, Equatable {
    /// `passport_id`: a lower-case UUID, or a registry's id (`ap_…`, `apt_…`, `agt_inst_…`, `agt_tmpl_…`).
    public let passportID: UTF8String
    /// `agent_id`: the name that policies, receipts and kill switches use.
    public let agentID: UTF8String
    /// `kind`.
    public let kind: PassportKind
    /// `owner_id`.
    public let ownerID: UTF8String
    /// `owner_type`.
    public let ownerType: OwnerType
    /// `assurance_level`.
    public let assurance: Assurance
    /// `status`, as the file has it; see `standing(at:logged:)` for what counts.
    public let status: PassportStatus
    /// `capabilities`, each id once, at most 256.
    public let capabilities: [Capability]
    /// `limits`, in canonical form; see `LimitResolver`.
    public let limits: JSONObject
    /// `regions`: `DE` or `US-CA`, each once.
    public let regions: [UTF8String]
    /// `created_at`.
    public let createdAt: Timestamp
    /// `updated_at`.
    public let updatedAt: Timestamp
    /// `not_before`: the first moment at which the passport counts.
    public let notBefore: Timestamp?
    /// `expires_at`: the first moment at which the passport no longer counts; `nil` says `never_expires`.
    public let expiresAt: Timestamp?
    /// `version`: three numbers.
    public let version: UTF8String
    /// `parent_agent_id`: the template's agent, for instances.
    public let parentAgentID: UTF8String?
    /// `did`.
    public let did: UTF8String?
    /// `metadata`, whole, in canonical form. Only `teams` in it has a meaning here.
    public let metadata: JSONObject
    /// `metadata.teams`: the teams this agent belongs to, each once, at most 64. They are in `metadata` because that is
    /// the one place that OAP leaves open to everybody.
    public let teams: [UTF8String]
    /// `delegation`: whether it rests on another passport, and whether others may rest on it.
    public let delegation: Delegation?
    /// `cnf`: the key of its holder. Who presents the passport must show that it has this key.
    public let confirmation: Ed25519PublicKey?

    /// Reads a passport strictly: OAP's members and those named above, no others.
    ///
    /// - Parameter path: where the object is in its document, for errors.
    /// - Throws: `PassportError` with the member's place.
    public init(_ json: JSON, at path: JSONPointer = JSONPointer()) throws(PassportError) {
        let members = try Members(json, at: path)
        try members.only(Self.members)
        _ = try members.string("spec_version", { $0 == Self.specVersion }, "write `oap/1.0`")
        passportID = try members.string(
            "passport_id", Identifier.isPassportID, "use a lower-case UUID, or a registry's ap_…, apt_…, agt_… id")
        agentID = try members.string(
            "agent_id", { Identifier.isName($0) && $0 != Self.reservedAgentID },
            Members.nameForm + "; `unidentified` is reserved")
        kind = try members.word("kind")
        ownerID = try members.name("owner_id")
        ownerType = try members.word("owner_type")
        assurance = try members.word("assurance_level")
        status = try members.word("status")
        capabilities = try Self.capabilities(members)
        limits = try Self.exact(members, "limits")
        regions = try members.list(
            "regions", max: PassportLimits.regionsMax, Identifier.isRegion, "use a region such as DE or US-CA")
        createdAt = try members.time("created_at")
        updatedAt = try members.time("updated_at")
        notBefore = members.object["not_before"] == nil ? nil : try members.time("not_before")
        expiresAt = try Self.expiry(members)
        version = try members.string("version", Identifier.isVersion, "use three numbers, such as 1.0.0")
        parentAgentID = members.object["parent_agent_id"] == nil ? nil : try members.name("parent_agent_id")
        did =
            try members.object["did"] == nil
            ? nil : members.string("did", Identifier.isDID, "use a DID such as did:web:example.com")
        metadata = members.object["metadata"] == nil ? JSONObject() : try Self.exact(members, "metadata")
        teams =
            try metadata["teams"] == nil
            ? []
            : Members(.object(metadata), at: members.place("metadata")).list(
                "teams", max: PassportLimits.teamsMax, Identifier.isName, Members.nameForm)
        delegation = try members.object["delegation"].map { json throws(PassportError) in
            try Delegation(json, at: members.place("delegation"))
        }
        confirmation = try members.object["cnf"].map { json throws(PassportError) in
            try Confirmation.key(json, at: members.place("cnf"))
        }
        try checkConsistency(members)
    }

    /// The passport as it is written: members in OAP's order, times in UTC with milliseconds.
    public var json: JSON {
        var object = JSONObject()
        object["passport_id"] = .string(passportID)
        object["agent_id"] = .string(agentID)
        object["kind"] = .string(kind.wire)
        object["spec_version"] = .string(Self.specVersion)
        object["parent_agent_id"] = parentAgentID.map { .string($0) }
        object["owner_id"] = .string(ownerID)
        object["owner_type"] = .string(ownerType.wire)
        object["assurance_level"] = .string(assurance.wire)
        object["status"] = .string(status.wire)
        object["capabilities"] = .array(capabilities.map(\.json))
        object["limits"] = .object(limits)
        object["regions"] = .array(regions.map { .string($0) })
        object["did"] = did.map { .string($0) }
        object["metadata"] = metadata.isEmpty ? nil : .some(.object(metadata))
        object["created_at"] = .text(createdAt.text)
        object["updated_at"] = .text(updatedAt.text)
        object["not_before"] = notBefore.map { .text($0.text) }
        object["expires_at"] = expiresAt.map { .text($0.text) }
        object["never_expires"] = expiresAt == nil ? .some(.bool(true)) : nil
        object["version"] = .string(version)
        object["delegation"] = delegation?.json
        object["cnf"] = confirmation.map(Confirmation.json)
        return .object(object)
    }

    /// `oap/1.0`.
    public static let specVersion: UTF8String = "oap/1.0"

    /// What receipts call a caller whose identity was not verified; no agent may have this name.
    public static let reservedAgentID: UTF8String = "unidentified"

    static let members: [UTF8String] = [
        "passport_id", "agent_id", "kind", "spec_version", "parent_agent_id", "owner_id", "owner_type",
        "assurance_level", "status", "capabilities", "limits", "regions", "did", "metadata", "created_at", "updated_at",
        "not_before", "expires_at", "never_expires", "version", "delegation", "cnf",
    ]
}

extension Passport {
    private static func capabilities(_ members: Members) throws(PassportError) -> [Capability] {
        let elements = try members.array("capabilities")
        let place = members.place("capabilities")
        try Members.bound(elements.count, PassportLimits.capabilitiesMax, place)
        var seen: Set<UTF8String> = []
        var capabilities: [Capability] = []
        for (index, element) in elements.enumerated() {
            let member = try Members(element, at: place.appending(UTF8String(String(index))))
            try member.only(["id", "params"])
            let params = member.object["params"] == nil ? JSONObject() : try exact(member, "params")
            let capability = try Capability(try member.string("id"), params: params, at: member.place("id"))
            guard seen.insert(capability.id).inserted else { throw Members.repeated(member.place("id")) }
            capabilities.append(capability)
        }
        return capabilities
    }

    /// An open object, in canonical form so that a passport is the same before and after it is signed, whose numbers
    /// that form holds as they are written.
    private static func exact(_ members: Members, _ key: UTF8String) throws(PassportError) -> JSONObject {
        let object = try members.object(key)
        if let place = ExactNumbers.firstInexact(in: .object(object), at: members.place(key)) {
            throw Members.invalid(
                place, "use integers below 2^53, decimals of at most 15 digits (or a string), and little nesting")
        }
        do throws(JSONError) {
            let canonical = try JSON.object(object).canonical()
            return try JSON(parsing: canonical, limits: PassportLimits.canonical).object ?? object
        } catch { throw .malformed(error) }
    }

    /// Exactly one of `expires_at` and `"never_expires": true`, so that no passport lives for ever by accident.
    private static func expiry(_ members: Members) throws(PassportError) -> Timestamp? {
        let never = members.object["never_expires"]
        if let never, never.bool == nil {
            throw Members.wrongType(never, members.place("never_expires"), "true or false")
        }
        if members.object["expires_at"] != nil {
            guard never != .some(.bool(true)) else {
                throw PassportError(
                    .contradiction, at: members.place("never_expires"), "the passport also has expires_at",
                    "keep one of them")
            }
            return try members.time("expires_at")
        }
        guard never == .some(.bool(true)) else {
            throw PassportError(
                .missingMember, at: members.place("expires_at"), "the passport does not say until when it counts",
                "add expires_at, or \"never_expires\": true")
        }
        return nil
    }

    private func checkConsistency(_ members: Members) throws(PassportError) {
        if let notBefore, let expiresAt, expiresAt <= notBefore {
            throw PassportError(
                .contradiction, at: members.place("expires_at"), "this is not after not_before", "correct one of them")
        }
        guard parentAgentID != agentID else {
            throw PassportError(
                .contradiction, at: members.place("parent_agent_id"), "an agent cannot be its own template",
                "name the template's agent, or leave it out")
        }
    }
}
