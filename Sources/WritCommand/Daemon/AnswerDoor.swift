// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Glibc
import HomeFolder
import StrictJSON
import TransparencyLog
import WireTypes

import struct Crypto.SHA256

/// Where a hook or a check of another user asks in mode `protected`, and whose answers it believes.
struct AnswerDoor: Equatable, Sendable {
    /// The socket, absolute.
    let socket: String
    /// The user that must listen there.
    let user: uid_t
    /// The key that answers are signed with.
    let key: Ed25519PublicKey

    /// What was named; `nil` where nothing was.
    ///
    /// - Throws: `CommandFailure` for what is half named, or is nobody and nowhere.
    static func named(_ socket: String?, _ user: String?, _ key: String?) throws -> AnswerDoor? {
        if socket == nil, user == nil, key == nil { return nil }
        guard let socket, let user, let key else {
            throw CommandFailure(.usage, "--socket, --socket-user and --socket-key go together")
        }
        guard socket.hasPrefix("/") else { throw CommandFailure(.usage, "--socket must be an absolute path") }
        guard let number = SystemUser.number(user) else {
            throw CommandFailure(.usage, "--socket-user: there is no user \(Output.escaped(UTF8String(user)))")
        }
        guard let key = Base64URL.decode(key).flatMap({ Ed25519PublicKey(bytes: $0) }) else {
            throw CommandFailure(
                .usage, "--socket-key is an Ed25519 public key as base64url, as `writ custody door` prints it")
        }
        return AnswerDoor(socket: socket, user: number, key: key)
    }

    /// That of a protected installation. Makes the key of its answers where there is none, as its owner.
    ///
    /// - Throws: `CommandFailure` where it has none; `HomeError`.
    static func of(_ home: Home, _ configuration: Configuration) throws -> AnswerDoor {
        guard configuration.mode == .protected, let socket = configuration.protection.socket else {
            throw CommandFailure(.configuration, "\(home.configuration) has no mode: protected with protected/socket")
        }
        let keys = KeyStore(home)
        let keeper = try FileOwner.of(home.path)
        if keeper == geteuid() {
            let key = try keys.answersKey(fresh: SystemRandom().bytes(32))
            return AnswerDoor(socket: socket, user: keeper, key: key.publicKey)
        }
        // A key that another user makes is one that the daemon could not read.
        guard FileAccess.exists(keys.publicPath(.answers)) else {
            throw CommandFailure(
                .configuration,
                "\(home.path) has no key for its answers yet, and belongs to \(SystemUser.name(keeper)): as that user, run "
                    + "`writ custody door --home \(home.path)` first")
        }
        return AnswerDoor(
            socket: socket, user: keeper, key: try KeyStore.publicKey(at: keys.publicPath(.answers)))
    }

    /// As a command line has it.
    var arguments: [String] {
        ["--socket", socket, "--socket-user", "\(user)", "--socket-key", Base64URL.encode(key.bytes)]
    }
}

/// `--socket`, `--socket-user`, `--socket-key`.
struct DoorOptions: ParsableArguments {
    @Option(help: "Ask at this socket and nowhere else; absolute. For mode protected, see docs/custody.md.")
    var socket: String?
    @Option(name: .customLong("socket-user"), help: "The user, by name or number, that must listen there.")
    var socketUser: String?
    // A key as base64url can begin with a dash.
    @Option(
        name: .customLong("socket-key"), parsing: .unconditional,
        help: "The public key that its answers must be signed with.")
    var socketKey: String?

    func door() throws -> AnswerDoor? { try AnswerDoor.named(socket, socketUser, socketKey) }
}

/// What ties an answer to its question: a signature of the daemon's, with a key for nothing else.
enum AnswerSignature {
    /// `writ.answer/1`, a newline, and SHA-256 of the digests of the question's header and body and the answer's, each as it
    /// was sent, the answer's without `signature`. The question's `id` is random, so that no answer fits twice.
    static func message(_ question: DaemonFrame, _ answer: DaemonFrame) -> [UInt8] {
        var parts: [UInt8] = []
        for bytes in [question.header.serialized(), question.body, answer.header.serialized(), answer.body] {
            parts += Array(SHA256.hash(data: bytes))
        }
        return Array("writ.answer/1\n".utf8) + Array(SHA256.hash(data: parts))
    }
}

/// Asks at a door. There is no second way: what is wrong is a refusal.
enum DoorClient {
    static func ask(_ question: DaemonQuestion, _ door: AnswerDoor, milliseconds: Int64) throws -> ProcessAnswer {
        do throws(DaemonTrouble) {
            return try ask(question, door, until: Deadline(milliseconds: milliseconds))
        } catch {
            throw CommandFailure(.configuration, "\(door.socket): \(error.what)")
        }
    }

    private static func ask(
        _ question: DaemonQuestion, _ door: AnswerDoor, until deadline: Deadline
    ) throws(DaemonTrouble) -> ProcessAnswer {
        let descriptor = try connected(door)
        defer { close(descriptor) }
        guard let view = FileView.text() else { throw DaemonTrouble("/proc cannot be read") }
        var salt = [UInt8](repeating: 0, count: 32)
        guard getentropy(&salt, salt.count) == 0 else { throw DaemonTrouble("no random numbers") }
        var frame = question.frame
        frame.header = DaemonClient.header(
            of: frame, id: UTF8String(Hex.encode(salt)), view: view, milliseconds: deadline.left)
        try frame.write(to: descriptor, until: deadline)
        var answer = try DaemonFrame.read(from: descriptor, limit: DaemonLimits.answerBytes, until: deadline)
        try DaemonFrame.expectEnd(of: descriptor, until: deadline)
        var header = answer.header.object ?? JSONObject()
        let signature = header["signature"]?.string.flatMap { Base64URL.decode($0.string) }
        header["signature"] = nil
        answer.header = .object(header)
        // Before anything that it says is looked at.
        guard let signature, door.key.isValid(signature: signature, for: AnswerSignature.message(frame, answer)) else {
            throw DaemonTrouble("the answer is not signed with the key that was named; who listens there?")
        }
        return try DaemonClient.answer(answer, to: question, id: frame.header["id"])
    }

    /// A connection to a socket behind which the named user listens.
    private static func connected(_ door: AnswerDoor) throws(DaemonTrouble) -> Int32 {
        let descriptor = DaemonSocket.make()
        guard descriptor >= 0 else { throw DaemonTrouble("no socket: \(String(cString: strerror(errno)))") }
        do throws(DaemonTrouble) {
            guard LocalAddress.with(door.socket, { connect(descriptor, $0, $1) }) == 0 else {
                throw DaemonTrouble("nobody listens (\(String(cString: strerror(errno))))")
            }
            guard let peer = DaemonSocket.peer(of: descriptor), peer.user == door.user else {
                throw DaemonTrouble("another user listens than \(SystemUser.name(door.user))")
            }
            return descriptor
        } catch {
            close(descriptor)
            throw error
        }
    }
}
