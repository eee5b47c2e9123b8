// SPDX-License-Identifier: Apache-2.0

public import StrictJSON
import TransparencyLog
public import WireTypes

import struct Crypto.SHA256

/// Something that changed what is decided, or happened to the log: `writ.event/1`.
public struct Event: Sendable, Hashable {
    /// A signature of whoever caused an event, with a key of their own.
    public struct ActorSignature: Sendable, Hashable, EntryPart {
        /// The actor's key.
        public var kid: Digest
        /// 64 bytes over `Event.actorMessage`.
        public var signature: [UInt8]

        /// A signature that was made elsewhere.
        public init(kid: Digest, signature: [UInt8]) {
            self.kid = kid
            self.signature = signature
        }

        init(members: inout Members) throws(EntryError) {
            kid = try members.take("kid", .digest)
            signature = try members.take("signature", .bytes(Ed25519PublicKey.signatureByteCount))
        }

        var json: JSON {
            var object = JSONObject()
            object.set("kid", kid)
            object.set("signature", UTF8String(Base64URL.encode(signature)))
            return .object(object)
        }
    }

    /// The log's origin.
    public var log: UTF8String
    /// When it happened.
    public var at: Timestamp
    /// Who caused it: `writ` for Writ itself, else a name of the operator's, 1 to 256 bytes.
    public var actor: UTF8String
    /// What it is about, where the details do not say: 1 to 256 bytes.
    public var subject: UTF8String?
    /// What happened.
    public var details: EventDetails
    /// The actor's own signature, where the act needs one.
    public var actorSignature: ActorSignature?

    /// An event.
    public init(
        log: UTF8String, at: Timestamp, actor: UTF8String, subject: UTF8String? = nil, details: EventDetails,
        actorSignature: ActorSignature? = nil
    ) {
        self.log = log
        self.at = at
        self.actor = actor
        self.subject = subject
        self.details = details
        self.actorSignature = actorSignature
    }

    /// The bytes that an actor signs: `writ.act/1`, a newline, and SHA-256 of the canonical event without
    /// `actor_signature`, `kid` and `signature`.
    ///
    /// The label is not an entry's, so that an actor's key never signs what a log's key could have.
    ///
    /// - Throws: `EntryError` where the event cannot be written.
    public func actorMessage() throws(EntryError) -> [UInt8] {
        var statement = self
        statement.actorSignature = nil
        let digest = SHA256.hash(data: try Entry.event(statement).json.canonicalBytes())
        return Array("writ.act/1\n".utf8) + Array(digest)
    }
}

extension Event: EntryPart {
    init(members: inout Members) throws(EntryError) {
        log = try members.take("log", .text(max: 255))
        let kind = try members.take("event", Rule<EventKind>.word)
        at = try members.take("at", .time)
        actor = try members.take("actor", .text())
        subject = try members.takeIfPresent("subject", .text())
        details = try members.take(
            "details", Rule<EventDetails> { (json) throws(EntryError) in try EventDetails(kind: kind, json) })
        actorSignature = try members.takeIfPresent("actor_signature", .part)
    }

    var json: JSON {
        var object = JSONObject()
        object.set("actor", actor)
        object.set("actor_signature", actorSignature)
        object.set("at", at)
        object.add("details", details.json)
        object.set("event", details.kind)
        object.set("log", log)
        object.set("subject", subject)
        return .object(object)
    }
}
