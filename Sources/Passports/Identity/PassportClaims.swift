// SPDX-License-Identifier: Apache-2.0

import StrictJSON
import WireTypes

extension Passport {
    /// The members that are one string each, and those of `metadata` that are a string, boolean or integer as
    /// `metadata.<name>`. Lists, records and what a principal has as attributes are not repeated.
    var claims: [UTF8String: UTF8String] {
        var claims: [UTF8String: UTF8String] = [
            "passport_id": passportID, "kind": kind.wire, "spec_version": Self.specVersion,
            "owner_type": ownerType.wire, "assurance_level": assurance.wire, "version": version,
            "created_at": UTF8String(createdAt.text), "updated_at": UTF8String(updatedAt.text),
        ]
        claims["did"] = did
        claims["not_before"] = notBefore.map { UTF8String($0.text) }
        claims["expires_at"] = expiresAt.map { UTF8String($0.text) }
        for member in metadata.members {
            let text: UTF8String? =
                switch member.value {
                case .string(let text): text
                case .bool(let truth): truth ? "true" : "false"
                case .number(let number): number.int64.map { UTF8String(String($0)) }
                case .null, .array, .object: nil
                }
            claims[UTF8String("metadata." + member.key.string)] = text
        }
        return claims
    }
}
