// SPDX-License-Identifier: Apache-2.0

import StrictJSON
import WireTypes

extension EventDetails {
    /// `details`.
    var json: JSON {
        var object = JSONObject()
        switch self {
        case .boot(let engine, let size, let root, let previous):
            object.set("engine", engine)
            object.set("previous", previous)
            object.set("root", root)
            object.set("size", size)
        case .configurationActivated(let digest, let previous):
            object.set("digest", digest)
            object.set("previous", previous)
        case .policyActivated(let digest, let previous, let mode):
            object.set("digest", digest)
            object.set("mode", mode)
            object.set("previous", previous)
        case .modeChanged(let mode, let previous, let until):
            object.set("mode", mode)
            object.set("previous", previous)
            object.set("until", until)
        case .killSwitchOn(let scope, let target, let reason), .killSwitchOff(let scope, let target, let reason):
            object.set("reason", reason)
            object.set("scope", scope)
            object.set("target", target)
        case .passportIssued(let agentID, let digest, let issuer, let expiresAt):
            object.set("agent_id", agentID)
            object.set("digest", digest)
            object.set("expires_at", expiresAt)
            object.set("issuer", issuer)
        case .passportSuspended(let agentID, let reason), .passportResumed(let agentID, let reason),
            .passportRevoked(let agentID, let reason):
            object.set("agent_id", agentID)
            object.set("reason", reason)
        case .approvalRequested(let id, let receiptID, let group, let needed, let binding, let expiresAt):
            object.set("binding", binding)
            object.set("expires_at", expiresAt)
            object.set("group", group)
            object.set("id", id)
            object.set("needed", needed)
            object.set("receipt_id", receiptID)
        case .approvalGiven(let id, let approver, let assurance, let binding):
            object.set("approver", approver)
            object.set("assurance", assurance)
            object.set("binding", binding)
            object.set("id", id)
        case .approvalRefused(let id, let approver, let assurance):
            object.set("approver", approver)
            object.set("assurance", assurance)
            object.set("id", id)
        case .toolPinned(let server, let tool, let definition, let serverDigest):
            object.set("definition", definition)
            object.set("server", server)
            object.set("server_digest", serverDigest)
            object.set("tool", tool.text)
        case .toolChanged(let server, let tool, let definition, let pinned, let serverDigest):
            object.set("definition", definition)
            object.set("pinned", pinned)
            object.set("server", server)
            object.set("server_digest", serverDigest)
            object.set("tool", tool.text)
        case .toolApproved(let server, let tool, let definition, let previous, let serverDigest):
            object.set("definition", definition)
            object.set("previous", previous)
            object.set("server", server)
            object.set("server_digest", serverDigest)
            object.set("tool", tool.text)
        case .sessionLabelled(let agentID, let labels, let until):
            object.set("agent_id", agentID)
            object.set("labels", texts: labels.map { UTF8String($0.rawValue) })
            object.set("until", until)
        case .sessionCleared(let agentID, let reason):
            object.set("agent_id", agentID)
            object.set("reason", reason)
        case .sessionThawed(let session, let reason):
            object.set("reason", reason)
            object.set("session", session)
        case .grantGiven(let id, let agentID, let policy, let until, let session, let reason, let task):
            object.set("agent_id", agentID)
            object.set("id", id)
            object.set("policy", policy)
            object.set("reason", reason)
            object.set("session", session)
            object.set("task", task)
            object.set("until", until)
        case .grantRevoked(let id, let agentID, let reason):
            object.set("agent_id", agentID)
            object.set("id", id)
            object.set("reason", reason)
        case .keyAdded(let role, let key, let fromIndex, let previous):
            object.set("from_index", fromIndex)
            object.set("key", UTF8String(Base64URL.encode(key.bytes)))
            object.set("previous", previous)
            object.set("role", role)
        case .keyRetired(let role, let kid, let untilIndex):
            object.set("kid", kid)
            object.set("role", role)
            object.set("until_index", untilIndex)
        case .keyCompromised(let role, let kid, let sinceIndex):
            object.set("kid", kid)
            object.set("role", role)
            object.set("since_index", sinceIndex)
        case .evidenceErased(let scope, let target, let count):
            object.set("count", count)
            object.set("scope", scope)
            object.set("target", target)
        case .logPruned(let minimumIndex):
            object.set("minimum_index", minimumIndex)
        case .refusedFrames(let count, let surface, let since, let until):
            object.set("count", count)
            object.set("since", since)
            object.set("surface", surface)
            object.set("until", until)
        case .gap(let count, let since, let until, let why):
            object.set("count", count)
            object.set("since", since)
            object.set("until", until)
            object.set("why", why)
        case .clock(let why, let expected, let found):
            object.set("expected", expected)
            object.set("found", found)
            object.set("why", why)
        case .sealed(let seal, let number, let mode, let previousMode, let statement, let signatures):
            object.set("mode", mode)
            object.set("number", number)
            object.set("previous_mode", previousMode)
            object.set("seal", seal)
            object.set("signatures", parts: signatures)
            object.set("statement", statement)
        }
        return .object(object)
    }
}
