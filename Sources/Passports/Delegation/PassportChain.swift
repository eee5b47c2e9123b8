// SPDX-License-Identifier: Apache-2.0

public import StrictJSON

/// What an agent presents: one passport, or a chain of passports each of which rests on the one before,
/// `{"type":"writ.passport-chain/1","chain":[…]}`, the root first.
///
/// Nothing in it counts before `verified(by:)`.
public struct PassportChain: Sendable, Equatable {
    /// The files, the root first; at least one, at most eight.
    public let files: [PassportFile]
    /// The whole in canonical form, which archives keep: of one passport, its file's.
    public let canonicalBytes: [UInt8]

    /// Reads a passport file or a chain file.
    ///
    /// - Throws: `PassportError` for anything else, and for more than 64 KiB or eight passports.
    public init(parsing bytes: [UInt8]) throws(PassportError) {
        let json: JSON
        do throws(JSONError) { json = try JSON(parsing: bytes, limits: PassportLimits.chain) } catch {
            throw .malformed(error)
        }
        guard json["type"] == .string(Self.type) else {
            try self.init([PassportFile(parsing: bytes)])
            return
        }
        let members = try Members(json, at: JSONPointer())
        try members.only(["type", "chain"])
        let elements = try members.array("chain")
        guard elements.count > 1 else {
            throw Members.invalid(members.place("chain"), "a chain has at least two passports; present one as it is")
        }
        try Members.bound(elements.count, PassportLimits.chainMax, members.place("chain"))
        var files: [PassportFile] = []
        for (index, element) in elements.enumerated() {
            guard element["type"] == .string(PassportFile.type) else {
                throw PassportError(
                    .notAPassport, at: members.place("chain").appending(UTF8String(String(index))),
                    "not a file of type \(PassportFile.type)", "chains are made by `writ passport delegate`")
            }
            files.append(try PassportFile(element))
        }
        try self.init(files)
    }

    /// A chain of files, the root first.
    ///
    /// - Throws: `PassportError` (`limitExceeded`) where there is none, or more than eight, or more than 64 KiB.
    public init(_ files: [PassportFile]) throws(PassportError) {
        guard let root = files.first else { throw Members.invalid(JSONPointer(["chain"]), "a chain has a root") }
        try Members.bound(files.count, PassportLimits.chainMax, JSONPointer(["chain"]))
        self.files = files
        guard files.count > 1 else {
            canonicalBytes = root.canonicalBytes
            return
        }
        do throws(JSONError) { canonicalBytes = try Self.json(files).canonical() } catch { throw .malformed(error) }
        guard bytes.count <= PassportLimits.fileBytesMax else {
            throw PassportError(
                .limitExceeded, at: JSONPointer(["chain"]), "the chain would have \(bytes.count) bytes",
                "at most \(PassportLimits.fileBytesMax) are read")
        }
    }

    /// The same, and one more that rests on it.
    ///
    /// - Throws: `PassportError` as the initialiser.
    public func appending(_ file: PassportFile) throws(PassportError) -> PassportChain {
        try PassportChain(files + [file])
    }

    /// The passport that the whole is presented for.
    public var leaf: PassportFile { files[files.count - 1] }

    /// The text, for people and disks.
    public var bytes: [UInt8] { files.count == 1 ? leaf.bytes : Self.json(files).pretty() }

    /// `writ.passport-chain/1`.
    public static let type: UTF8String = "writ.passport-chain/1"

    private static func json(_ files: [PassportFile]) -> JSON {
        ["type": .string(type), "chain": .array(files.map(\.json))]
    }
}
