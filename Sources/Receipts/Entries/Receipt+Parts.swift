// SPDX-License-Identifier: Apache-2.0

public import StrictJSON
public import WireTypes

/// Who could have tampered with a decision: see the architecture's three modes; `witnessed` is what a proof shows.
public enum Custody: String, Sendable, CaseIterable {
    /// Writ runs as the agent's user.
    case cooperative
    /// Writ runs as a user of its own that the agent cannot become.
    case protected
}

/// How sure an approval is that a person gave it.
public enum ApprovalAssurance: String, Sendable, CaseIterable {
    /// The client says so.
    case client
    /// Somebody with the agent's user's rights.
    case sameUser = "same-user"
    /// Another user of the machine or an authenticated one of the service.
    case separateUser = "separate-user"
    /// A key that needs a touch.
    case hardware
}

/// Whether policy's refusals bind.
public enum PolicyMode: String, Sendable, CaseIterable {
    /// They do.
    case enforce
    /// The candidate set is evaluated beside and does not bind.
    case shadow
    /// Nothing binds but identity, kill switch and log.
    case observe
}

extension Receipt {
    /// What decided: a code that keeps its meaning for ever, and the policy where one did.
    public struct Reason: Sendable, Hashable, EntryPart {
        /// `oap.…` or `writ.…`, lower-case letters and `_`.
        public var code: UTF8String
        /// The policy's id.
        public var policy: UTF8String?

        /// A reason.
        public init(code: UTF8String, policy: UTF8String? = nil) {
            self.code = code
            self.policy = policy
        }

        init(members: inout Members) throws(EntryError) {
            code = try members.take("code", .reasonCode)
            policy = try members.takeIfPresent("policy", .text())
        }

        var json: JSON {
            var object = JSONObject()
            object.set("code", code)
            object.set("policy", policy)
            return .object(object)
        }
    }

    /// How the agent is known.
    public struct Identity: Sendable, Hashable, EntryPart {
        /// How far to believe it.
        public enum State: String, Sendable, CaseIterable {
            /// A credential was verified.
            case verified
            /// Somebody said so; who they said is in evidence only.
            case claimed
            /// Nobody said anything.
            case none
        }

        /// How far to believe it.
        public var state: State
        /// The kind of credential, a token: `passport`, `oauth`, `spiffe`, `none`.
        public var kind: UTF8String
        /// Who issued it; 1 to 256 bytes, only where verified.
        public var issuer: UTF8String?
        /// The credential's digest.
        public var digest: Digest?
        /// 0 to 4; only where verified.
        public var assurance: UInt64?
        /// Digests of the credentials that delegated to this one, the root first; 1 to 16.
        public var chain: [Digest]?
        /// For whom the agent acts; only where verified.
        public var onBehalfOf: UTF8String?
        /// How it was shown that the caller is the credential's bearer, a token: `cnf`, `dpop`, `mtls`; only where verified.
        public var proof: UTF8String?
        /// The RFC 7638 thumbprint of the key of which that is a proof; only with one.
        public var proofKey: Digest?

        /// An identity; nobody's by default.
        public init(
            state: State = .none, kind: UTF8String = "none", issuer: UTF8String? = nil, digest: Digest? = nil,
            assurance: UInt64? = nil, chain: [Digest]? = nil, onBehalfOf: UTF8String? = nil,
            proof: UTF8String? = nil, proofKey: Digest? = nil
        ) {
            self.state = state
            self.kind = kind
            self.issuer = issuer
            self.digest = digest
            self.assurance = assurance
            self.chain = chain
            self.onBehalfOf = onBehalfOf
            self.proof = proof
            self.proofKey = proofKey
        }

