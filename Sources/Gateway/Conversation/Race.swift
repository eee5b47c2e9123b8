// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// A value that several may give and one waits for: the first counts.
package final class Race<Value: Sendable>: Sendable {
    private enum State {
        case open
        case waiting(CheckedContinuation<Value, Never>)
        case decided(Value)
        case taken
    }

    private let state = Mutex(State.open)

    /// Without a value.
    package init() {}

    /// Gives a value; whether it is the one that counts.
    @discardableResult
    package func finish(_ value: Value) -> Bool {
        let (isFirst, waiter): (Bool, CheckedContinuation<Value, Never>?) = state.withLock { state in
            switch state {
            case .open:
                state = .decided(value)
                return (true, nil)
            case .waiting(let waiter):
                state = .taken
                return (true, waiter)
            case .decided, .taken: return (false, nil)
            }
        }
        waiter?.resume(returning: value)
        return isFirst
    }

    /// Waits for the value. To be called once.
    package var value: Value {
        get async {
            await withCheckedContinuation { continuation in
                let value: Value? = state.withLock { state in
                    guard case .decided(let value) = state else {
                        state = .waiting(continuation)
                        return nil
                    }
                    state = .taken
                    return value
                }
                if let value { continuation.resume(returning: value) }
            }
        }
    }
}

/// What the body gives, or `nil` after so many milliseconds, or once the task is cancelled. The body is then cancelled,
/// and not waited for.
func withDeadline<Value: Sendable>(
    milliseconds: Int64, _ body: @escaping @Sendable () async -> Value
) async -> Value? {
    let race = Race<Value?>()
    let work = Task { race.finish(await body()) }
    let timer = Task {
        do { try await Task.sleep(for: .milliseconds(milliseconds)) } catch { return }
        race.finish(nil)
    }
    let value = await withTaskCancellationHandler {
        await race.value
    } onCancel: {
        race.finish(nil)
    }
    timer.cancel()
    if value == nil { work.cancel() }
    return value
}
