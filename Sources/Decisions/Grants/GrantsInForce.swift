// SPDX-License-Identifier: Apache-2.0

import Cedar
import Passports
import StrictJSON
import Synchronization
public import WireTypes

import struct Crypto.SHA256

/// The task grants that one call is judged by: those in force of whoever calls, and of those on whose authority that is.
public struct GrantsInForce: Sendable {
    /// The grants, sorted by id.
    public let grants: [TaskGrant]
    /// The operator's policies and the grants'.
    public let book: PolicyBook
    /// Their policies' texts, as the evidence keeps them.
    let texts: [Content]
    /// The ids of their policies.
    let permits: Set<UTF8String>

    /// Reads the policies of grants.
    ///
    /// - Parameter content: a document by its digest.
    /// - Throws: `PolicyBook.Failure` where a text is gone, is another, or permits anything to anybody else.
    init<Failure: Error>(
        _ grants: [TaskGrant], over base: PolicyBook, content: (Digest) throws(Failure) -> [UInt8]?
    ) throws {
        var texts: [Content] = []
        var files: [(name: UTF8String, digest: Digest, file: PolicyFile)] = []
        var permits: Set<UTF8String> = []
        for grant in grants {
            guard let bytes = try content(grant.policy),
                Digest(SHA256.hash(data: bytes)) == grant.policy
            else { throw PolicyBook.Failure(lines: ["the record has no policy of the task grant \(grant.id)"]) }
            let file = PolicyFile(name: UTF8String("grants/\(grant.id).cedar"), bytes: bytes)
            permits.formUnion(try Self.permits(of: grant, file))
            texts.append(Content(digest: grant.policy, bytes: bytes))
            files.append((name: UTF8String("grants/\(grant.id)"), digest: grant.policy, file: file))
        }
        self.grants = grants
        self.texts = texts
        self.permits = permits
        book = try base.adding(files)
    }

    /// The ids of a grant's policies. Whatever wrote the text: it permits something to its own agent, and no more.
    private static func permits(of grant: TaskGrant, _ file: PolicyFile) throws(PolicyBook.Failure) -> [UTF8String] {
        let policies: PolicySet
        do throws(PolicyErrors) { policies = try PolicySet.parse([file], naming: .idOrPosition) } catch {
            throw PolicyBook.Failure(lines: error.all.map(\.description))
        }
        let agent = EntityConstraint.equal(.entity(EntityUID(type: .agent, id: grant.agentID)))
        let prefix = GrantPolicy.idPrefix(grant.id)
        let isItsOwn = policies.policies.allSatisfy { policy in
            policy.effect == .permit && policy.principal == agent && policy.id.hasPrefix(prefix)
                && policy.annotations.all.map(\.name) == ["id"]
        }
        guard isItsOwn, policies.templates.isEmpty else {
            throw PolicyBook.Failure(
                lines: ["the policy of the task grant \(grant.id) is not of its agent alone: revoke it"])
        }
        return policies.policies.map(\.id)
    }
}

extension GrantsInForce {
    /// The grants that a credential's agent has at a moment; `nil` where it has none, or is nobody.
    ///
    /// - Throws: `LedgerError` where their policies cannot be had: then nothing of that agent's can be judged.
    public static func of(
        _ credential: Credential, _ state: LedgerState, _ rulebook: Rulebook, at now: Timestamp,
        passports: PassportVerifier = PassportVerifier(),
        content: (Digest) throws(LedgerError) -> [UInt8]?
    ) throws(LedgerError) -> GrantsInForce? {
        try of(credential, state, rulebook, at: now, passports, GrantBooks(), content)
    }

    static func of(
        _ credential: Credential, _ state: LedgerState, _ rulebook: Rulebook, at now: Timestamp,
        _ passports: PassportVerifier, _ books: GrantBooks,
        _ content: (Digest) throws(LedgerError) -> [UInt8]?
    ) throws(LedgerError) -> GrantsInForce? {
        guard !state.grants.isEmpty, rulebook.takesGrants,
            case .success(let agent) = passports.present(credential, to: rulebook).verified(at: now, rulebook)
        else { return nil }
        let grants = state.grants.inForce(of: agent.line.map(\.identity.agentID), at: now)
        guard !grants.isEmpty else { return nil }
        return try books.inForce(grants, over: rulebook.policies, content)
    }
}

/// Sets of policies with grants, as they were read before: the same grants over the same policies are the same.
final class GrantBooks: Sendable {
    private struct Key: Hashable {
        let policies: Digest
        let grants: [TaskGrant]
    }

    private let known = Mutex<[Key: GrantsInForce]>([:])

    /// The policies of grants, over an operator's.
    func inForce(
        _ grants: [TaskGrant], over base: PolicyBook, _ content: (Digest) throws(LedgerError) -> [UInt8]?
    ) throws(LedgerError) -> GrantsInForce {
        let key = Key(policies: base.digest, grants: grants)
        if let found = known.withLock({ $0[key] }) { return found }
        let made: GrantsInForce
        do {
            made = try GrantsInForce(grants, over: base, content: content)
        } catch let error as LedgerError {
            throw error
        } catch {
            throw LedgerError(.notFound, "a task grant cannot be used: \(error)")
        }
        known.withLock { known in
            if known.count >= Limits.grantBooksRemembered { known = [:] }
            known[key] = made
        }
        return made
    }
}

extension DecisionPipeline {
    /// The grants that a call is judged by.
    func grants(
        of credential: Credential, _ state: LedgerState, _ rulebook: Rulebook, at now: Timestamp
    ) throws(LedgerError) -> GrantsInForce? {
        try GrantsInForce.of(credential, state, rulebook, at: now, passports, grantBooks) {
            (digest) throws(LedgerError) in try ports.ledger.content(digest)
        }
    }
}

// MARK: in evidence

extension TaskGrant {
    /// As evidence keeps it.
    var archived: JSON {
        var object = JSONObject()
        object.add("id", .text(id.text))
        object.add("agent_id", .string(agentID))
        object.add("policy", .text(policy.base64URL))
        object.add("session", session.map(JSON.string))
        object.add("given_at", .text(givenAt.text))
        object.add("until", .text(until.text))
        return .object(object)
    }

    init?(archived json: JSON) {
        guard let id = UUIDv7(parsing: json["id"]?.string?.string ?? ""), let agent = json["agent_id"]?.string,
            let policy = Digest(base64URL: json["policy"]?.string?.string ?? ""),
            let given = Timestamp(parsing: json["given_at"]?.string?.string ?? ""),
            let until = Timestamp(parsing: json["until"]?.string?.string ?? "")
        else { return nil }
        self.init(
            id: id, agentID: agent, policy: policy, session: json["session"]?.string, givenAt: given, until: until)
    }
}

extension GrantsInForce {
    /// Those of a record of evidence.
    init(archived list: [JSON], over base: PolicyBook, content: (Digest) throws -> [UInt8]?) throws {
        let grants = list.compactMap(TaskGrant.init)
        guard grants.count == list.count else {
            throw ArchivedDecision.Failure("the evidence's task grants cannot be read")
        }
        do {
            try self.init(grants, over: base, content: content)
        } catch let error as PolicyBook.Failure {
            throw ArchivedDecision.Failure("the evidence's task grants cannot be used: \(error)")
        }
    }
}
