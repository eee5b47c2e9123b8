// SPDX-License-Identifier: Apache-2.0

import Decisions
import NIOCore
import Synchronization

/// One client's TCP connection, as far as requests on it have to know: whether it is still there.
final class Connection: Sendable {
    private let channel: any Channel
    private let state = Mutex(State())

    private struct State {
        var isOpen = true
        var certificate: ClientCertificate?
        var onClose: (@Sendable () -> Void)?
    }

    init(_ channel: any Channel) { self.channel = channel }

    /// The certificate that its client has shown, as it was verified then.
    var certificate: ClientCertificate? {
        get { state.withLock { $0.certificate } }
        set { state.withLock { $0.certificate = newValue } }
    }

    /// Has `onClose` called when the connection ends, until the next `watch` or `unwatch`. At once where it has ended.
    func watch(_ onClose: @escaping @Sendable () -> Void) {
        let isOpen = state.withLock { state in
            if state.isOpen { state.onClose = onClose }
            return state.isOpen
        }
        if !isOpen { onClose() }
    }

    /// Nobody cares any more; the request was answered.
    func unwatch() { state.withLock { $0.onClose = nil } }

    /// The client is gone.
    func ended() {
        let onClose = state.withLock { state in
            state.isOpen = false
            defer { state.onClose = nil }
            return state.onClose
        }
        onClose?()
    }

    /// Ends it.
    func close() { channel.close(promise: nil) }

    /// Returns when the system has taken all that was written, `false` where the connection ends before. One that takes
    /// nothing for so long is ended.
    func drained(within milliseconds: Int64) async -> Bool {
        let deadline = ContinuousClock.now + .milliseconds(milliseconds)
        while true {
            guard state.withLock({ $0.isOpen }) else { return false }
            do {
                if try await channel.getOption(.bufferedWritableBytes).get() == 0 { return true }
                guard ContinuousClock.now < deadline else {
                    close()
                    return false
                }
                // There is no event for it below the channel's watermark, and it is rare: a permit behind a slow reader.
                try await Task.sleep(for: .milliseconds(2))
            } catch { return false }
        }
    }
}

/// The connections that are open.
final class ConnectionTable: Sendable {
    private let connections = Mutex<[ObjectIdentifier: Connection]>([:])

    func add(_ channel: any Channel) -> Connection {
        let connection = Connection(channel)
        connections.withLock { $0[ObjectIdentifier(channel)] = connection }
        return connection
    }

    func remove(_ channel: any Channel) {
        _ = connections.withLock { $0.removeValue(forKey: ObjectIdentifier(channel)) }
    }

    /// The connection of a channel; one that has ended where it is in the table no more.
    subscript(channel: any Channel) -> Connection {
        if let connection = connections.withLock({ $0[ObjectIdentifier(channel)] }) { return connection }
        let connection = Connection(channel)
        connection.ended()
        return connection
    }

    var count: Int { connections.withLock { $0.count } }

    func closeAll() {
        for connection in connections.withLock({ Array($0.values) }) { connection.close() }
    }
}
