// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// What was waited for did not come.
struct Late: Error, CustomStringConvertible {
    let what: String
    var description: String { "waited in vain for \(what)" }
}

/// The result, or an error where it takes so long that it will not come: a test that hangs says nothing.
func within<Value: Sendable>(
    _ what: String, seconds: Int64 = 60, _ body: @escaping @Sendable () async throws -> Value
) async throws -> Value {
    try await withThrowingTaskGroup(of: Value.self) { group in
        group.addTask(operation: body)
        group.addTask {
            try await Task.sleep(for: .seconds(seconds))
            throw Late(what: what)
        }
        defer { group.cancelAll() }
        guard let value = try await group.next() else { throw Late(what: what) }
        return value
    }
}

/// Things that happen, kept until a test asks for them.
final class Happenings<Value: Sendable>: Sendable {
    private struct State {
        var values: [Value] = []
        var waiters: [(matches: @Sendable (Value) -> Bool, continuation: CheckedContinuation<Value?, Never>, id: Int)] =
            []
        var next = 0
    }

    private let state = Mutex(State())

    func add(_ value: Value) {
        let waiter = state.withLock { state -> CheckedContinuation<Value?, Never>? in
            guard let index = state.waiters.firstIndex(where: { $0.matches(value) }) else {
                state.values.append(value)
                return nil
            }
            return state.waiters.remove(at: index).continuation
        }
        waiter?.resume(returning: value)
    }

    /// The first that matches, taken out; waits for it.
    func first(
        _ what: String, within seconds: Int64 = 60, where matches: @escaping @Sendable (Value) -> Bool = { _ in true }
    ) async throws -> Value {
        try await within(what, seconds: seconds) { [self] in
            guard let value = await wait(matches) else { throw Late(what: what) }
            return value
        }
    }

    var all: [Value] { state.withLock { $0.values } }

    private func wait(_ matches: @escaping @Sendable (Value) -> Bool) async -> Value? {
        let id = state.withLock { state in
            state.next += 1
            return state.next
        }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let found = state.withLock { state -> Value?? in
                    if let index = state.values.firstIndex(where: matches) { return state.values.remove(at: index) }
                    if Task.isCancelled { return .some(nil) }
                    state.waiters.append((matches, continuation, id))
                    return nil
                }
                if let found { continuation.resume(returning: found) }
            }
        } onCancel: {
            let waiter = state.withLock { state -> CheckedContinuation<Value?, Never>? in
                guard let index = state.waiters.firstIndex(where: { $0.id == id }) else { return nil }
                return state.waiters.remove(at: index).continuation
            }
            waiter?.resume(returning: nil)
        }
    }
}

/// Something that is held until it is let go.
final class Hold: Sendable {
    private let gone = Happenings<Void>()

    func letGo() { gone.add(()) }
    func wait() async { do { _ = try await gone.first("a hold's end") } catch {} }
}
