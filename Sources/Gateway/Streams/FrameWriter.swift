// SPDX-License-Identifier: Apache-2.0

import Glibc

/// The one writer of a stream: whole frames, in the order they were handed over, from a bounded queue.
///
/// A peer that stops reading fills the queue; then `send` waits, which stops whoever produces for it, and nothing else.
/// A peer that takes no byte for the whole deadline is dead: the writer fails, and everything waiting for it ends.
final class FrameWriter: @unchecked Sendable {
    /// Why nothing more is written.
    enum Failure: Error, Sendable {
        /// The peer has closed its end.
        case closed
        /// The peer has taken nothing for the whole deadline.
        case stalled
    }

    /// What is to be written, decided when its turn comes.
    struct Frame: Sendable {
        /// Bytes, for the queue's bound.
        let byteCount: Int
        /// The bytes, or `nil` where they may not be written any more. Called once.
        let take: @Sendable () -> [UInt8]?
        /// Called on the writer's thread where `take` gave nothing.
        var onRefused: @Sendable () -> Void = {}
        /// Asked before each further piece of it is written, where the peer takes it slowly. Where it says no the stream
        /// ends in the middle of the frame, since there is no other way to write no more of it.
        var mayGoOn: (@Sendable () -> Bool)?
        /// Called once where it was accepted and `take` gave something or was never asked: with nothing where all of it is
        /// written, else with why it is not.
        var onEnd: (@Sendable (Failure?) -> Void)?

        init(
            byteCount: Int, take: @escaping @Sendable () -> [UInt8]?, onRefused: @escaping @Sendable () -> Void,
            mayGoOn: (@Sendable () -> Bool)? = nil, onEnd: (@Sendable (Failure?) -> Void)? = nil
        ) {
            self.byteCount = byteCount
            self.take = take
            self.onRefused = onRefused
            self.mayGoOn = mayGoOn
            self.onEnd = onEnd
        }

        /// A frame that is good at any time.
        init(_ bytes: [UInt8]) {
            byteCount = bytes.count
            take = { bytes }
        }
    }

    private struct Waiter {
        let frame: Frame
        let continuation: CheckedContinuation<Failure?, Never>
    }

    // INVARIANT: everything below is only touched inside `monitor.withLock`, but for `descriptor`, which only the
    // writer's thread writes to and which stays open until that thread has ended.
    private let monitor = Monitor()
    private let descriptor: Int32
    private let name: String
    private let limits: GatewayLimits
    private var queue: [Frame] = []
    private var queuedBytes = 0
    private var waiters: [Waiter] = []
    /// Whether the thread is writing what it took from the queue.
    private var isWriting = true
    private var isFinishing = false
    private var hasEnded = false
    private var failure: Failure?

    /// A writer that owns the descriptor, and closes it when it ends. Nothing is written before `start`.
    init(descriptor: Int32, name: String, limits: GatewayLimits) {
        self.descriptor = descriptor
        self.name = name
        self.limits = limits
    }

    /// Starts the writer's thread.
    ///
    /// - Parameter onFailure: called once, on that thread, when the peer is gone or dead.
    func start(onFailure: @escaping @Sendable (Failure) -> Void) {
        PeerThread.start("writer of \(name)") { [self] in
            if let failure = run() { onFailure(failure) }
        }
    }

    /// Queues one frame, without its newline. Holds the thread while the queue is full: as long as the peer takes bytes,
    /// however slowly, and no longer than the deadline where it takes none.
    ///
    /// - Throws: `Failure` where the peer is gone; the frame was then not sent.
    func send(_ frame: [UInt8]) throws(Failure) {
        let outcome: Failure? = monitor.withLock {
            let frame = Frame(frame)
            _ = monitor.wait(until: nil) { refusal != nil || hasRoom(for: frame) }
            if let refusal { return refusal }
            accept(frame)
            return nil
        }
        if let outcome { throw outcome }
    }

    /// As `send`, for tasks: waits without holding a thread, since Swift's pool has no more of them than the machine has
    /// cores, and decisions need them.
    ///
    /// - Throws: `Failure` where the peer is gone; the frame was then not sent.
    func deliver(_ frame: [UInt8]) async throws(Failure) { try await deliver(Frame(frame)) }

    /// As `deliver` for bytes, which are asked for when their turn comes.
    func deliver(_ frame: Frame) async throws(Failure) {
        let outcome = await withCheckedContinuation { (continuation: CheckedContinuation<Failure?, Never>) in
            let (isDecided, answer): (Bool, Failure?) = monitor.withLock {
                if let refusal { return (true, refusal) }
                guard waiters.isEmpty, hasRoom(for: frame) else {
                    waiters.append(Waiter(frame: frame, continuation: continuation))
                    return (false, nil)
                }
                accept(frame)
                return (true, nil)
            }
            if isDecided { continuation.resume(returning: answer) }
        }
        if let outcome { throw outcome }
    }

    /// Queues a frame where there is room for it at once, and never waits; whether it was taken.
    func offer(_ frame: Frame) -> Bool {
        monitor.withLock {
            guard refusal == nil, waiters.isEmpty, hasRoom(for: frame) else { return false }
            accept(frame)
            return true
        }
    }

