// SPDX-License-Identifier: Apache-2.0

import Decisions
import Foundation
import Gateway
import Glibc
import HomeFolder
import StrictJSON
import Synchronization

/// Listens, and answers each connection's one request on a thread of its own, so that a slow one holds no other.
final class DaemonService: Sendable {
    private struct Counts {
        var connections = 0
        var bytes = 0
        var answered = 0
        var declined = 0
        var refused = 0
    }

    private let home: Home
    private let realPath: String
    private let handle: HomeHandle
    private let desk: DaemonDesk
    private let listener: Int32
    private let door: DaemonDoor?
    private let began: String
    private let counts = Mutex(Counts())
    private let isEnding = Atomic<Bool>(false)

    /// - Parameters:
    ///   - listener: listens already; nobody else closes it.
    ///   - door: where other users ask.
    init(_ home: Home, _ handle: HomeHandle, _ desk: DaemonDesk, listener: Int32, door: DaemonDoor? = nil) {
        self.door = door
        self.home = home
        self.handle = handle
        self.desk = desk
        self.listener = listener
        began = "\(SystemClock().now())"
        realPath = SystemPaths().resolve(UTF8String(home.path)).first?.string ?? home.path
    }

    /// Ends the service: what is in flight is answered still.
    func end() {
        isEnding.store(true, ordering: .sequentiallyConsistent)
        // Wakes whoever waits for connections.
        shutdown(listener, Int32(SHUT_RDWR))
        if let door { shutdown(door.listener.descriptor, Int32(SHUT_RDWR)) }
    }

    /// Accepts until the service is ended or no longer wanted. Gives the reason.
    ///
    /// - Parameter isOurs: whether the socket is still in its place.
    func run(isOurs: () -> Bool) -> String {
        var reason = "it was asked to end"
        while !isEnding.load(ordering: .sequentiallyConsistent) {
            var entries = [listener, door?.listener.descriptor ?? -1].map {
                pollfd(fd: $0, events: Int16(POLLIN), revents: 0)
            }
            let ready = poll(&entries, 2, DaemonLimits.watchMilliseconds)
            if isEnding.load(ordering: .sequentiallyConsistent) { break }
            if ready > 0 {
                if entries[0].revents != 0 { accept(listener, nil) }
                if let door, entries[1].revents != 0 { accept(door.listener.descriptor, door) }
            } else if !isOurs() {
                reason = "its socket was removed or replaced"
                break
            } else if let found = desk.reasonToEnd {
                reason = found
                break
            }
        }
        drain()
        return reason
    }

    private func drain() {
        let deadline = Deadline(milliseconds: DaemonLimits.drainMilliseconds)
        while counts.withLock({ $0.connections > 0 }), !deadline.isPast { usleep(1_000) }
    }

    // MARK: connections

    private func accept(_ listener: Int32, _ door: DaemonDoor?) {
        let connection = Glibc.accept(listener, nil, nil)
        guard connection >= 0 else {
            // Out of descriptors: whoever waits decides by itself after its time.
            if errno == EMFILE || errno == ENFILE { usleep(1_000) }
            return
        }
        _ = fcntl(connection, F_SETFD, FD_CLOEXEC)
        _ = fcntl(connection, F_SETFL, O_NONBLOCK)
        let asker = door?.asker(of: connection)
        let isTrusted =
            door == nil
            ? DaemonSocket.peer(of: connection).map { FileOwner.isTrusted($0.user) } ?? false : asker != nil
        let isTaken = counts.withLock { counts in
            guard isTrusted, counts.connections < DaemonLimits.connections else {
                counts.refused += 1
                return false
            }
            counts.connections += 1
            return true
        }
        guard isTaken else {
            close(connection)
            return
        }
        Thread.detachNewThread {
            self.serve(connection, asker)
            close(connection)
            self.counts.withLock { $0.connections -= 1 }
        }
    }