        init(members: inout Members) throws(EntryError) {
            state = try members.take("state", .word)
            kind = try members.take("kind", .token())
            issuer = try members.takeIfPresent("issuer", .text())
            digest = try members.takeIfPresent("digest", .digest)
            assurance = try members.takeIfPresent("assurance", .count(max: 4))
            chain = try members.takeIfPresent("chain", .list(1...ReceiptLimits.chainMax, of: .digest))
            onBehalfOf = try members.takeIfPresent("on_behalf_of", .text())
            proof = try members.takeIfPresent("proof", .token())
            proofKey = try members.takeIfPresent("proof_key", .digest)
            guard
                state == .verified
                    || (issuer == nil && assurance == nil && onBehalfOf == nil && proof == nil)
            else {
                throw EntryError(.contradiction).within("state")
            }
            guard proof != nil || proofKey == nil else { throw EntryError(.contradiction).within("proof_key") }
        }

        var json: JSON {
            var object = JSONObject()
            object.set("assurance", assurance)
            object.set("chain", digests: chain)
            object.set("digest", digest)
            object.set("issuer", issuer)
            object.set("kind", kind)
            object.set("on_behalf_of", onBehalfOf)
            object.set("proof", proof)
            object.set("proof_key", proofKey)
            object.set("state", state)
            return .object(object)
        }
    }

    /// What was asked, committed to.
    public struct Call: Sendable, Hashable, EntryPart {
        /// Whether Writ stands in the way or beside it.
        public enum Enforcement: String, Sendable, CaseIterable {
            /// The call could not run without this answer.
            case enforcing
            /// The caller could ignore it.
            case advisory
        }

        /// The door the call came through, a token: `mcp-stdio`, `check`, `hook/claude-code`.
        public var surface: UTF8String
        /// Whether Writ stands in the way or beside it.
        public var enforcement: Enforcement
        /// The server's alias.
        public var server: CallName
        /// The tool's bare name.
        public var tool: CallName
        /// The digest of the server itself, where it can be had.
        public var serverDigest: Digest?
        /// The digest of the pinned tool definition.
        public var definition: Digest?
        /// The commitment to the exact call (`CallCommitments.request`).
        public var request: Digest
        /// Commitments to parameters and effects, at most 256, in ascending order of their base64url, each once.
        public var sd: [Digest]
        /// How many more there were; only where `sd` has 256.
        public var sdOmitted: UInt64?

        /// A call.
        public init(
            surface: UTF8String, enforcement: Enforcement, server: CallName, tool: CallName,
            serverDigest: Digest? = nil, definition: Digest? = nil, request: Digest, sd: [Digest],
            sdOmitted: UInt64? = nil
        ) {
            self.surface = surface
            self.enforcement = enforcement
            self.server = server
            self.tool = tool
            self.serverDigest = serverDigest
            self.definition = definition
            self.request = request
            self.sd = sd
            self.sdOmitted = sdOmitted
        }

        init(members: inout Members) throws(EntryError) {
            surface = try members.take("surface", .token())
            enforcement = try members.take("enforcement", .word)
            server = try members.take("server", CallName.rule)
            tool = try members.take("tool", CallName.rule)
            serverDigest = try members.takeIfPresent("server_digest", .digest)
            definition = try members.takeIfPresent("definition", .digest)
            request = try members.take("request", .digest)
            sd = try members.take("sd", .list(0...ReceiptLimits.commitmentsMax, of: .digest))
            sdOmitted = try members.takeIfPresent("sd_omitted", .count(min: 1))
            let texts = sd.map { UTF8String($0.base64URL) }
            guard zip(texts, texts.dropFirst()).allSatisfy({ $0 < $1 }) else { throw EntryError(.badList).within("sd") }
            guard sdOmitted == nil || sd.count == ReceiptLimits.commitmentsMax else {
                throw EntryError(.contradiction).within("sd_omitted")
            }
        }

        var json: JSON {
            var object = JSONObject()
            object.set("definition", definition)
            object.set("enforcement", enforcement)
            object.set("request", request)
            object.set("sd", digests: sd)
            object.set("sd_omitted", sdOmitted)
            object.set("server", server.text)
            object.set("server_digest", serverDigest)
            object.set("surface", surface)
            object.set("tool", tool.text)
            return .object(object)
        }
    }

