// SPDX-License-Identifier: Apache-2.0

import MCP
import StrictJSON

/// The requests that are open at one server, by the link's own ids, and the server's own that wait for an answer.
///
/// Ids only grow, so what a server says late, twice or about something else meets nothing that is open. Each exchange
/// has exactly one end.
struct ExchangeTable {
    typealias Waiter = CheckedContinuation<ExchangeReply, Never>

    struct Exchange {
        let listener: any ExchangeListener
        /// A request of the handshake stays open when nobody waits any longer: its answer may come late and still count.
        let isHandshake: Bool
        /// When it was sent, as a count of what was sent; `nil` before.
        var sent: Int64?
        /// Whether it was sent by a permit.
        var isPermitted = false
        /// Its end, where nobody has waited for it yet.
        var reply: ExchangeReply?
        var waiter: Waiter?
        var patience: Int64 = 0
        var deadline: Int64 = .max
    }

    /// What to do once the lock is open.
    struct Ending {
        let wasSent: Bool
        let waiter: Waiter?
    }

    private var lastID: Int64 = 0
    private var sentCount: Int64 = 0
    private var exchanges: [Int64: Exchange] = [:]
    /// The server's requests, with the exchange that each seems to belong to.
    private var asked: [RequestID: Int64?] = [:]
    private let limits: UpstreamLimits

    init(limits: UpstreamLimits) { self.limits = limits }

    /// Whether nobody needs the link: nothing is open but what of our own waits for ever, an ear for news of lists.
    var isIdle: Bool {
        asked.isEmpty
            && exchanges.values.allSatisfy { !$0.isPermitted && $0.waiter != nil && $0.patience == .max }
    }

    subscript(id: Int64) -> Exchange? { exchanges[id] }

    /// The handshake's only request without an answer, where there is one.
    var onlyHandshake: Int64? {
        let open = exchanges.filter { $0.value.isHandshake && $0.value.sent != nil && $0.value.reply == nil }
        return open.count == 1 ? open.first?.key : nil
    }

    // MARK: Requests

    /// The next id, or `nil` where too much is open.
    mutating func begin(_ listener: any ExchangeListener, isHandshake: Bool) -> Int64? {
        guard exchanges.count < limits.openRequests else { return nil }
        lastID += 1
        exchanges[lastID] = Exchange(listener: listener, isHandshake: isHandshake)
        return lastID
    }

    /// Marks a request as sent; whether it may be.
    mutating func send(_ id: Int64, isPermitted: Bool) -> Bool {
        guard let exchange = exchanges[id], exchange.sent == nil, exchange.reply == nil else { return false }
        sentCount += 1
        exchanges[id]?.sent = sentCount
        exchanges[id]?.isPermitted = isPermitted
        return true
    }

    /// Forgets a request, whatever became of it.
    @discardableResult mutating func remove(_ id: Int64) -> Ending? {
        exchanges.removeValue(forKey: id).map {
            Ending(wasSent: $0.sent != nil && $0.reply == nil, waiter: $0.waiter)
        }
    }

    mutating func removeHandshakes() { exchanges = exchanges.filter { !$0.value.isHandshake } }

    /// Whether a request waits for the server's answer, and may have it on this stream.
    func awaits(_ id: Int64, on stream: Int64?) -> Bool {
        guard let exchange = exchanges[id], stream == nil || stream == id else { return false }
        return exchange.sent != nil && exchange.reply == nil
    }

    /// Ends a request, where it has not ended. Where somebody waits, the ending has the waiter.
    mutating func settle(_ id: Int64, _ reply: ExchangeReply) -> Ending? {
        guard let exchange = exchanges[id], exchange.reply == nil else { return nil }
        if exchange.waiter == nil { exchanges[id]?.reply = reply } else { exchanges[id] = nil }
        return Ending(wasSent: exchange.sent != nil, waiter: exchange.waiter)
    }

    /// What a wait for a request's end begins with.
    enum Wait {
        case over(ExchangeReply)
        /// Nobody has this id, or somebody waits already.
        case unknown
        case waits(until: Int64)
    }

    mutating func wait(_ id: Int64, _ waiter: Waiter, patience: Int64, now: Int64) -> Wait {
        guard let exchange = exchanges[id], exchange.waiter == nil else { return .unknown }
        if let reply = exchange.reply {
            exchanges[id] = nil
            return .over(reply)
        }
        let deadline = Self.moment(now, patience)
        exchanges[id]?.waiter = waiter
        exchanges[id]?.patience = patience
        exchanges[id]?.deadline = deadline
        return .waits(until: deadline)
    }

    /// The server has said something about a request: its time begins anew.
    mutating func heard(of id: Int64, now: Int64) {
        guard let exchange = exchanges[id], exchange.waiter != nil else { return }
        exchanges[id]?.deadline = Self.moment(now, exchange.patience)
    }

    /// Takes those out that have waited too long, in the order they were begun.
    mutating func overdue(now: Int64) -> [(id: Int64, ending: Ending, keeps: Bool)] {
        let late = exchanges.filter { $0.value.waiter != nil && $0.value.deadline <= now }.keys.sorted()
        return late.compactMap { id in
            guard let exchange = exchanges[id] else { return nil }
            if exchange.isHandshake {
                exchanges[id]?.waiter = nil
                exchanges[id]?.deadline = .max
            } else {
                exchanges[id] = nil
            }
            let ending = Ending(wasSent: exchange.sent != nil, waiter: exchange.waiter)
            return (id, ending, exchange.isHandshake)
        }
    }

    /// The next moment at which something may be overdue.
    var nextDeadline: Int64? {
        exchanges.values.lazy.filter { $0.waiter != nil }.map(\.deadline).min().flatMap { $0 == .max ? nil : $0 }
    }

    /// Ends everything. What nobody waits for yet keeps its end until somebody does.
    mutating func endAll(_ failure: UpstreamFailure) -> [Ending] {
        asked = [:]
        return exchanges.keys.sorted().compactMap { settle($0, .failed(failure)) }
    }

    private static func moment(_ now: Int64, _ patience: Int64) -> Int64 {
        let (moment, overflows) = now.addingReportingOverflow(max(0, patience))
        return overflows ? .max : moment
    }

    // MARK: The server's requests

    enum Asking {
        case asked(exchange: Int64?)
        /// The id is open already: an answer under it would be taken for the other's.
        case duplicate
        case tooMany
    }

    /// Opens a request of the server's. Without a stream of its own it is taken to belong to the only permitted request
    /// that is open, or to the newest.
    mutating func ask(_ id: RequestID, on stream: Int64?, now: Int64) -> Asking {
        guard asked[id] == nil else { return .duplicate }
        guard asked.count < limits.serverRequests else { return .tooMany }
        let open = exchanges.filter { $0.value.isPermitted && $0.value.reply == nil }
        let exchange = stream ?? open.max { ($0.value.sent ?? 0) < ($1.value.sent ?? 0) }?.key
        asked[id] = .some(exchange)
        if let exchange { heard(of: exchange, now: now) }
        return .asked(exchange: exchange)
    }

    /// Closes a request of the server's; whether it was open.
    mutating func closeAsked(_ id: RequestID, now: Int64) -> Bool {
        guard let exchange = asked.removeValue(forKey: id) else { return false }
        if let exchange { heard(of: exchange, now: now) }
        return true
    }
}
