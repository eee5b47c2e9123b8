// SPDX-License-Identifier: Apache-2.0

import Receipts
public import StrictJSON
import WireTypes

extension ApprovalFacts {
    /// As evidence keeps it.
    var json: JSON {
        var object = JSONObject()
        object.add("id", id.map { .text($0.text) })
        object.add("group", .string(group))
        object.add("needed", .integer(needed))
        object.add("binding", .text(binding.base64URL))
        object.add("expires_at", .text(expiresAt.text))
        object.add("votes", .array(votes.map(\.json)))
        object.add("refused_by", refusedBy.map(JSON.string))
        object.add("log", .string(log))
        return .object(object)
    }

    /// What evidence has kept; `nil` where it cannot be read.
    init?(archived json: JSON) {
        guard let group = json["group"]?.string, let needed = json["needed"]?.int64.flatMap({ Int(exactly: $0) }),
            let binding = json["binding"]?.string.flatMap({ Digest(base64URL: $0.string) }),
            let expiresAt = json["expires_at"]?.string.flatMap({ Timestamp(parsing: $0.string) }),
            let entries = json["votes"]?.array, let log = json["log"]?.string
        else { return nil }
        let votes = entries.compactMap(ApprovalVote.init)
        let id = json["id"]?.string.flatMap { UUIDv7(parsing: $0.string) }
        guard votes.count == entries.count, (id == nil) == (json["id"] == nil) else { return nil }
        self.init(
            id: id, group: group, needed: needed, binding: binding, expiresAt: expiresAt, votes: votes,
            refusedBy: json["refused_by"]?.string, log: log)
    }
}

extension ApprovalVote {
    /// As evidence and storage keep it.
    public var json: JSON {
        var object = JSONObject()
        object.add("approver", .string(approver))
        object.add("assurance", .text(assurance.rawValue))
        object.add("at", .text(at.text))
        object.add("kid", signature.map { .text($0.kid.base64URL) })
        object.add("signature", signature.map { .text(Base64URL.encode($0.signature)) })
        return .object(object)
    }

    /// A vote that was kept; `nil` where it cannot be read.
    public init?(_ json: JSON) {
        guard let approver = json["approver"]?.string,
            let assurance = json["assurance"]?.string.flatMap({ ApprovalAssurance(rawValue: $0.string) }),
            let at = json["at"]?.string.flatMap({ Timestamp(parsing: $0.string) })
        else { return nil }
        self.init(approver: approver, assurance: assurance, at: at)
        guard json["kid"] != nil || json["signature"] != nil else { return }
        guard let kid = json["kid"]?.string.flatMap({ Digest(base64URL: $0.string) }),
            let bytes = json["signature"]?.string.flatMap({ Base64URL.decode($0.string) })
        else { return nil }
        signature = Event.ActorSignature(kid: kid, signature: bytes)
    }
}
