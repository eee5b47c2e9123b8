// SPDX-License-Identifier: Apache-2.0

import Synchronization

@testable import Gateway

/// What a wait ends with that got nothing in time.
struct Overdue: Error, CustomStringConvertible {
    let description: String
}

/// Does something that blocks, on a thread of its own: tests run on as many threads as there are cores, and what they
/// wait for may need one.
func onThread<Result: Sendable>(_ body: @escaping @Sendable () throws -> Result) async throws -> Result {
    try await withCheckedThrowingContinuation { continuation in
        PeerThread.start("test") { continuation.resume(with: Swift.Result { try body() }) }
    }
}

/// The result of something, or `Overdue`. The deadline only turns a hang into a failure.
func within<Result: Sendable>(
    seconds: Int = 120, _ what: String, _ body: @escaping @Sendable () async throws -> Result
) async throws -> Result {
    try await withThrowingTaskGroup(of: Result.self) { group in
        group.addTask { try await body() }
        group.addTask {
            try await Task.sleep(for: .seconds(seconds))
            throw Overdue(description: "\(what): not within \(seconds) s")
        }
        defer { group.cancelAll() }
        guard let first = try await group.next() else { throw Overdue(description: what) }
        return first
    }
}

/// Things that arrive, and those who wait for some of them.
final class Inbox<Element: Sendable>: Sendable {
    private struct Waiter {
        let id: Int
        let matches: @Sendable (Element) -> Bool
        let continuation: CheckedContinuation<Element?, Never>
    }

    private struct State {
        var elements: [Element] = []
        var waiters: [Waiter] = []
        var nextID = 0
        var hasEnded = false
    }

    private let state = Mutex(State())

    /// What has arrived and was not taken.
    var rest: [Element] { state.withLock { $0.elements } }

    func add(_ element: Element) {
        let waiter: Waiter? = state.withLock { state in
            guard let place = state.waiters.firstIndex(where: { $0.matches(element) }) else {
                state.elements.append(element)
                return nil
            }
            return state.waiters.remove(at: place)
        }
        waiter?.continuation.resume(returning: element)
    }

    /// Nothing more comes: who waits gets `nil`.
    func end() {
        let waiters = state.withLock { state in
            state.hasEnded = true
            defer { state.waiters = [] }
            return state.waiters
        }
        for waiter in waiters { waiter.continuation.resume(returning: nil) }
    }

    /// Takes the first that matches, waiting for it; `nil` at the end.
    func first(where matches: @escaping @Sendable (Element) -> Bool) async -> Element? {
        let id = state.withLock { state in
            state.nextID += 1
            return state.nextID
        }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { (continuation: CheckedContinuation<Element?, Never>) in
                let (isDone, element): (Bool, Element?) = state.withLock { state in
                    if let place = state.elements.firstIndex(where: matches) {
                        return (true, state.elements.remove(at: place))
                    }
                    if state.hasEnded || Task.isCancelled { return (true, nil) }
                    state.waiters.append(Waiter(id: id, matches: matches, continuation: continuation))
                    return (false, nil)
                }
                if isDone { continuation.resume(returning: element) }
            }
        } onCancel: {
            let waiter: Waiter? = state.withLock { state in
                state.waiters.firstIndex { $0.id == id }.map { state.waiters.remove(at: $0) }
            }
            waiter?.continuation.resume(returning: nil)
        }
    }

    /// Waits for the end.
    func ended() async { _ = await first { _ in false } }
}
