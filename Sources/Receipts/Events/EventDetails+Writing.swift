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
            object.set("size", size)
            object.set("root", root)
            object.set("previous", previous)
        case .configurationActivated(let digest, let previous):
            object.set("digest", digest)
            object.set("previous", previous)
        case .policyActivated(let digest, let previous, let mode):
            object.set("digest", digest)
            object.set("previous", previous)
            object.set("mode", mode)
        case .modeChanged(let mode, let previous, let until):
            object.set("mode", mode)
            object.set("previous", previous)
            object.set("until", until)
        case .killSwitchOn(let scope, let target, let reason), .killSwitchOff(let scope, let target, let reason):
            object.set("scope", scope)
            object.set("target", target)
            object.set("reason", reason)
        case .passportIssued(let agentID, let digest, let issuer, let expiresAt):
            object.set("agent_id", agentID)
            object.set("digest", digest)
            object.set("issuer", issuer)
            object.set("expires_at", expiresAt)
        case .passportSuspended(let agentID, let reason), .passportResumed(let agentID, let reason),
            .passportRevoked(let agentID, let reason):
            object.set("agent_id", agentID)
            object.set("reason", reason)
        case .approvalRequested(let id, let receiptID, let group, let needed, let binding, let expiresAt):
            object.set("id", id)
            object.set("receipt_id", receiptID)
            object.set("group", group)
            object.set("needed", needed)
            object.set("binding", binding)
            object.set("expires_at", expiresAt)
        case .approvalGiven(let id, let approver, let assurance, let binding):
            object.set("id", id)
            object.set("approver", approver)
            object.set("assurance", assurance)
            object.set("binding", binding)
        case .approvalRefused(let id, let approver, let assurance):
            object.set("id", id)
            object.set("approver", approver)
            object.set("assurance", assurance)
        case .toolPinned(let server, let tool, let definition, let serverDigest):
            object.set("server", server)
            object.set("tool", tool.text)
            object.set("definition", definition)
            object.set("server_digest", serverDigest)
        case .toolChanged(let server, let tool, let definition, let pinned, let serverDigest):
            object.set("server", server)
            object.set("tool", tool.text)
            object.set("definition", definition)
            object.set("pinned", pinned)
            object.set("server_digest", serverDigest)
        case .toolApproved(let server, let tool, let definition, let previous):
            object.set("server", server)
            object.set("tool", tool.text)
            object.set("definition", definition)
            object.set("previous", previous)
        case .keyAdded(let role, let key, let fromIndex, let previous):
            object.set("role", role)
            object.set("key", UTF8String(Base64URL.encode(key.bytes)))
            object.set("from_index", fromIndex)
            object.set("previous", previous)
        case .keyRetired(let role, let kid, let untilIndex):
            object.set("role", role)
            object.set("kid", kid)
            object.set("until_index", untilIndex)
        case .keyCompromised(let role, let kid, let sinceIndex):
            object.set("role", role)
            object.set("kid", kid)
            object.set("since_index", sinceIndex)
        case .evidenceErased(let scope, let target, let count):
            object.set("scope", scope)
            object.set("target", target)
            object.set("count", count)
        case .logPruned(let minimumIndex):
            object.set("minimum_index", minimumIndex)
        case .refusedFrames(let count, let surface, let since, let until):
            object.set("count", count)
            object.set("surface", surface)
            object.set("since", since)
            object.set("until", until)
        case .gap(let count, let since, let until, let why):
            object.set("count", count)
            object.set("since", since)
            object.set("until", until)
            object.set("why", why)
        case .clock(let why, let expected, let found):
            object.set("why", why)
            object.set("expected", expected)
            object.set("found", found)
        }
        return .object(object)
    }
}
