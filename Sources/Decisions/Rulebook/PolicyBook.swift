// SPDX-License-Identifier: Apache-2.0

public import Cedar
import Receipts
public import StrictJSON
public import WireTypes

import struct Crypto.SHA256

/// The policies in force: read, their annotations checked, and what the annotations say at hand.
///
/// A class, since every decision passes it on.
public final class PolicyBook: Sendable {
    /// All policies, enforced and shadow.
    public let policies: PolicySet
    /// The enforced ones.
    public let enforced: PolicySet
    /// The operator's files as they were read, sorted by name; kept with the evidence for a replay.
    public let files: [PolicyFile]
    /// SHA-256 of the canonical list of [name, SHA-256 of bytes]; with task grants, of `policies` and this digest of the
    /// operator's, and of each grant and its own.
    public let digest: Digest
    /// One document that holds the operator's files, as the evidence keeps it: canonical JSON of [[name, text], …].
    public let archive: Content
    /// Policies that are only watched: they never allow and never deny.
    public let shadow: Set<UTF8String>
    /// By policy: the group that must approve.
    public let approvals: [UTF8String: UTF8String]

    /// Why policies cannot be in force: one line a mistake, `file:line:column: what`.
    public struct Failure: Error, Sendable, CustomStringConvertible {
        /// The mistakes.
        public let lines: [String]
        /// The lines together.
        public var description: String { lines.joined(separator: "\n") }
    }

    /// Reads and checks policies.
    ///
    /// - Throws: `Failure` with every mistake: of Cedar's syntax, of ids, or of annotations, of which an unknown one is
    ///   an error, since a misspelt `@mode` would enforce the wrong thing.
    public init(_ files: [PolicyFile]) throws(Failure) {
        let sorted = files.sorted { $0.name < $1.name }
        do throws(PolicyErrors) {
            policies = try PolicySet.parse(sorted, naming: .idOrPosition)
        } catch {
            throw Failure(lines: error.all.map(\.description))
        }
        guard let digest = ContentDigest.of(sorted.map { ($0.name, $0.bytes) }) else {
            throw Failure(lines: ["two policy files have the same name"])
        }
        self.files = sorted
        self.digest = digest
        archive = Self.archive(sorted)
        var shadow: Set<UTF8String> = []
        var approvals: [UTF8String: UTF8String] = [:]
        var mistakes: [String] = []
        for policy in policies.policies {
            mistakes += AnnotationRules.mistakes(in: policy)
            if policy.annotations["mode"] == "shadow" { shadow.insert(policy.id) }
            if let group = policy.annotations["approval"] { approvals[policy.id] = group }
        }
        guard mistakes.isEmpty else { throw Failure(lines: mistakes) }
        self.shadow = shadow
        enforced = shadow.isEmpty ? policies : policies.filter { !shadow.contains($0.id) }
        self.approvals = approvals
    }

    /// These policies and those of task grants.
    ///
    /// - Parameter grants: the files, with what the log calls them and their digests.
    /// - Throws: `Failure` where they do not go together: then an id is there twice.
    func adding(_ grants: [(name: UTF8String, digest: Digest, file: PolicyFile)]) throws(Failure) -> PolicyBook {
        let book = try PolicyBook(files + grants.map(\.file))
        guard
            let digest = ContentDigest.of(
                digests: [(name: "policies", digest: digest)] + grants.map { (name: $0.name, digest: $0.digest) })
        else { throw Failure(lines: ["two task grants have the same name"]) }
        return PolicyBook(book, files: files, archive: archive, digest: digest)
    }

    private init(_ book: PolicyBook, files: [PolicyFile], archive: Content, digest: Digest) {
        policies = book.policies
        enforced = book.enforced
        shadow = book.shadow
        approvals = book.approvals
        self.files = files
        self.archive = archive
        self.digest = digest
    }

    /// What a refused caller is told of a policy: its `@reason`, or its id.
    public func reason(of id: UTF8String) -> UTF8String { policies[id]?.annotations["reason"] ?? id }

    /// The code of a policy that refuses: its `@code`, or the one given.
    func code(of id: UTF8String, else code: ReasonCode) -> ReasonCode {
        policies[id]?.annotations["code"].flatMap { ReasonCode(rawValue: $0.string) } ?? code
    }

    /// The files of an archive.
    ///
    /// - Throws: `Failure` where it is none.
    public static func files(archive: [UInt8]) throws(Failure) -> [PolicyFile] {
        let list: [JSON]
        do throws(JSONError) {
            list = try JSON(parsing: archive, limits: JSONLimits(bytesMax: Limits.archiveBytes)).array ?? []
        } catch {
            throw Failure(lines: ["the archived policies cannot be read: \(error)"])
        }
        var files: [PolicyFile] = []
        for pair in list {
            guard let pair = pair.array, pair.count == 2, let name = pair[0].string, let text = pair[1].string else {
                throw Failure(lines: ["the archived policies cannot be read"])
            }
            files.append(PolicyFile(name: name, bytes: text.bytes))
        }
        return files
    }

    private static func archive(_ files: [PolicyFile]) -> Content {
        // Lists of texts: written and canonical form are the same. A file that has parsed is UTF-8.
        let pairs = files.map { JSON.array([.string($0.name), .string(UTF8String(validating: $0.bytes) ?? "")]) }
        let bytes = JSON.array(pairs).serialized()
        return Content(digest: Digest(SHA256.hash(data: bytes)), bytes: bytes)
    }
}
