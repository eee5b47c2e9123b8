// SPDX-License-Identifier: Apache-2.0

import Decisions
import MCP
import StrictJSON
import Synchronization

/// One run of the door: the client's streams, its conversation, and how they end.
final class StdioRun: Sendable {
    /// What ends a run: the first counts.
    private enum Ending: Sendable {
        /// It has closed, or takes nothing any more.
        case client
        /// The wrapped server's process has ended, with a status.
        case server(Int32)
    }

    let processes: ProcessTransports
    private let door: StdioDoor
    private let client: FrameWriter
    private let hub: Hub
    private let scope: Scope
    private let wrapped: StartedServer?
    private let ending: Race<Ending>
    private let underWay = WorkCount()

    init(_ door: StdioDoor, output: Int32) {
        self.door = door
        let limits = door.limits
        let ending = Race<Ending>()
        let exits = ExitRelay()
        processes = ProcessTransports(limits: limits, note: door.note) { _, status in exits.ended(status) }
        let servers: [ServerDescription]
        let transports: any TransportFactory
        switch door.behind {
        case .wrapped(let server):
            let nobody = Principal(agentID: Self.unidentified, credential: .none)
            let program = StartedServer(server, nobody, processes)
            exits.connect { status in
                program.ended()
                ending.finish(.server(status))
            }
            wrapped = program
            servers = [server]
            scope = .server(server.alias)
            transports = program
        case .servers(let all, let visible):
            wrapped = nil
            servers = all
            scope = visible
            transports = EndpointTransports(processes: processes, http: door.http)
        }
        self.ending = ending
        client = FrameWriter(descriptor: output, name: "client", limits: limits)
        hub = Hub(
            servers, pipeline: door.pipeline, transports: transports, key: door.key, clock: door.clock,
            random: door.random, limits: limits, note: processes.note)
    }

    private static let unidentified: UTF8String = "unidentified"

    /// Starts the wrapped server, where there is one.
    ///
    /// - Throws: `UpstreamFailure` where it cannot be started.
    func start() async throws(UpstreamFailure) { try await wrapped?.start() }

    /// Serves, and ends; the exit status.
    func serve(input: Int32) async -> Int32 {
        let conversation = await conversation()
        client.start { [ending, processes] failure in
            processes.note("writ: the client takes no more answers (\(failure)); ending")
            ending.finish(.client)
        }
        read(input, conversation)
        let end = await withTaskCancellationHandler {
            await ending.value
        } onCancel: {
            ending.finish(.client)
        }
        // Where the client is gone nobody waits for answers; where the server is, everybody hears of it first.
        if case .client = end { await close(conversation) }
        await finishClient()
        if case .server = end { await close(conversation) }
        let isLogged = await onPeerThread("end") { [hub, processes] in
            let isLogged = hub.settle()
            processes.finish()
            return isLogged
        }
        switch end {
        case _ where !isLogged: return StdioDoor.ledgerFailed
        case .client: return 0
        case .server(let status): return status
        }
    }

    /// The client's conversation. Nobody is turned away here: who cannot be identified is denied call by call.
    private func conversation() async -> ClientConversation {
        let principal: Principal
        switch await hub.principal(door.credential) {
        case .success(let known): principal = known
        case .failure: principal = Principal(agentID: Self.unidentified, credential: door.credential)
        }
        return hub.open(
            principal, scope: scope, door: .stdio, general: StdioSink(client), session: door.sessionID)
    }

    private func read(_ input: Int32, _ conversation: ClientConversation) {
        let splitter = Mutex(FrameSplitter())
        StreamReader.start(
            descriptor: input, name: "client",
            onBytes: { [self] bytes in
                for frame in splitter.withLock({ $0.append(Array(bytes)) }) { take(frame, conversation) }
            }, onEnd: { [ending] in ending.finish(.client) })
    }

