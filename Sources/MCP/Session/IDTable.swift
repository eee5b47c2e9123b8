// SPDX-License-Identifier: Apache-2.0

public import StrictJSON

/// A request of the client that has no answer yet.
public struct OpenRequest: Sendable, Equatable {
    /// How far it got.
    public enum State: Sendable, Equatable {
        /// Waiting for a decision; the server has not seen it and cannot answer it.
        case deciding
        /// With the server.
        case forwarded
        /// With the server, but the client no longer wants the answer.
        case cancelled
    }

    /// The id under which the server gets it, and its progress token there.
    public let outboundID: Int64
    /// The client's id.
    public let originalID: RequestID
    /// The method.
    public let method: UTF8String
    /// The protocol it was written in.
    public let era: Era
    /// The client's progress token, where it gave one.
    public let progressToken: RequestID?
    /// How far it got.
    public fileprivate(set) var state: State
}

/// Which of our ids stands for which of the client's.
///
/// The server sees only ids that were made here, so it cannot answer what it was never asked, and what the gateway
/// itself asks can never be mistaken for the client's. Ids are never used twice.
public struct IDTable: Sendable {
    private var lastID: Int64 = 0
    private var open: [Int64: OpenRequest] = [:]
    private var outbound: [RequestID: Int64] = [:]
    private let openRequestsMax: Int

    /// An empty table.
    public init(openRequestsMax: Int = Limits.openRequestsMax) { self.openRequestsMax = max(1, openRequestsMax) }

    /// How many requests are open.
    public var count: Int { open.count }

    /// All that is open, in the order it came.
    public var all: [OpenRequest] { open.values.sorted { $0.outboundID < $1.outboundID } }

    /// Whether the client has an open request with this id.
    public func isOpen(_ original: RequestID) -> Bool { outbound[original] != nil }

    /// The open request with the client's id.
    public subscript(original id: RequestID) -> OpenRequest? { outbound[id].flatMap { open[$0] } }

    /// The open request with our id.
    public subscript(outbound id: Int64) -> OpenRequest? { open[id] }

    /// Whether one more request can be opened. Where only cancelled requests are in the way the oldest of them is given
    /// up and returned: a server that ignores cancellation must not fill the table.
    public mutating func makeRoom() -> (hasRoom: Bool, givenUp: OpenRequest?) {
        guard open.count >= openRequestsMax else { return (true, nil) }
        let cancelled = open.values.filter { $0.state == .cancelled }
        guard let oldest = cancelled.min(by: { $0.outboundID < $1.outboundID }) else { return (false, nil) }
        return (true, close(oldest.outboundID))
    }

    /// Opens a request under the next id. The caller has checked `isOpen` and `makeRoom`.
    public mutating func add(
        _ original: RequestID, method: UTF8String, era: Era, progressToken: RequestID?, state: OpenRequest.State
    ) -> OpenRequest {
        lastID += 1
        let request = OpenRequest(
            outboundID: lastID, originalID: original, method: method, era: era, progressToken: progressToken,
            state: state)
        open[lastID] = request
        outbound[original] = lastID
        return request
    }

    /// Moves a request on; nothing where it is not open.
    public mutating func mark(_ id: Int64, _ state: OpenRequest.State) { open[id]?.state = state }

    /// Closes a request and returns it as it was.
    @discardableResult
    public mutating func close(_ id: Int64) -> OpenRequest? {
        guard let request = open.removeValue(forKey: id) else { return nil }
        if outbound[request.originalID] == id { outbound[request.originalID] = nil }
        return request
    }
}
