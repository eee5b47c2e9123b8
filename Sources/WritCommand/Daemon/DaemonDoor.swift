// SPDX-License-Identifier: Apache-2.0

import Glibc
import HomeFolder
import StrictJSON
import TransparencyLog
import WireTypes

/// Who asks at the protected socket, as the kernel has it.
struct Asker: Sendable {
    /// The user.
    let user: uid_t
    /// The agent that runs as this user.
    let agent: UTF8String

    /// The user's home folder; `nil` where there is none.
    let home: String?
}

/// The socket that agents' users ask at in mode `protected`: it answers those that the configuration names, each as its
/// agent, and signs what it answers.
final class DaemonDoor: Sendable {
    let listener: DaemonListener
    let key: Ed25519KeyPair
    /// Looked up once: the system's user data base is not for several threads.
    private let askers: [uid_t: Asker]

    /// The door that a configuration asks for; `nil` where it has none.
    ///
    /// - Throws: `CommandFailure` where it cannot be kept.
    init?(_ home: Home, _ configuration: Configuration) throws {
        guard configuration.mode == .protected, let path = configuration.protection.socket else { return nil }
        var askers: [uid_t: Asker] = [:]
        for user in configuration.protection.users {
            guard let number = SystemUser.number(user.name), askers[number] == nil else {
                throw CommandFailure(
                    .configuration, "protected/users/\(user.name): there is no such user, or it is there twice")
            }
            askers[number] = Asker(user: number, agent: user.agent, home: SystemUser.home(number))
        }
        self.askers = askers
        key = try KeyStore(home).answersKey(fresh: SystemRandom().bytes(32))
        let place = path.lastIndex(of: "/") ?? path.startIndex
        let handle: HomeHandle
        do throws(DaemonTrouble) { handle = try HomeHandle(shared: String(path[..<place])) } catch {
            throw CommandFailure(.configuration, "protected/socket: \(error.what)")
        }
        listener = try DaemonListener(
            path, in: handle, name: String(path[path.index(after: place)...]), isShared: true)
    }

    /// Who is at the other end of a connection; `nil` for nobody who may ask.
    func asker(of connection: Int32) -> Asker? {
        DaemonSocket.peer(of: connection).flatMap { askers[$0.user] }
    }

    /// The answer with its signature; `nil` where the key does not sign.
    func signed(_ answer: DaemonFrame, to question: DaemonFrame) -> DaemonFrame? {
        var signed = answer
        var header = answer.header.object ?? JSONObject()
        do throws(SigningError) {
            header["signature"] = .text(
                Base64URL.encode(try key.sign(AnswerSignature.message(question, answer))))
        } catch {
            return nil
        }
        signed.header = .object(header)
        return signed
    }
}