    /// What policy said.
    public struct Policy: Sendable, Hashable, EntryPart {
        /// A policy whose evaluation failed.
        public struct Failure: Sendable, Hashable, EntryPart {
            /// The policy's id.
            public var policy: UTF8String
            /// The kind of failure, a token; never the evaluator's message, which quotes values.
            public var code: UTF8String

            /// A failure.
            public init(policy: UTF8String, code: UTF8String) {
                self.policy = policy
                self.code = code
            }

            init(members: inout Members) throws(EntryError) {
                policy = try members.take("policy", .text())
                code = try members.take("code", .token())
            }

            var json: JSON {
                var object = JSONObject()
                object.set("code", code)
                object.set("policy", policy)
                return .object(object)
            }
        }

        /// The digest of the policy set (`ContentDigest`).
        public var digest: Digest
        /// The entity model, a token: `native`, `authzen`, `agentcore`.
        public var profile: UTF8String
        /// Whether refusals bind.
        public var mode: PolicyMode
        /// What Cedar's own rule gives; false where policy was not reached.
        public var cedarAllow: Bool
        /// What the shadow set, or an enforcing mode, would have said.
        public var would: Bool?
        /// Ids of the determining policies, at most 256.
        public var determining: [UTF8String]
        /// Policies whose evaluation failed, at most 64.
        public var errors: [Failure]
        /// The task grants whose policies are in `digest`, sorted; `nil` where there are none.
        public var grants: [UUIDv7]?

        /// A policy's part.
        public init(
            digest: Digest, profile: UTF8String, mode: PolicyMode, cedarAllow: Bool, would: Bool? = nil,
            determining: [UTF8String] = [], errors: [Failure] = [], grants: [UUIDv7]? = nil
        ) {
            self.grants = grants
            self.digest = digest
            self.profile = profile
            self.mode = mode
            self.cedarAllow = cedarAllow
            self.would = would
            self.determining = determining
            self.errors = errors
        }

        init(members: inout Members) throws(EntryError) {
            digest = try members.take("digest", .digest)
            profile = try members.take("profile", .token())
            mode = try members.take("mode", .word)
            cedarAllow = try members.take("cedar_allow", .bool)
            would = try members.takeIfPresent("would", .bool)
            determining = try members.take("determining", .list(0...ReceiptLimits.determiningMax, of: .text()))
            errors = try members.take("errors", .list(0...ReceiptLimits.reasonsMax, of: .part))
            grants = try members.takeIfPresent("grants", .list(1...ReceiptLimits.grantsMax, of: .id))
        }

        var json: JSON {
            var object = JSONObject()
            object.set("cedar_allow", cedarAllow)
            object.set("determining", texts: determining)
            object.set("digest", digest)
            object.set("errors", parts: errors)
            object.set("grants", ids: grants)
            object.set("mode", mode)
            object.set("profile", profile)
            object.set("would", would)
            return .object(object)
        }
    }

    /// What was in force, as the commit checked it.
    public struct State: Sendable, Hashable, EntryPart {
        /// The digest of the configuration (`ContentDigest`).
        public var config: Digest
        /// Kill switches thrown and released so far.
        public var killEpoch: UInt64
        /// Passports suspended, resumed and revoked so far.
        public var revocationEpoch: UInt64

        /// A state.
        public init(config: Digest, killEpoch: UInt64, revocationEpoch: UInt64) {
            self.config = config
            self.killEpoch = killEpoch
            self.revocationEpoch = revocationEpoch
        }

        init(members: inout Members) throws(EntryError) {
            config = try members.take("config", .digest)
            killEpoch = try members.take("kill_epoch", .count())
            revocationEpoch = try members.take("revocation_epoch", .count())
        }

