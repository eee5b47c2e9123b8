// SPDX-License-Identifier: Apache-2.0

import WireTypes

/// Why a bundle does not prove its entry.
public enum LogProofError: Error, Sendable, Equatable, CustomStringConvertible {
    /// Over `LogLimits.bundleBytesMax`, or not of the format, with the number of the line (from 1) that is not.
    case malformed(line: Int)
    /// The checkpoint.
    case checkpoint(CheckpointError)
    /// The way from the entry to the checkpoint's root.
    case inclusion(ProofError)

    /// For people.
    public var description: String {
        switch self {
        case .malformed(let line): "not a tlog-proof: line \(line)"
        case .checkpoint(let error): "checkpoint: \(error)"
        case .inclusion(let error): "inclusion: \(error)"
        }
    }
}

/// An entry's way into a log, in one file (C2SP tlog-proof): index, inclusion proof and signed checkpoint.
///
/// `extra` is not authenticated by the format. Writ puts the entry there, and what is proved is the entry that
/// `verify(entry:trust:)` is given, whose leaf hash it computes.
public struct LogProof: Sendable, Hashable {
    /// Anything; in Writ's bundles the entry.
    public let extra: [UInt8]?
    /// Index and hashes.
    public let inclusion: InclusionProof
    /// The checkpoint with its signatures.
    public let checkpoint: Note

    /// A bundle of its parts.
    public init(extra: [UInt8]?, inclusion: InclusionProof, checkpoint: Note) {
        self.extra = extra
        self.inclusion = inclusion
        self.checkpoint = checkpoint
    }

    /// Reads a bundle; nothing is checked but its form.
    ///
    /// - Throws: `LogProofError.malformed`, or `.checkpoint(.note(…))` for the note in it.
    public init(parsing bytes: [UInt8]) throws(LogProofError) {
        guard bytes.count <= LogLimits.bundleBytesMax else { throw .malformed(line: 0) }
        var lines = Lines(rest: bytes[...])
        guard lines.next() == Array(Self.header.utf8) else { throw .malformed(line: 1) }
        var line = lines.next()
        if let value = line?.value(after: "extra ") {
            guard let decoded = Base64.decode(String(decoding: value, as: UTF8.self)),
                decoded.count <= LogLimits.entryBytesMax
            else { throw .malformed(line: lines.number) }
            extra = decoded
            line = lines.next()
        } else {
            extra = nil
        }
        guard let index = line?.value(after: "index ").flatMap({ Decimal.parse($0) }) else {
            throw .malformed(line: lines.number)
        }
        var hashes: [Digest] = []
        while true {
            guard let text = lines.next() else { throw .malformed(line: lines.number) }
            if text.isEmpty { break }
            guard hashes.count < LogLimits.inclusionHashesMax,
                let digest = Base64.decode(String(decoding: text, as: UTF8.self)).flatMap({ Digest(bytes: $0) })
            else { throw .malformed(line: lines.number) }
            hashes.append(digest)
        }
        inclusion = InclusionProof(index: index, hashes: hashes)
        do throws(NoteError) {
            checkpoint = try Note(parsing: Array(lines.rest))
        } catch {
            throw .checkpoint(.note(error))
        }
    }

    /// The bundle's bytes; the usual name is `….tlog-proof`.
    public var bytes: [UInt8] {
        var text = Self.header + "\n"
        if let extra { text += "extra " + Base64.encode(extra) + "\n" }
        text += "index \(inclusion.index)\n"
        for hash in inclusion.hashes { text += Base64.encode(hash.bytes) + "\n" }
        return Array((text + "\n").utf8) + checkpoint.bytes
    }

    /// Checks that the log which is trusted holds these bytes as the entry at `inclusion.index`.
    ///
    /// - Throws: `LogProofError` where it is not proved.
    public func verify(entry: [UInt8], trust: LogTrust) throws(LogProofError) -> VerifiedCheckpoint {
        let verified: VerifiedCheckpoint
        do throws(CheckpointError) {
            verified = try trust.verify(checkpoint)
        } catch {
            throw .checkpoint(error)
        }
        do throws(ProofError) {
            try inclusion.verify(
                leaf: TreeHash.leaf(entry), size: verified.checkpoint.size, root: verified.checkpoint.root)
        } catch {
            throw .inclusion(error)
        }
        return verified
    }

    private static let header = "c2sp.org/tlog-proof@v1"
}

/// Lines that each end with a newline, taken from the front.
private struct Lines {
    var rest: ArraySlice<UInt8>
    /// Of the line last taken, from 1.
    var number = 0

    mutating func next() -> [UInt8]? {
        number += 1
        guard let end = rest.firstIndex(of: UInt8(ascii: "\n")) else { return nil }
        let line = Array(rest[..<end])
        rest = rest[(end + 1)...]
        return line
    }
}

extension [UInt8] {
    fileprivate func value(after prefix: String) -> ArraySlice<UInt8>? {
        starts(with: prefix.utf8) ? dropFirst(prefix.utf8.count) : nil
    }
}
