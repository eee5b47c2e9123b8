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
        var session = GatewaySession()
        /// Calls with the server, and what their outcomes need.
        var open: [CallToken: ForwardedCall] = [:]
        /// Digests of the definitions of the tools that the server has listed.
        var definitions: [UTF8String: Digest] = [:]
        var drops = DropCounter()
        var ledgerFailed = false
        var clientClosed = false
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
    let state = Mutex(State())

    init(_ gateway: StdioGateway, child: ChildProcess, output: Int32) {
        self.gateway = gateway
        self.child = child
        client = FrameWriter(descriptor: output, name: "client", limits: gateway.limits)
        server = UpstreamWriter(FrameWriter(descriptor: child.input, name: "server", limits: gateway.limits))
    }

    func run(input: Int32) async -> Int32 {
        let alias = gateway.upstream.alias
        client.start { [self] failure in
            gateway.note("writ: the client takes no more answers (\(failure)); ending")
            clientEnded()
        }
        server.start { [self] failure in
            gateway.note("writ: server \(alias) takes no more requests (\(failure)); ending it")
            child.signal(SIGTERM)
        }
        startReadingErrors()
        let served = ServerEnd()
        startReading(child.output, "server", { $0.server($1) }, onEnd: { served.outputEnded() })
        startReading(input, "client", { $0.client($1) }, onEnd: { [self] in clientEnded() })
        PeerThread.start("end of \(alias)") { [self] in
            let status = child.wait()
            // What it wrote last may still be in the pipe; a grandchild may hold the pipe open for ever.
            served.waitForOutput(milliseconds: gateway.limits.shutdownMilliseconds)
            serverEnded(status)
        }
        return await withCheckedContinuation { continuation in
            let status: Int32? = state.withLock { state in
                if state.status == nil { state.waiter = continuation }
                return state.status
            }
            if let status { continuation.resume(returning: status) }
        }
    }

    private func startReading(
        _ descriptor: Int32, _ name: String,
        _ event: @escaping @Sendable (inout GatewaySession, FrameSplitter.Frame) -> [GatewayAction],
        onEnd: @escaping @Sendable () -> Void
    ) {
        let splitter = Mutex(FrameSplitter())
        StreamReader.start(
            descriptor: descriptor, name: name,
            onBytes: { [self] bytes in
                for frame in splitter.withLock({ $0.append(Array(bytes)) }) {
                    perform(state.withLock { event(&$0.session, frame) })
                }
            }, onEnd: onEnd)
    }

    private func startReadingErrors() {
        let pump = ErrorStreamPump(
            alias: gateway.upstream.alias.string, lineBytes: gateway.limits.errorLineBytes,
            write: { line in line.withUnsafeBytes { _ = write(STDERR_FILENO, $0.baseAddress, $0.count) } })
        StreamReader.start(
            descriptor: child.errors, name: "server's errors", onBytes: { pump.append($0) }, onEnd: { pump.flush() })
    }

    /// Does what the session says, in order.
    func perform(_ actions: [GatewayAction]) {
        for action in actions {
            switch action {
            case .decide(let call): decide(call)
            case .sendToServer(let message): sendToServer(message)
            case .sendToClient(let message): sendToClient(message)
            case .outcome(let token, let outcome): finish(token, outcome)
            case .cancelledBeforeExecution: break
            case .observedTools(let result): observe(result)
            case .count(let reason): count(reason)
            case .closeServer: closeServer()
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
        state.withLock { $0.definitions.merge(found) { _, new in new } }
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
            gateway.note("writ: \(report.count) refused frames could not be logged: \(error)")
        }
    }
}
