// SPDX-License-Identifier: Apache-2.0

public import StrictJSON

import struct Crypto.SHA256

/// What can be in a log: the three schemas, without key and signature.
public enum Entry: Sendable, Hashable {
    /// A decision.
    case receipt(Receipt)
    /// What became of an allowed call.
    case outcome(Outcome)
    /// Something that changed what is decided.
    case event(Event)

    /// The entry's `type`, which is also the label of its signature.
    public enum Kind: String, Sendable, CaseIterable {
        /// A decision.
        case receipt = "writ.receipt/1"
        /// An outcome.
        case outcome = "writ.outcome/1"
        /// An event.
        case event = "writ.event/1"
    }

    /// The entry's `type`.
    public var kind: Kind {
        switch self {
        case .receipt: .receipt
        case .outcome: .outcome
        case .event: .event
        }
    }

    /// The origin of the log that the entry is for.
    public var log: UTF8String {
        switch self {
        case .receipt(let receipt): receipt.log
        case .outcome(let outcome): outcome.log
        case .event(let event): event.log
        }
    }

    /// The entry's members without `kid` and `signature`.
    public var json: JSON {
        let members =
            switch self {
            case .receipt(let receipt): receipt.json
            case .outcome(let outcome): outcome.json
            case .event(let event): event.json
            }
        var object = members.object ?? JSONObject()
        object.set("type", kind)
        return .object(object)
    }

    static func read(_ members: inout Members) throws(EntryError) -> Entry {
        let kind: Kind
        do throws(EntryError) {
            kind = try members.take("type", .word)
        } catch  where error.code == .invalid {
            throw EntryError(.unknownType)
        }
        return switch kind {
        case .receipt: .receipt(try Receipt(members: &members))
        case .outcome: .outcome(try Outcome(members: &members))
        case .event: .event(try Event(members: &members))
        }
    }
}

extension JSON {
    func canonicalBytes() throws(EntryError) -> [UInt8] {
        do throws(JSONError) { return try canonical() } catch { throw EntryError(.notJSON(error.code)) }
    }
}
