// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// The answers that are under way, for what concerns all of them: signs of life, and the door's closing.
final class OpenExchanges: Sendable {
    private struct Entry {
        let queue: OutboundQueue
        var cancel: (@Sendable () -> Void)?
    }

    private struct State {
        var next: UInt64 = 0
        var entries: [UInt64: Entry] = [:]
        var isClosing = false
        var isCancelled = false
        var waiter: CheckedContinuation<Void, Never>?
    }

    private let state = Mutex(State())

    /// Adds one; `nil` where the door is closing.
    func add(_ queue: OutboundQueue, cancel: (@Sendable () -> Void)? = nil) -> UInt64? {
        state.withLock { state in
            guard !state.isClosing else { return nil }
            state.next += 1
            state.entries[state.next] = Entry(queue: queue, cancel: cancel)
            return state.next
        }
    }

    /// Says how one is cancelled, where that was not known when it was added.
    func cancelling(_ id: UInt64, _ cancel: @escaping @Sendable () -> Void) {
        let isCancelled = state.withLock { state in
            state.entries[id]?.cancel = cancel
            return state.isCancelled
        }
        if isCancelled { cancel() }
    }

    func remove(_ id: UInt64) {
        let waiter = state.withLock { state in
            state.entries[id] = nil
            guard state.entries.isEmpty else { return nil as CheckedContinuation<Void, Never>? }
            defer { state.waiter = nil }
            return state.waiter
        }
        waiter?.resume()
    }

    var isClosing: Bool { state.withLock { $0.isClosing } }
    var count: Int { state.withLock { $0.entries.count } }

    /// A sign of life on every stream that has been silent.
    func tick() { for entry in entries() { entry.queue.tick() } }

    /// Nothing new from now on.
    func close() { state.withLock { $0.isClosing = true } }

    func cancelAll() {
        let entries = state.withLock { state in
            state.isCancelled = true
            return Array(state.entries.values)
        }
        for entry in entries { entry.cancel?() }
    }

    /// Waits until nothing is open.
    func finished() async {
        await withCheckedContinuation { continuation in
            let isEmpty = state.withLock { state in
                if !state.entries.isEmpty { state.waiter = continuation }
                return state.entries.isEmpty
            }
            if isEmpty { continuation.resume() }
        }
    }

    private func entries() -> [Entry] { state.withLock { Array($0.entries.values) } }
}

/// Something that is done once, by whoever comes first.
final class Once: Sendable {
    private let action: Mutex<(@Sendable () -> Void)?>

    init(_ action: @escaping @Sendable () -> Void) { self.action = Mutex(action) }

    func callAsFunction() {
        let action = action.withLock { action in
            defer { action = nil }
            return action
        }
        action?()
    }
}