    /// Writes what is queued, then closes the stream. Returns when that is done or the deadline has passed.
    func finish(within deadline: MonotonicTime) {
        let refused = monitor.withLock {
            isFinishing = true
            monitor.signal()
            return takeWaiters()
        }
        for waiter in refused { waiter.continuation.resume(returning: .closed) }
        monitor.withLock { _ = monitor.wait(until: deadline) { hasEnded } }
    }

    /// Whether something waits to be written, or is being written.
    var isBusy: Bool { monitor.withLock { isWriting || !queue.isEmpty || !waiters.isEmpty } }

    private var refusal: Failure? { failure ?? (isFinishing ? .closed : nil) }

    private func hasRoom(for frame: Frame) -> Bool {
        queue.isEmpty || queue.count < limits.queuedFrames && queuedBytes + frame.byteCount <= limits.queuedBytes
    }

    /// Writes the frame at once where nothing is before it and the peer has room, else queues it.
    ///
    /// A stream that is ready takes PIPE_BUF bytes without blocking (pipe(7)); to wake the thread for them would take
    /// longer than to write them.
    private func accept(_ frame: Frame) {
        guard queue.isEmpty, waiters.isEmpty, !isWriting, frame.byteCount < Self.readyBytes, isReady,
            let bytes = frame.take()
        else { return enqueue(frame) }
        // Whatever is not written here, the thread writes, or finds out why it cannot be.
        let line = bytes + [0x0a]
        let count = max(0, line.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) })
        guard count < line.count else {
            frame.onEnd?(nil)
            return
        }
        var rest = Frame(Array(line[count..<bytes.count]))
        rest.onEnd = frame.onEnd
        rest.mayGoOn = frame.mayGoOn
        enqueue(rest)
    }

    private var isReady: Bool {
        var poll = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        return Glibc.poll(&poll, 1, 0) == 1 && poll.revents == Int16(POLLOUT)
    }

    /// PIPE_BUF.
    private static let readyBytes = 4096

    private func enqueue(_ frame: Frame) {
        queue.append(frame)
        queuedBytes += frame.byteCount
        monitor.signal()
    }

    private func takeWaiters() -> [Waiter] {
        defer { waiters = [] }
        return waiters
    }

    private func run() -> Failure? {
        while let frames = nextFrames() {
            for (place, frame) in frames.enumerated() {
                // Asked for only once the peer has room: a peer that stalls must not be given, when it reads again, what
                // was good when it stopped.
                var failure = waitForRoom()
                if failure == nil {
                    guard let bytes = frame.take() else {
                        frame.onRefused()
                        continue
                    }
                    failure = write(bytes + [0x0a], while: frame.mayGoOn)
                }
                guard let failure else {
                    frame.onEnd?(nil)
                    continue
                }
                for lost in frames[place...] { lost.onEnd?(failure) }
                end(failure)
                return failure
            }
        }
        end(nil)
        return nil
    }

    private func nextFrames() -> [Frame]? {
        let (frames, admitted): ([Frame], [Waiter]) = monitor.withLock {
            isWriting = false
            _ = monitor.wait(until: nil) { !queue.isEmpty || isFinishing }
            isWriting = true
            let frames = queue
            queue = []
            queuedBytes = 0
            let admitted = Array(
                waiters.prefix { waiter in
                    guard hasRoom(for: waiter.frame) else { return false }
                    enqueue(waiter.frame)
                    return true
                })
            waiters.removeFirst(admitted.count)
            monitor.signal()
            return (frames, admitted)
        }
        for waiter in admitted { waiter.continuation.resume(returning: nil) }
        return frames.isEmpty ? nil : frames
    }

    private func end(_ failure: Failure?) {
        close(descriptor)
        let (lost, refused) = monitor.withLock {
            self.failure = failure ?? .closed
            let lost = queue
            queue = []
            queuedBytes = 0
            hasEnded = true
            monitor.signal()
            return (lost, takeWaiters())
        }
        for frame in lost { frame.onEnd?(failure ?? .closed) }
        for waiter in refused { waiter.continuation.resume(returning: failure ?? .closed) }
    }

    /// A descriptor that is ready takes PIPE_BUF bytes without blocking (pipe(7)), so neither a slow peer nor one that
    /// has died can hold the thread beyond the deadline; the descriptor itself may be shared and stays blocking.
    private func write(_ bytes: [UInt8], while mayGoOn: (() -> Bool)?) -> Failure? {
        var rest = bytes[...]
        while !rest.isEmpty {
            if let failure = waitForRoom() { return failure }
            if rest.count < bytes.count, let mayGoOn, !mayGoOn() { return .closed }
            let chunk = rest.prefix(Self.readyBytes)
            let count = chunk.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0 && (errno == EINTR || errno == EAGAIN) { continue }
            guard count >= 0 else { return .closed }
            rest = rest.dropFirst(count)
        }
        return nil
    }

    /// Waits until the peer takes bytes; at most for the whole deadline.
    private func waitForRoom() -> Failure? {
        let deadline = MonotonicTime.after(milliseconds: limits.writeDeadlineMilliseconds)
        while true {
            var poll = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
            let ready = Glibc.poll(&poll, 1, deadline.millisecondsLeft)
            if ready < 0 && errno == EINTR { continue }
            guard ready != 0 else { return .stalled }
            guard ready > 0, poll.revents & Int16(POLLERR | POLLNVAL) == 0 else { return .closed }
            return nil
        }
    }
}