        var json: JSON {
            var object = JSONObject()
            object.set("config", config)
            object.set("kill_epoch", killEpoch)
            object.set("revocation_epoch", revocationEpoch)
            return .object(object)
        }
    }

    /// A counter that the call was held against. Its values are in evidence: an amount is a parameter.
    public struct Limit: Sendable, Hashable, EntryPart {
        /// What is counted.
        public enum Kind: String, Sendable, CaseIterable {
            /// Calls in a sliding time.
            case rate
            /// Calls in a period.
            case count
            /// A sum of a parameter.
            case amount
        }

        /// What became of it.
        public enum Outcome: String, Sendable, CaseIterable {
            /// There was room, and it is taken.
            case reserved
            /// There was none.
            case exceeded
        }

        /// The operator's name for the limit.
        public var id: UTF8String
        /// What is counted.
        public var kind: Kind
        /// What became of it.
        public var outcome: Outcome

        /// A limit.
        public init(id: UTF8String, kind: Kind, outcome: Outcome) {
            self.id = id
            self.kind = kind
            self.outcome = outcome
        }

        init(members: inout Members) throws(EntryError) {
            id = try members.take("id", .text())
            kind = try members.take("kind", .word)
            outcome = try members.take("outcome", .word)
        }

        var json: JSON {
            var object = JSONObject()
            object.set("id", id)
            object.set("kind", kind)
            object.set("outcome", outcome)
            return .object(object)
        }
    }

    /// The approval that a call asked for or used.
    public struct Approval: Sendable, Hashable, EntryPart {
        /// What became of it.
        public enum State: String, Sendable, CaseIterable {
            /// It is asked for; the call is refused until then.
            case required
            /// It was given, and this receipt has used it up.
            case consumed
            /// It was refused.
            case refused
            /// It was not given in time.
            case expired
        }

        /// Somebody who approved.
        public struct Approver: Sendable, Hashable, EntryPart {
            /// Who: a name of the operator's directory, or `client`.
            public var id: UTF8String
            /// How sure that is.
            public var assurance: ApprovalAssurance
            /// The key that signed, where one did.
            public var kid: Digest?

            /// An approver.
            public init(id: UTF8String, assurance: ApprovalAssurance, kid: Digest? = nil) {
                self.id = id
                self.assurance = assurance
                self.kid = kid
            }

            init(members: inout Members) throws(EntryError) {
                id = try members.take("id", .text())
                assurance = try members.take("assurance", .word)
                kid = try members.takeIfPresent("kid", .digest)
            }

            var json: JSON {
                var object = JSONObject()
                object.set("assurance", assurance)
                object.set("id", id)
                object.set("kid", kid)
                return .object(object)
            }
        }

        /// The approval's id, also in its events.
        public var id: UUIDv7
        /// Whose approval: the policy's `@approval`.
        public var group: UTF8String
        /// What became of it.
        public var state: State
        /// How many must approve, 1 to 16.
        public var needed: UInt64
        /// Who did, at most 16.
        public var by: [Approver]

        /// An approval.
        public init(id: UUIDv7, group: UTF8String, state: State, needed: UInt64 = 1, by: [Approver] = []) {
            self.id = id
            self.group = group
            self.state = state
            self.needed = needed
            self.by = by
        }

        init(members: inout Members) throws(EntryError) {
            id = try members.take("id", .id)
            group = try members.take("group", .text())
            state = try members.take("state", .word)
            needed = try members.take("needed", .count(min: 1, max: UInt64(ReceiptLimits.approversMax)))
            by = try members.take("by", .list(0...ReceiptLimits.approversMax, of: .part))
            guard state != .consumed || UInt64(by.count) >= needed else {
                throw EntryError(.contradiction).within("by")
            }
        }

        var json: JSON {
            var object = JSONObject()
            object.set("by", parts: by)
            object.set("group", group)
            object.set("id", id)
            object.set("needed", needed)
            object.set("state", state)
            return .object(object)
        }
    }
}
