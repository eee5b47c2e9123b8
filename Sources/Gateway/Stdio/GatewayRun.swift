// SPDX-License-Identifier: Apache-2.0

import Decisions
import Glibc
import MCP
import StrictJSON
import Synchronization
import WireTypes

/// One run of a gateway: the client's streams, the server's process, and what is open between them.
final class GatewayRun: Sendable {
    struct State {
        var session: GatewaySession
        /// Calls with the server, and what their outcomes need.
        var open: [CallToken: ForwardedCall] = [:]
        /// Digests of the definitions of the tools that the server has listed.
        var definitions: [UTF8String: Digest] = [:]
        var drops = DropCounter()
        var ledgerFailed = false
        var clientClosed = false
        var isClosingServer = false
        var status: Int32?
        var waiter: CheckedContinuation<Int32, Never>?
    }

    struct ForwardedCall {
        let ticket: OutcomeTicket
        let since: MonotonicTime
    }

    let gateway: StdioGateway
    let child: ChildProcess
    let client: FrameWriter
    let server: UpstreamWriter
    let errors: ErrorOutput
    let served = ServerEnd()
    let load: DecisionLoad
    let state: Mutex<State>

    init(_ gateway: StdioGateway, child: ChildProcess, output: Int32) {
        self.gateway = gateway
        self.child = child
        let limits = gateway.limits
        client = FrameWriter(descriptor: output, name: "client", limits: limits)
        server = UpstreamWriter(FrameWriter(descriptor: child.input, name: "server", limits: limits))
        errors = ErrorOutput(limit: limits.errorLines, note: gateway.note)
        load = DecisionLoad(bytesMax: limits.decidingBytes)
        state = Mutex(State(session: GatewaySession(openRequestsMax: limits.openCalls)))
    }

    func run(input: Int32) async -> Int32 {
        let alias = gateway.upstream.alias
        errors.start()
        client.start { [self] failure in
            errors.note("writ: the client takes no more answers (\(failure)); ending")
            clientEnded()
        }
        server.start { [self] failure in
            errors.note("writ: server \(alias) takes no more requests (\(failure)); ending it")
            closeServer()
        }
        startReadingErrors()
        // A server that has closed its output answers nothing any more, even if its process goes on.
        startReading(child.output, "server") { [self] frame, _ in
            let frame = ReadFrame(frame)
            perform(state.withLock { $0.session.server(frame) })
        } onEnd: { [self] in
            served.mark(.output)
            closeServer()
        }
        startReading(input, "client") { [self] frame, bytes in
            load.waitForRoom(bytes)
            let frame = ReadFrame(frame)
            perform(state.withLock { $0.session.client(frame) }, frameBytes: bytes)
        } onEnd: { [self] in
            clientEnded()
        }
        PeerThread.start("end of \(alias)") { [self] in watchServer() }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let status: Int32? = state.withLock { state in
                    if state.status == nil { state.waiter = continuation }
                    return state.status
                }
                if let status { continuation.resume(returning: status) }
            }
        } onCancel: {
            clientEnded()
        }
    }

    private func startReading(
        _ descriptor: Int32, _ name: String,
        _ onFrame: @escaping @Sendable (FrameSplitter.Frame, _ bytes: Int) -> Void,
        onEnd: @escaping @Sendable () -> Void
    ) {
        let splitter = Mutex(FrameSplitter())
        StreamReader.start(
            descriptor: descriptor, name: name,
            onBytes: { bytes in
                for frame in splitter.withLock({ $0.append(Array(bytes)) }) {
                    if case .line(let line) = frame { onFrame(frame, line.count) } else { onFrame(frame, 0) }
                }
            }, onEnd: onEnd)
    }

    private func startReadingErrors() {
        let pump = ErrorStreamPump(
            alias: gateway.upstream.alias.string, lineBytes: gateway.limits.errorLineBytes,
            write: { [errors] in errors.line($0) })
        StreamReader.start(
            descriptor: child.errors, name: "server's errors", onBytes: { pump.append($0) },
            onEnd: { [served] in
                pump.flush()
                served.mark(.errors)
            })
    }

    /// Does what the session says, in order, on a peer's thread; outcomes last, since signing one takes longer than to
    /// pass on the answer it is about, and nobody waits for it.
    func perform(_ actions: [GatewayAction], frameBytes: Int = 0) {
        defer {
            for case .outcome(let token, let outcome) in actions { finish(token, outcome) }
        }
        for action in actions {
            switch action {
            case .decide(let call): decide(call, frameBytes: frameBytes)
            case .sendToServer(let message): sendToServer(message)
            case .sendToClient(let message): sendToClient(message)
            case .outcome: break
            case .cancelledBeforeExecution: break
            case .observedTools(let result): observe(result)
            case .count(let reason): count(reason)
            case .closeServer: closeServer()
            }
        }
    }

    /// As `perform`, in a task: what is to be written waits without holding a thread.
    func settle(_ actions: [GatewayAction]) async {
        for action in actions {
            do throws(FrameWriter.Failure) {
                switch action {
                case .sendToServer(let message): try await server.deliver(control: message)
                case .sendToClient(let message): try await client.deliver(message.serialized())
                default: perform([action])
                }
            } catch {
                // The writer has said so; the peer's end settles the rest.
            }
        }
    }

    private func sendToServer(_ message: JSON) {
        do throws(FrameWriter.Failure) { try server.send(control: message) } catch {
            // The writer has said so, and the server's end fails whatever is open.
        }
    }

    private func sendToClient(_ message: JSON) {
        do throws(FrameWriter.Failure) { try client.send(message.serialized()) } catch {
            // The writer has said so; there is nobody to tell.
        }
    }

    private func observe(_ result: JSONObject) {
        var found: [UTF8String: Digest] = [:]
        for tool in result["tools"]?.array ?? [] {
            guard let name = tool["name"]?.string, let digest = ToolDefinition.digest(tool) else { continue }
            found[name] = digest
        }
        let isFull = state.withLock { state in
            for (name, digest) in found {
                guard state.definitions.count < gateway.limits.listedTools || state.definitions[name] != nil else {
                    return true
                }
                state.definitions[name] = digest
            }
            return false
        }
        if isFull {
            errors.note(
                "writ: server \(gateway.upstream.alias) lists more tools than are remembered; the rest are unknown")
        }
    }

    private func count(_ reason: DropReason) {
        let report = state.withLock { $0.drops.count(reason, at: .now()) }
        if let report { log(report) }
    }

    /// One event for many refused frames.
    func log(_ report: DropCounter.Report) {
        do throws(LedgerError) {
            try gateway.pipeline.recordRefusedFrames(report.count, since: report.since, surface: .gateway)
        } catch {
            state.withLock { $0.ledgerFailed = true }
            errors.note("writ: \(report.count) refused frames could not be logged: \(error)")
        }
    }
}
