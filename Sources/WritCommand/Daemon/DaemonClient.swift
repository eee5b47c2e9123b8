// SPDX-License-Identifier: Apache-2.0

import Decisions
import Glibc
import HomeFolder
import StrictJSON

/// Asks the installation's daemon. Whatever is not as it should be is no answer: who asked then decides by itself, on the
/// same ledger, and nothing that the daemon did or did not do becomes an allow.
enum DaemonClient {
    /// The daemon's answer; `nil` where there is none to be had.
    static func answer(_ question: DaemonQuestion, _ home: Home, milliseconds: Int64) -> ProcessAnswer? {
        // What most machines have to pay: one look.
        var status = stat()
        guard lstat(DaemonSocket.path(home), &status) == 0 else { return nil }
        do throws(DaemonTrouble) {
            return try ask(question, home, until: Deadline(milliseconds: milliseconds))
        } catch {
            return nil
        }
    }

    /// Asks, and says why there is no answer.
    static func ask(
        _ question: DaemonQuestion, _ home: Home, until deadline: Deadline
    ) throws(DaemonTrouble) -> ProcessAnswer {
        let handle = try HomeHandle(home)
        let descriptor = try connected(handle)
        defer { close(descriptor) }
        guard let view = FileView.text() else { throw DaemonTrouble("/proc cannot be read") }
        var salt: UInt64 = 0
        guard getentropy(&salt, 8) == 0 else { throw DaemonTrouble("no random numbers") }
        let id = UTF8String(String(salt, radix: 16))

        var frame = question.frame
        var header = Self.header(of: frame, id: id, view: view, milliseconds: deadline.left).object ?? JSONObject()
        header["home"] = .string(UTF8String(home.path))
        header["home_id"] = .string(UTF8String(handle.identity.text))
        frame.header = .object(header)
        try frame.write(to: descriptor, until: deadline)

        let answer = try DaemonFrame.read(from: descriptor, limit: DaemonLimits.answerBytes, until: deadline)
        try DaemonFrame.expectEnd(of: descriptor, until: deadline)
        return try Self.answer(answer, to: question, id: .string(id))
    }

    /// A request's header with what every request has.
    static func header(of frame: DaemonFrame, id: UTF8String, view: String, milliseconds: Int32) -> JSON {
        var header = frame.header.object ?? JSONObject()
        header["id"] = .string(id)
        header["writ"] = .string(UTF8String(Engine.version))
        header["view"] = .string(UTF8String(view))
        header["deadline_ms"] = .integer(Int(milliseconds))
        return .object(header)
    }

    /// What a frame says, where it is an answer to this question.
    static func answer(
        _ answer: DaemonFrame, to question: DaemonQuestion, id: JSON?
    ) throws(DaemonTrouble) -> ProcessAnswer {
        guard let id, answer.header["id"] == id else { throw DaemonTrouble("an answer to another question") }
        if let why = answer.header["declined"]?.string {
            throw DaemonTrouble("it declines: \(Output.escaped(why))")
        }
        guard let status = answer.header["status"]?.int64, let length = answer.header["output"]?.int64,
            (0...Int64(answer.body.count)).contains(length),
            let status = Int32(exactly: status), question.statuses.contains(status)
        else { throw DaemonTrouble("no answer of this version's") }
        return ProcessAnswer(
            output: Array(answer.body.prefix(Int(length))), errors: Array(answer.body.dropFirst(Int(length))),
            status: status)
    }

    /// A connection to a socket that is ours alone, behind which this very program listens, run by us or by root.
    private static func connected(_ handle: HomeHandle) throws(DaemonTrouble) -> Int32 {
        guard let status = handle.status(DaemonSocket.name) else { throw DaemonTrouble("there is no daemon") }
        guard status.st_mode & S_IFMT == S_IFSOCK, status.st_mode & 0o077 == 0, FileOwner.isTrusted(status.st_uid)
        else { throw DaemonTrouble("the socket is not one of the daemon's") }
        let descriptor = DaemonSocket.make()
        guard descriptor >= 0 else { throw DaemonTrouble("no socket: \(String(cString: strerror(errno)))") }
        do throws(DaemonTrouble) {
            guard LocalAddress.with(handle.path(DaemonSocket.name), { connect(descriptor, $0, $1) }) == 0 else {
                throw DaemonTrouble("nobody listens (\(String(cString: strerror(errno))))")
            }
            guard let peer = DaemonSocket.peer(of: descriptor), FileOwner.isTrusted(peer.user) else {
                throw DaemonTrouble("another user listens")
            }
            guard let own = FileIdentity("/proc/self/exe"), FileIdentity("/proc/\(peer.process)/exe") == own else {
                throw DaemonTrouble("another program listens (process \(peer.process)); was Writ replaced?")
            }
            return descriptor
        } catch {
            close(descriptor)
            throw error
        }
    }
}
