// SPDX-License-Identifier: Apache-2.0

import Decisions
import MCP
import StrictJSON
import Synchronization
import WireTypes

extension GatewayRun {
    /// Starts deciding a call. It waits for the disk, which the reader of the client's frames must not; hence a task of
    /// its own, which ends with the decision. The session bounds how many there are.
    func decide(_ pending: PendingCall, frameBytes: Int) {
        let call = toolCall(pending)
        let token = pending.token
        let work: @Sendable () async -> Void = { [self] in
            let decision = await gateway.pipeline.decide(call)
            switch consume decision {
            case .allowed(let permit, _): await forward(permit, token)
            case .denied(let answer):
                if answer.receiptID == nil { state.withLock { $0.ledgerFailed = true } }
                await settle(state.withLock { $0.session.denied(token, answer: answer.json) })
            }
            load.end(frameBytes)
        }
        // A call that is alone is judged here, up to where it waits for the disk: no thread has to be woken for it.
        if load.begin(frameBytes) { Task.immediate(operation: work) } else { Task(operation: work) }
    }

    private func forward(_ permit: consuming Permit, _ token: CallToken) async {
        let ticket = permit.ticket
        // Known as open before its bytes are sent, since the answer may be here at once.
        let goes = state.withLock { state in
            guard state.session.forwarding(token) else { return false }
            state.open[token] = ForwardedCall(ticket: ticket, since: .now())
            return true
        }
        guard goes else { return record(ticket, .notForwarded, since: nil) }
        do throws(FrameWriter.Failure) {
            try await server.forward(permit) { [self] in expire(token) }
        } catch {
            // The client is told with the server's end.
            guard let call = state.withLock({ $0.open.removeValue(forKey: token) }) else { return }
            return record(call.ticket, .notForwarded, since: nil)
        }
        await settle(state.withLock { $0.session.handedOver(token) })
    }

    /// A permit's time was over before the server had taken what came before the call: it was not made.
    private func expire(_ token: CallToken) {
        let (ticket, actions) = state.withLock { state in
            (state.open.removeValue(forKey: token)?.ticket, state.session.expired(token))
        }
        if let ticket { record(ticket, .notForwarded, since: nil) }
        perform(actions)
    }

    /// The end of a forwarded call, as a fact in the log.
    func finish(_ token: CallToken, _ outcome: CallOutcome) {
        guard let call = state.withLock({ $0.open.removeValue(forKey: token) }) else { return }
        switch outcome {
        case .result(let result, isError: false): record(call.ticket, .result(.object(result)), since: call.since)
        case .result(let result, isError: true): record(call.ticket, .toolError(.object(result)), since: call.since)
        case .error(let error): record(call.ticket, .error(error), since: call.since)
        case .withheld(let result): record(call.ticket, .error(.object(result)), since: call.since)
        case .cancelled: record(call.ticket, .cancelled, since: call.since)
        case .noAnswer: record(call.ticket, .noAnswer, since: call.since)
        }
    }

    private func record(_ ticket: OutcomeTicket, _ outcome: OutcomeReport, since: MonotonicTime?) {
        let nanoseconds = since.map { MonotonicTime.now().nanoseconds - $0.nanoseconds } ?? 0
        do throws(LedgerError) {
            try gateway.pipeline.record(outcome, of: ticket, milliseconds: nanoseconds / 1_000_000)
        } catch {
            state.withLock { $0.ledgerFailed = true }
            errors.note("writ: an outcome could not be logged: \(error)")
        }
    }

    private func toolCall(_ pending: PendingCall) -> ToolCall {
        let upstream = gateway.upstream
        let definition = state.withLock { $0.definitions[pending.name] }
        return ToolCall(
            surface: .gateway, enforcement: .enforcing, server: upstream.alias, tool: pending.name,
            isListed: definition != nil, serverDigest: upstream.digest, definition: definition,
            isHeldToPin: false, builtInMap: upstream.builtInMap, message: pending.outgoing,
            argumentsPlace: JSONPointer(["params", "arguments"]),
            parametersPlace: JSONPointer(["params"]), defect: pending.defect.map(Self.text),
            credential: gateway.credential, place: upstream.place, session: gateway.sessionID)
    }

    private static func text(_ defect: CallDefect) -> UTF8String {
        switch defect {
        case .argumentsNotAnObject: "the arguments are no object"
        case .taskAugmented: "calls that run as tasks are not supported"
        case .answersInputRequest: "answers to a server's request for input are not supported"
        }
    }
}