    private func serve(_ connection: Int32, _ asker: Asker?) {
        var taken = 0
        defer { counts.withLock { $0.bytes -= taken } }
        let request: DaemonFrame
        do throws(DaemonTrouble) {
            request = try DaemonFrame.read(
                from: connection, limit: DaemonLimits.bodyBytes,
                until: Deadline(milliseconds: DaemonLimits.transferMilliseconds),
                accept: { length in
                    let isTaken = counts.withLock { counts in
                        guard counts.bytes + length <= DaemonLimits.bytesInFlight else { return false }
                        counts.bytes += length
                        return true
                    }
                    if isTaken { taken = length }
                    return isTaken
                })
        } catch {
            // Whoever sends what is no request is told nothing.
            counts.withLock { $0.refused += 1 }
            return
        }
        var answer = answer(request, asker)
        if asker != nil {
            guard let signed = door?.signed(answer, to: request) else { return }
            answer = signed
        }
        do throws(DaemonTrouble) {
            try answer.write(to: connection, until: Deadline(milliseconds: DaemonLimits.transferMilliseconds))
        } catch {
            // It has decided by itself meanwhile.
        }
        if asker == nil, DaemonQuestion(request).map({ if case .stop = $0 { true } else { false } }) == true { end() }
    }

    private func answer(_ request: DaemonFrame, _ asker: Asker?) -> DaemonFrame {
        var header = JSONObject()
        header["id"] = request.header["id"] ?? .null
        do throws(DaemonTrouble) {
            let answer = if let asker { try decide(request, for: asker) } else { try decide(request) }
            header["status"] = .integer(Int(answer.status))
            header["output"] = .integer(answer.output.count)
            return DaemonFrame(header: .object(header), body: answer.output + answer.errors)
        } catch {
            counts.withLock { $0.declined += 1 }
            header["declined"] = .string(UTF8String(String(error.what.prefix(500))))
            return DaemonFrame(header: .object(header), body: [])
        }
    }

    private func decide(_ request: DaemonFrame) throws(DaemonTrouble) -> ProcessAnswer {
        let header = request.header
        guard let question = DaemonQuestion(request) else { throw DaemonTrouble("not a question of this version's") }
        guard header["writ"]?.string == UTF8String(Engine.version) else {
            throw DaemonTrouble("another version of Writ")
        }
        switch question {
        case .status: return ProcessAnswer(output: report().serialized(), errors: [], status: 0)
        case .stop: return ProcessAnswer(output: [], errors: [], status: 0)
        case .hook, .check: break
        }
        let path = header["home"]?.string
        guard path == UTF8String(home.path) || path == UTF8String(realPath),
            header["home_id"]?.string == UTF8String(handle.identity.text)
        else { throw DaemonTrouble("another installation") }
        guard let view = FileView.text(), header["view"]?.string == UTF8String(view) else {
            throw DaemonTrouble("the files are seen from elsewhere, as in a container")
        }
        let time = min(header["deadline_ms"]?.int64 ?? 0, DaemonLimits.patienceMilliseconds)
        let deadline = Deadline(milliseconds: max(0, time))
        guard !deadline.isPast else { throw DaemonTrouble("no time") }
        let answer = try desk.answer(question, until: deadline)
        counts.withLock { $0.answered += 1 }
        return answer
    }

    /// What a user asks who is kept apart: decisions and nothing else, as the agent that this user is.
    private func decide(_ request: DaemonFrame, for asker: Asker) throws(DaemonTrouble) -> ProcessAnswer {
        let header = request.header
        guard let question = DaemonQuestion(request)?.asked(by: asker) else {
            throw DaemonTrouble("not a question that may be asked here: who you are is what your user is")
        }
        guard header["writ"]?.string == UTF8String(Engine.version) else {
            throw DaemonTrouble("another version of Writ")
        }
        guard let view = FileView.text(), header["view"]?.string == UTF8String(view) else {
            throw DaemonTrouble("the files are seen from elsewhere, as in a container")
        }
        let time = min(header["deadline_ms"]?.int64 ?? 0, DaemonLimits.doorMilliseconds)
        let deadline = Deadline(milliseconds: max(0, time))
        guard !deadline.isPast else { throw DaemonTrouble("no time") }
        let answer = try desk.answer(question, until: deadline)
        counts.withLock { $0.answered += 1 }
        return answer
    }

    private func report() -> JSON {
        let counts = counts.withLock { $0 }
        return [
            "process": .integer(Int(getpid())), "version": .text(Engine.version), "home": .text(home.path),
            "since": .text(began), "answered": .integer(counts.answered), "declined": .integer(counts.declined),
            "custody": .text(desk.custody.custody), "fault": desk.custody.fault.map { .string($0) } ?? .null,
            "refused": .integer(counts.refused), "in_flight": .integer(counts.connections - 1),
        ]
    }
}
