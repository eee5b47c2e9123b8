// SPDX-License-Identifier: Apache-2.0

import StrictJSON
import Synchronization
import Testing

@testable import HTTPGateway

@Suite struct OutboundQueueTests {
    /// What an answer's refusal knows, as a call that was forwarded: its client's queue among it.
    private final class Call: Sendable {
        let queue: OutboundQueue

        init(_ queue: OutboundQueue) { self.queue = queue }
    }

    private static func queue() -> OutboundQueue {
        OutboundQueue(limits: HTTPDoorLimits(), budget: ByteBudget(1 << 20))
    }

    @Test func `an answer that was taken keeps nothing of its call`() async {
        weak var call: Call?
        do {
            let queue = Self.queue()
            let strong = Call(queue)
            call = strong
            queue.finish(["jsonrpc": "2.0"], unless: { withExtendedLifetime(strong) { nil } })
            guard case .answer(let answer?) = await queue.opening() else {
                Issue.record("there is no answer")
                return
            }
            #expect(answer == ["jsonrpc": "2.0"])
        }
        #expect(call == nil)
    }

    @Test func `what is said in an answer's place is asked for when it is taken`() async {
        let queue = Self.queue()
        queue.finish(["result": 1], unless: { ["error": 2] })
        guard case .answer(let answer?) = await queue.opening() else {
            Issue.record("there is no answer")
            return
        }
        #expect(answer == ["error": 2])
    }

    @Test func `an end without an answer is the end of an event stream`() async {
        let queue = Self.queue()
        queue.finish(nil)
        guard case .answer(nil) = await queue.opening(), case .end(nil, _)? = await queue.next() else {
            Issue.record("there is no end")
            return
        }
    }
}
