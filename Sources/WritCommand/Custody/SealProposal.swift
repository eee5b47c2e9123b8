// SPDX-License-Identifier: Apache-2.0

import Decisions
import HomeFolder
import Receipts
import StrictJSON
import TransparencyLog
import WireTypes

/// What is about to be sealed: what the folder holds now, after the seal in force.
struct SealProposal {
    /// As it is so far, with the signatures that it has.
    var seal: Seal
    /// Who must sign it: those whom the seal in force names, before the first those whom the configuration does.
    let administration: Administration
    /// The seal in force.
    let previous: (digest: Digest, seal: Seal)?

    /// - Throws: `HomeError` where what the folder holds would not load, or names no administrators.
    init(_ home: Home, _ seals: SealBook, log: UTF8String, at now: Timestamp) throws {
        let found = try SealedFiles.read(home, maker: Installation.maker)
        guard let administration = found.configuration.administration else {
            throw CommandFailure(
                .configuration,
                "\(home.configuration) has no `administration`: nobody could sign; see docs/custody.md")
        }
        previous = try seals.inForce().map { ($0, try seals.seal($0)) }
        seal = Seal(
            log: log, after: previous, mode: found.configuration.mode, files: found.digests,
            administration: administration, madeAt: now)
        self.administration = previous?.seal.administration ?? administration
    }

    /// Takes a copy that others have signed.
    ///
    /// - Throws: `CommandFailure` where it is of something else than the folder holds now.
    mutating func take(_ copy: Seal, from path: String) throws {
        guard copy.isSame(as: seal) else {
            let differences = SealedFiles.differences(copy.files, seal.files)
            let what =
                copy.previous != seal.previous || copy.number != seal.number
                ? "another seal has been put in force since" : differences.first ?? "mode or administration are others"
            throw CommandFailure(
                .data, "what \(path) is to seal is not what is there now: \(what); make a new one with --sign-only")
        }
        var taken = copy
        if copy.madeAt == seal.madeAt { taken.take(signaturesOf: seal) }
        seal = taken
    }

    /// Adds the signature of whose key it is.
    ///
    /// - Throws: `CommandFailure` where it is nobody's who may sign.
    mutating func sign(with path: String) throws {
        let key = try KeyStore.approverKey(at: path)
        guard let name = administration.name(of: key.publicKey) else {
            throw CommandFailure(
                .data,
                "the key of \(path) is no administrator's; its public half is \(Base64URL.encode(key.publicKey.bytes))")
        }
        try seal.sign(as: name, with: key)
    }

    func signers() throws -> [UTF8String] { try seal.signers(of: administration) }

    /// What would change, for people.
    func lines() throws -> [String] {
        let before = previous?.seal
        var lines = ["seal      number \(seal.number) of \(Output.escaped(seal.log))"]
        lines.append(
            before.map {
                $0.mode == seal.mode
                    ? "mode      \(seal.mode.rawValue)" : "mode      \($0.mode.rawValue) -> \(seal.mode.rawValue)"
            }
                ?? "mode      \(seal.mode.rawValue)")
        for name in Set(seal.files.keys).union(before?.files.keys.map { $0 } ?? []).sorted() {
            let word: String
            switch (before?.files[name], seal.files[name]) {
            case (nil, _): word = "new"
            case (_, nil): word = "gone"
            case (let one, let other): word = one == other ? "same" : "changed"
            }
            lines.append(word.padding(to: 10) + Output.escaped(name))
        }
        if let before, before.administration != seal.administration {
            lines.append(
                "administration changes: " + Self.text(before.administration) + " -> " + Self.text(seal.administration))
        }
        let signers = try signers()
        let names = signers.isEmpty ? "nobody yet" : signers.map { Output.escaped($0) }.joined(separator: ", ")
        lines.append("signed    by \(names); \(administration.needed) of \(administration.keys.count) must sign")
        return lines
    }

    private static func text(_ administration: Administration) -> String {
        "\(administration.needed) of "
            + administration.keys.sorted { $0.key < $1.key }.map {
                "\(Output.escaped($0.key)) (\(Base64URL.encode($0.value.bytes).prefix(8)))"
            }.joined(separator: ", ")
    }
}

/// A proposal as a file, on its way between administrators.
enum SealFile {
    static func read(_ path: String) throws -> Seal {
        do throws(HomeError) {
            return try Seal(parsing: FileAccess.read(path, limit: 1 << 20))
        } catch {
            throw CommandFailure(.data, error.code == .malformed ? "\(path): \(error.message)" : error.message)
        }
    }

    static func write(_ seal: Seal, _ path: String) throws {
        try FileAccess.replace(path, seal.document().bytes, mode: 0o644)
    }
}
