// SPDX-License-Identifier: Apache-2.0

import Decisions
import Glibc
import MCP
import StrictJSON
import Synchronization

/// A server's process and its pipes: one reader and one writer thread, one for its standard error, one that waits for
/// its end.
final class StdioTransport: UpstreamTransport {
    struct Running: Sendable {
        let child: ChildProcess
        let writer: UpstreamWriter
        let receiver: any UpstreamReceiver
    }

    struct State {
        var running: Running?
        var isClosing = false
        /// Whether the receiver has heard of the end.
        var hasEnded = false
        /// Whether the process has been reaped, or was never started.
        var isGone = false
        var closers: [CheckedContinuation<Void, Never>] = []
    }

    let alias: UTF8String
    let limits: GatewayLimits
    let errors: ErrorOutput
    let onExit: @Sendable (UTF8String, Int32) -> Void
    let served = ServerEnd()
    let state = Mutex(State())
    private let program: ServerProgram

    init(
        alias: UTF8String, _ program: ServerProgram, limits: GatewayLimits, errors: ErrorOutput,
        onExit: @escaping @Sendable (UTF8String, Int32) -> Void
    ) {
        self.alias = alias
        self.program = program
        self.limits = limits
        self.errors = errors
        self.onExit = onExit
    }

    func open(_ receiver: any UpstreamReceiver) async throws(UpstreamFailure) {
        let running = try start(receiver)
        running.writer.start { [self] failure in
            // One that has closed its input may still answer what it has, until it has ended.
            if failure == .stalled {
                finish(UpstreamFailure(.stalled, "server \(alias) takes no more requests"))
            }
            shutDown()
        }
        startReadingErrors(running)
        startReading(running)
        PeerThread.start("end of \(alias)") { [self] in watch(running) }
    }

    private func start(_ receiver: any UpstreamReceiver) throws(UpstreamFailure) -> Running {
        let started: Result<Running, UpstreamFailure> = state.withLock { state in
            guard state.running == nil, !state.isClosing else {
                return .failure(UpstreamFailure(.ended, "server \(alias) is not to be started any more"))
            }
            do throws(ChildProcess.StartFailure) {
                let child = try ChildProcess.start(
                    program.command, program.arguments, environment: program.environment,
                    workingDirectory: program.workingDirectory)
                let writer = UpstreamWriter(
                    FrameWriter(descriptor: child.input, name: "server \(alias)", limits: limits))
                let running = Running(child: child, writer: writer, receiver: receiver)
                state.running = running
                return .success(running)
            } catch {
                state.isGone = true
                return .failure(UpstreamFailure(.unreachable, "\(error)"))
            }
        }
        return try started.get()
    }

    private func startReading(_ running: Running) {
        let splitter = Mutex(FrameSplitter())
        StreamReader.start(
            descriptor: running.child.output, name: "server \(alias)",
            onBytes: { bytes in
                for frame in splitter.withLock({ $0.append(Array(bytes)) }) {
                    running.receiver.received(ReadFrame(frame), on: nil)
                }
            },
            onEnd: { [self] in outputEnded() })
    }

    private func startReadingErrors(_ running: Running) {
        let pump = ErrorStreamPump(
            alias: alias.string, lineBytes: limits.errorLineBytes, write: { [errors] in errors.line($0) })
        StreamReader.start(
            descriptor: running.child.errors, name: "errors of server \(alias)", onBytes: { pump.append($0) },
            onEnd: { [served] in
                pump.flush()
                served.mark(.errors)
            })
    }

    func forward(
        _ permit: consuming Permit, _ head: MessageHead, onExpired: @escaping @Sendable () -> Void
    ) async throws(UpstreamFailure) {
        let writer = try writer()
        do throws(FrameWriter.Failure) {
            // A request's end is its answer. An answer of the client's has none, so its end is that it is written.
            guard head.method == nil else { return try await writer.forward(permit, onExpired: onExpired) }
            try await writer.forwardWritten(permit, onExpired: onExpired)
        } catch {
            throw failure(error)
        }
    }

    func send(_ message: FreeMessage, _ head: MessageHead) async throws(UpstreamFailure) {
        let writer = try writer()
        do throws(FrameWriter.Failure) { try await writer.deliver(message) } catch { throw failure(error) }
    }

    private func writer() throws(UpstreamFailure) -> UpstreamWriter {
        guard let running = state.withLock({ $0.running }) else { throw failure(.closed) }
        return running.writer
    }

    private func failure(_ failure: FrameWriter.Failure) -> UpstreamFailure {
        switch failure {
        case .closed: UpstreamFailure(.ended, "server \(alias) has ended")
        case .stalled: UpstreamFailure(.stalled, "server \(alias) takes no more requests")
        }
    }

    /// All requests share one stream: a notification has been sent.
    func abandon(_ id: Int64) {}
}
