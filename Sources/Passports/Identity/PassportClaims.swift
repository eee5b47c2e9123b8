// SPDX-License-Identifier: Apache-2.0

import StrictJSON
import WireTypes

extension VerifiedPassport {
    /// The members that are one string each, and those of `metadata` that are a string, boolean or integer as
    /// `metadata.<name>`. Lists, records and what a principal has as attributes are not repeated.
    ///
    /// Of a passport in a chain they are what the whole chain says.
    var claims: [UTF8String: UTF8String] {
        var claims: [UTF8String: UTF8String] = [
            "passport_id": passport.passportID, "kind": passport.kind.wire, "spec_version": Passport.specVersion,
            "owner_type": passport.ownerType.wire, "assurance_level": authority.assurance.wire,
            "version": passport.version,
            "created_at": UTF8String(passport.createdAt.text), "updated_at": UTF8String(passport.updatedAt.text),
        ]
        claims["did"] = passport.did
        claims["not_before"] = authority.notBefore.map { UTF8String($0.text) }
        claims["expires_at"] = authority.expiresAt.map { UTF8String($0.text) }
        for member in authority.metadata.members {
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
