// SPDX-License-Identifier: Apache-2.0

public import StrictJSON
public import WireTypes

/// What a call would touch, as it is committed to: `{"verb": …, "type": …, "id": …}`.
public struct CommittedEffect: Sendable, Hashable {
    /// `read`, `write`, `connect`, ….
    public let verb: UTF8String
    /// The resource's entity type: `File`, `URL`, ….
    public let type: UTF8String
    /// The resource's id.
    public let id: UTF8String

    /// An effect.
    public init(verb: UTF8String, type: UTF8String, id: UTF8String) {
        self.verb = verb
        self.type = type
        self.id = id
    }
}

/// All that a receipt says of a call's content: one commitment to the exact call, and one for each thing that can be
/// shown by itself.
public struct CallCommitments: Sendable, Hashable {
    /// `call.request`.
    public let request: Digest
    /// What can be shown, effects first, then parameters, at most 256; kept in evidence by way of the blind.
    public let disclosures: [Disclosure]
    /// `call.sd_omitted`: effects and parameters past the 256th.
    public let omitted: UInt64?

    /// `call.sd`: the disclosures' digests, in ascending order of their base64url.
    public var sd: [Digest] {
        Set(disclosures.map(\.digest)).map { (text: UTF8String($0.base64URL), digest: $0) }
            .sorted { $0.text < $1.text }.map(\.digest)
    }

    /// The commitments of a call.
    ///
    /// - Parameters:
    ///   - parameters: the parameters as they are forwarded; each member of an object is one thing that can be shown,
    ///     anything else as a whole, `nil` nothing.
    ///   - parameterBytes: the exact bytes of the parameters that are forwarded.
    ///   - effects: in the order in which they are kept in evidence.
    public init(
        blind: Blind, method: UTF8String, serverDigest: Digest?, tool: UTF8String, definition: Digest?,
        parameters: JSON?, parameterBytes: [UInt8], effects: [CommittedEffect]
    ) {
        request = Self.request(
            salt: blind.salt(.request), method: method, serverDigest: serverDigest, tool: tool, definition: definition,
            parameterBytes: parameterBytes)
        var disclosures: [Disclosure] = []
        let members = parameters.map(Self.members) ?? []
        for (index, effect) in effects.prefix(ReceiptLimits.commitmentsMax).enumerated() {
            let pointer = JSONPointer([UTF8String(String(index))])
            disclosures.append(
                Disclosure(
                    salt: blind.salt(.effect, pointer), name: "effect",
                    value: ["verb": .string(effect.verb), "type": .string(effect.type), "id": .string(effect.id)]))
        }
        for (pointer, value) in members.prefix(ReceiptLimits.commitmentsMax - disclosures.count) {
            disclosures.append(
                Disclosure(salt: blind.salt(.parameter, pointer), name: pointer.text, value: value))
        }
        let omitted = effects.count + members.count - disclosures.count
        self.disclosures = disclosures
        self.omitted = omitted > 0 ? UInt64(omitted) : nil
    }

    /// SHA-256(`writ.request/1\n` || salt || method, server digest, tool, definition digest and parameter bytes, each
    /// with its length in 8 bytes, big-endian, in front; an absent digest is empty).
    public static func request(
        salt: [UInt8], method: UTF8String, serverDigest: Digest?, tool: UTF8String, definition: Digest?,
        parameterBytes: [UInt8]
    ) -> Digest {
        var hasher = FieldHasher(label: "writ.request/1\n", salt: salt)
        hasher.append(method.bytes)
        hasher.append(serverDigest?.bytes ?? [])
        hasher.append(tool.bytes)
        hasher.append(definition?.bytes ?? [])
        hasher.append(parameterBytes)
        return hasher.finalize()
    }

    private static func members(_ parameters: JSON) -> [(JSONPointer, JSON)] {
        guard let object = parameters.object else { return [(JSONPointer(), parameters)] }
        return object.members.map { (JSONPointer([$0.key]), $0.value) }
    }
}