    /// Deals with one frame, on the reader's thread.
    private func take(_ frame: FrameSplitter.Frame, _ conversation: ClientConversation) {
        var bytes = 0
        if case .line(let line) = frame { bytes = line.count }
        hub.load.waitForRoom(bytes)
        switch ReadFrame(frame) {
        case .malformed(let error):
            hub.count(.malformedFromClient)
            guard !error.isAnswer else { return }
            // An error under an id that is open would be taken for that request's answer.
            let id = error.id.flatMap { conversation.isOpen($0) ? nil : $0 }
            say(Message.error(id, code: error.code, error.message))
        case .message(let envelope):
            guard case .request = envelope.kind else { return conversation.take(envelope) }
            // Known as open before the next frame is read, which may take it back.
            if let refusal = conversation.begin(envelope) {
                if let message = refusal.message { say(message) }
                return
            }
            answer(envelope, conversation, bytes)
        }
    }

    private func answer(_ envelope: Envelope, _ conversation: ClientConversation, _ bytes: Int) {
        let isAlone = hub.load.begin(bytes)
        let share = LoadShare(hub.load, bytes)
        underWay.begin()
        let work: @Sendable () async -> Void = { [self] in
            let reply = await conversation.reply(to: envelope, share: share, sink: StdioSink(client))
            if let message = reply.message {
                do throws(FrameWriter.Failure) { try await client.deliver(Self.frame(message, reply.late)) } catch {
                    // The writer has said so; there is nobody to tell.
                }
            }
            reply.settle()
            underWay.end()
        }
        // A request that is alone is dealt with here, up to where it waits: no thread has to be woken for it.
        if isAlone { Task.immediate(operation: work) } else { Task(operation: work) }
    }

    /// An answer, or what is said in its place where it has been stopped before the client takes it.
    private static func frame(_ message: JSON, _ late: Reply.Late?) -> FrameWriter.Frame {
        let bytes = message.serialized()
        guard let late else { return FrameWriter.Frame(bytes) }
        return FrameWriter.Frame(
            byteCount: bytes.count, take: { late()?.serialized() ?? bytes }, onRefused: {})
    }

    private func say(_ message: JSON) {
        do throws(FrameWriter.Failure) { try client.send(message.serialized()) } catch {
            // The writer has said so; there is nobody to tell.
        }
    }

    private func close(_ conversation: ClientConversation) async {
        conversation.leave()
        await hub.close()
        await wrapped?.close()
    }

    /// Waits for what is under way, and writes what is still to be written.
    private func finishClient() async {
        let limits = door.limits
        await onPeerThread("end of client") { [underWay, client] in
            _ = underWay.wait(within: .after(milliseconds: limits.decisionMilliseconds))
            client.finish(within: .after(milliseconds: limits.shutdownMilliseconds))
        }
    }
}

/// The way to a client on stdio. What does not fit into its queue is not waited for: servers' threads call this.
struct StdioSink: MessageSink {
    private let writer: FrameWriter

    init(_ writer: FrameWriter) { self.writer = writer }

    @discardableResult func send(_ message: JSON) -> Bool { writer.offer(FrameWriter.Frame(message.serialized())) }

    func send(_ permit: consuming Permit, onExpired: @escaping @Sendable () -> Void) -> Bool {
        let frame = permit.spend()
        return writer.offer(
            FrameWriter.Frame(byteCount: frame.byteCount, take: { frame.take() }, onRefused: onExpired))
    }
}

/// How much is under way.
final class WorkCount: @unchecked Sendable {
    // INVARIANT: only touched inside `monitor.withLock`.
    private var count = 0
    private let monitor = Monitor()

    func begin() { monitor.withLock { count += 1 } }

    func end() {
        monitor.withLock {
            count -= 1
            monitor.signal()
        }
    }

    /// Waits until nothing is under way; whether that is so.
    func wait(within deadline: MonotonicTime) -> Bool {
        monitor.withLock { monitor.wait(until: deadline) { count == 0 } }
    }
}

/// The first end of a process, for whoever asks for it.
private final class ExitRelay: Sendable {
    private let handler = Mutex<(@Sendable (Int32) -> Void)?>(nil)

    func connect(_ handler: @escaping @Sendable (Int32) -> Void) { self.handler.withLock { $0 = handler } }

    func ended(_ status: Int32) { handler.withLock { $0 }?(status) }
}

/// Does what holds a thread on one of its own.
func onPeerThread<Value: Sendable>(_ name: String, _ body: @escaping @Sendable () -> Value) async -> Value {
    await withCheckedContinuation { continuation in
        PeerThread.start(name) { continuation.resume(returning: body()) }
    }
}
