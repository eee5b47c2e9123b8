// SPDX-License-Identifier: Apache-2.0

import Crypto
import Effects
import Passports
import Receipts
public import StrictJSON
public import WireTypes

/// What an approval is of: this call and no other.
///
/// Caller and credential, door, server and its digest, method, tool and its definition, the parameters as they will be
/// forwarded, the folder it is made in, every effect, the policies, the configuration, and who is to approve. Another of
/// any of these is another approval. `_meta` is left out: it has the tokens of the one message, and is made anew for each.
struct ApprovalQuestion: Sendable, Hashable {
    /// Who must approve.
    let group: UTF8String
    /// How many.
    let needed: Int
    /// All that it is bound to.
    let content: [UInt8]

    init(
        _ inputs: DecisionInputs, _ verdict: Verdict, _ identity: VerifiedIdentity, group: UTF8String, needed: Int
    ) {
        let call = inputs.call
        var parameters = verdict.message[call.parametersPlace] ?? .null
        if var object = parameters.object {
            object["_meta"] = nil
            parameters = .object(object)
        }
        func text(_ digest: WireTypes.Digest?) -> JSON { digest.map { .text($0.base64URL) } ?? .null }
        let document: JSON = [
            "writ.approval/1", .string(identity.agentID), text(identity.digest), .text(call.surface.rawValue),
            .text(call.enforcement.rawValue), .string(call.method), .string(call.server), text(call.serverDigest),
            .string(call.tool), text(call.definition), parameters,
            .array(
                verdict.effects.map { effect in
                    let name = effect.resource.name
                    return [.text(effect.verb.rawValue), .text(name.type.rawValue), .string(name.id)]
                }),
            .string(call.place.workingDirectory), call.place.project.map(JSON.string) ?? .null,
            text(inputs.policies.digest), text(inputs.rulebook.configurationDigest), .string(group),
        ]
        self.group = group
        self.needed = needed
        content = document.serialized()
    }

    /// The digest of it that may stand in the log: under a key, since parameters can be guessed.
    func binding(_ key: ApprovalKey) -> WireTypes.Digest { key.mac(content) }
}

/// The key of an agent's and a month's bindings: derived from the one that wraps its evidence, so that both are erased
/// together.
struct ApprovalKey: Sendable {
    private let key: SymmetricKey

    init(wrapping key: [UInt8]) {
        self.key = SymmetricKey(
            data: HMAC<SHA256>.authenticationCode(
                for: Array("writ.approval-binding/1".utf8), using: SymmetricKey(data: key)))
    }

    func mac(_ bytes: [UInt8]) -> WireTypes.Digest {
        WireTypes.Digest(HMAC<SHA256>.authenticationCode(for: bytes, using: key))
    }
}

extension ArchivedDecision {
    /// What an approval of this call by a group is bound to, computed again from the evidence: where it is the binding
    /// that the log has, what the evidence shows is what is approved.
    ///
    /// - Throws: `LedgerError` where the key store cannot be read.
    /// - Returns: `nil` where the call, judged again, asks for no approval of that group, or the key is gone.
    public func approvalBinding(
        keys: any EvidenceKeys, wrappedUnder name: UTF8String
    ) throws(LedgerError) -> WireTypes.Digest? {
        var inputs = inputs
        inputs.approval = nil
        guard let question = Judge.judge(inputs).approvalQuestion, let key = try keys.wrappingKey(named: name) else {
            return nil
        }
        return question.binding(ApprovalKey(wrapping: key))
    }

    /// Who asked, as far as that is known.
    public var requesters: [UTF8String] { Judge.judge(inputs).identity.verified?.requesters ?? [] }
}
