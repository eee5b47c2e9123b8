// SPDX-License-Identifier: Apache-2.0

import Crypto
import Receipts
public import StrictJSON
import TransparencyLog
public import WireTypes

/// `/v1/approvals`: what approvers ask of a service, and what they are answered. Every request is signed with the key of
/// an approver; nobody else hears anything.
public struct ApprovalDesk: Sendable {
    /// What evidence shows of an approval's call.
    public struct Shown: Sendable {
        /// The call, for people.
        public var evidence: JSON
        /// Who asked.
        public var requesters: [UTF8String]
        /// Whether that is exactly what the approval is bound to.
        public var isWhatIsBound: Bool

        /// What is shown.
        public init(evidence: JSON, requesters: [UTF8String], isWhatIsBound: Bool) {
            self.evidence = evidence
            self.requesters = requesters
            self.isWhatIsBound = isWhatIsBound
        }
    }

    /// A status of HTTP and a document.
    public struct Reply: Sendable {
        /// The status.
        public let status: Int
        /// The document.
        public let body: JSON
    }

    private let ports: DecisionPorts
    private let show: @Sendable (ApprovalRecord) -> Shown?

    /// A desk.
    ///
    /// - Parameter show: what there is of an approval's call; `nil` where the evidence is gone.
    public init(_ ports: DecisionPorts, show: @escaping @Sendable (ApprovalRecord) -> Shown?) {
        self.ports = ports
        self.show = show
    }

    /// Answers a request.
    ///
    /// - Parameters:
    ///   - id: of the path, `/v1/approvals/{id}`; `nil` for the list.
    ///   - body: `{act, approver, at, kid, signature}`, and `assurance` for a grant or denial. `act` is `view`, `grant` or
    ///     `deny`.
    public func answer(_ id: UTF8String?, _ body: JSON) async -> Reply {
        guard let word = body["act"]?.string?.string, let name = body["approver"]?.string,
            let at = body["at"]?.string.flatMap({ Timestamp(parsing: $0.string) }),
            let kid = body["kid"]?.string.flatMap({ Digest(base64URL: $0.string) }),
            let signature = body["signature"]?.string.flatMap({ Base64URL.decode($0.string) })
        else { return Self.refusal(400, "act, approver, at, kid and signature are needed") }
        let signed = Event.ActorSignature(kid: kid, signature: signature)
        do {
            let rules = try ports.rules.current().approvals
            if word == "view" { return try view(id, name, at, signed, rules) }
            guard let act = ApprovalAct(rawValue: word), let id = id.flatMap({ UUIDv7(parsing: $0.string) }),
                let assurance = body["assurance"]?.string.flatMap({ ApprovalAssurance(rawValue: $0.string) })
            else { return Self.refusal(400, "act is view, grant or deny; a grant has an id and an assurance") }
            guard let record = try ports.ledger.approval(id),
                let approver = rules.groups[record.group]?.approver(name)
            else { return Self.forbidden }
            var event = record.event(act, by: approver, assurance: assurance, log: ports.origin, at: at)
            event.actorSignature = signed
            guard event.isSigned(by: approver.publicKey) else { return Self.forbidden }
            let shown = show(record)
            if act == .grant, shown?.isWhatIsBound != true {
                return Self.refusal(409, "what would be approved cannot be shown")
            }
            switch try await EventLog(ports).take(event, rules, requesters: shown?.requesters ?? []) {
            case .success(let record): return Reply(status: 200, body: record.json(at: ports.clock.now()))
            case .failure(let refusal):
                return Self.refusal(refusal.kind == .over ? 409 : 403, UTF8String(refusal.description))
            }
        } catch {
            return Self.refusal(503, "the ledger or the rules cannot be used at the moment")
        }
    }

    private func view(
        _ id: UTF8String?, _ name: UTF8String, _ at: Timestamp, _ signed: Event.ActorSignature, _ rules: ApprovalRules
    ) throws -> Reply {
        let now = ports.clock.now()
        let message = Self.viewMessage(log: ports.origin, approver: name, at: at, id: id)
        let groups = rules.groups.filter { _, group in
            guard let key = group.approver(name)?.publicKey else { return false }
            return signed.kid == key.thumbprint && key.isValid(signature: signed.signature, for: message)
        }
        guard !groups.isEmpty, at >= now.adding(milliseconds: -Limits.approvalActAge),
            at <= now.adding(milliseconds: Limits.approvalActLead)
        else { return Self.forbidden }
        guard let id else {
            let open = try ports.ledger.approvals(.open(agent: nil, at: now, limit: Limits.approvalsListed))
            return Reply(
                status: 200,
                body: ["approvals": .array(open.filter { groups[$0.group] != nil }.map { $0.json(at: now) })])
        }
        guard let parsed = UUIDv7(parsing: id.string), let record = try ports.ledger.approval(parsed),
            groups[record.group] != nil
        else { return Self.refusal(404, "there is no such approval of a group of yours") }
        var object = record.json(at: now).object ?? JSONObject()
        object["log"] = .string(ports.origin)
        let shown = show(record)
        object["evidence"] = shown?.evidence ?? .null
        object["matches"] = .bool(shown?.isWhatIsBound ?? false)
        return Reply(status: 200, body: .object(object))
    }

    /// The bytes that an approver signs to see what waits: `writ.approval-view/1`, a newline, and SHA-256 of the JSON list
    /// of log, approver, time and id (or null).
    public static func viewMessage(
        log: UTF8String, approver: UTF8String, at: Timestamp, id: UTF8String?
    ) -> [UInt8] {
        let list: JSON = [.string(log), .string(approver), .text(at.text), id.map(JSON.string) ?? .null]
        return Array("writ.approval-view/1\n".utf8) + Array(SHA256.hash(data: list.serialized()))
    }

    private static let forbidden = refusal(403, "the request is not signed with the key of one who may approve")

    private static func refusal(_ status: Int, _ text: UTF8String) -> Reply {
        Reply(status: status, body: ["error": .string(text)])
    }
}

extension ApprovalRecord {
    /// For programs.
    public func json(at now: Timestamp) -> JSON {
        [
            "id": .text(id.text), "state": .text(state(at: now).rawValue), "group": .string(group),
            "needed": .integer(needed), "agent_id": .string(agentID), "receipt_id": .text(receiptID.text),
            "binding": .text(binding.base64URL), "requested_at": .text(requestedAt.text),
            "expires_at": .text(expiresAt.text), "approved_by": .array(votes.map(\.json)),
            "refused_by": refusedBy.map(JSON.string) ?? .null,
        ]
    }
}
