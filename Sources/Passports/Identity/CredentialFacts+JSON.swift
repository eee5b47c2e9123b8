// SPDX-License-Identifier: Apache-2.0

import StrictJSON
import WireTypes

extension CredentialFacts {
    /// As `writ.credential/1` has them.
    var json: JSONObject {
        func list(_ texts: [UTF8String]) -> JSON { .array(texts.map(JSON.string)) }
        var tags = JSONObject()
        for (name, value) in claims.sorted(by: { $0.key < $1.key }) { tags.add(name, .string(value)) }
        var object = JSONObject()
        object.add("type", .string(VerifiedCredential.type))
        object.add("kind", .string(kind.wire))
        object.add("issuer", .string(issuer))
        object.add("rules", .text(rules.base64URL))
        object.add("subject", .string(subject))
        object.add("agent_id", .string(agentID))
        object.add("owner_id", .string(ownerID))
        object.add("owner_type", .string(ownerType.wire))
        object.add("teams", list(teams))
        object.add("scopes", list(scopes))
        object.add("audience", list(audience))
        object.add(
            "capabilities", .array(capabilities.map { ["id": .string($0.id), "params": .object($0.params)] }))
        object.add("limits", .object(limits))
        object.add("regions", list(regions))
        object.add("assurance", .string(assurance.wire))
        object.add("on_behalf_of", onBehalfOf.map(JSON.string))
        object.add("claims", .object(tags))
        object.add("issued_at", issuedAt.map { .text($0.text) })
        object.add("not_before", notBefore.map { .text($0.text) })
        object.add("expires_at", .text(expiresAt.text))
        object.add("token", .text(token.base64URL))
        object.add("key", .text(key.base64URL))
        object.add("confirmation", confirmation.map(JSON.object))
        object.add("proof", .string(proof.wire))
        object.add("chain", .array(chain.map { .text($0.base64URL) }))
        return object
    }

    /// Reads them back.
    init(archived json: JSON) throws(PassportError) {
        let members = try Members(json, at: JSONPointer())
        try members.only(Self.members)
        guard members.object["type"] == .string(VerifiedCredential.type) else {
            throw Members.invalid(members.place("type"), "write `\(VerifiedCredential.type)`")
        }
        kind = try members.word("kind")
        issuer = try members.string("issuer")
        rules = try Self.digest(members, "rules")
        subject = try members.string("subject")
        agentID = try members.name("agent_id")
        ownerID = try members.name("owner_id")
        ownerType = try members.word("owner_type")
        teams = try Self.texts(members, "teams")
        scopes = try Self.texts(members, "scopes")
        audience = try Self.texts(members, "audience")
        var capabilities: [Capability] = []
        for element in try members.array("capabilities") {
            let member = try Members(element, at: members.place("capabilities"))
            capabilities.append(
                try Capability(try member.string("id"), params: try member.object("params"), at: member.place("id")))
        }
        self.capabilities = capabilities
        limits = try members.object("limits")
        regions = try Self.texts(members, "regions")
        assurance = try members.word("assurance")
        onBehalfOf = try members.optionalString("on_behalf_of")
        var claims: [UTF8String: UTF8String] = [:]
        for member in try members.object("claims").members {
            guard let text = member.value.string else {
                throw Members.wrongType(member.value, members.place("claims"), "a string")
            }
            claims[member.key] = text
        }
        self.claims = claims
        issuedAt = members.object["issued_at"] == nil ? nil : try members.time("issued_at")
        notBefore = members.object["not_before"] == nil ? nil : try members.time("not_before")
        expiresAt = try members.time("expires_at")
        token = try Self.digest(members, "token")
        key = try Self.digest(members, "key")
        confirmation = members.object["confirmation"] == nil ? nil : try members.object("confirmation")
        proof = try members.word("proof")
        var chain: [Digest] = []
        for element in try members.array("chain") {
            guard let digest = element.string.flatMap({ Digest(base64URL: $0.string) }) else {
                throw Members.invalid(members.place("chain"), "a digest in base64url")
            }
            chain.append(digest)
        }
        self.chain = chain
    }

    private static func texts(_ members: Members, _ key: UTF8String) throws(PassportError) -> [UTF8String] {
        var texts: [UTF8String] = []
        for element in try members.array(key) {
            guard let text = element.string else { throw Members.wrongType(element, members.place(key), "a string") }
            texts.append(text)
        }
        return texts
    }

    private static func digest(_ members: Members, _ key: UTF8String) throws(PassportError) -> Digest {
        guard let digest = Digest(base64URL: try members.string(key).string) else {
            throw Members.invalid(members.place(key), "a digest in base64url")
        }
        return digest
    }

    private static let members: [UTF8String] = [
        "type", "kind", "issuer", "rules", "subject", "agent_id", "owner_id", "owner_type", "teams", "scopes",
        "audience", "capabilities", "limits", "regions", "assurance", "on_behalf_of", "claims", "issued_at",
        "not_before", "expires_at", "token", "key", "confirmation", "proof", "chain",
    ]
}
