// SPDX-License-Identifier: Apache-2.0

import MCP
import StrictJSON

/// A request of our own that needs no decision, from its id to its answer.
struct FreeExchange: Sendable {
    let view: ServerView
    let link: any UpstreamLink
    /// The client on whose behalf it is asked.
    let client: ClientFacts

    func result(
        _ method: UTF8String, _ params: JSONObject, within milliseconds: Int64,
        listener: any ExchangeListener = NobodyListens()
    ) async throws(ServerTrouble) -> JSONObject {
        let id: Int64
        do throws(UpstreamFailure) {
            id = try link.begin(method, listener)
        } catch {
            throw .failed(error)
        }
        let json = OutgoingRequest.own(method, params, id: id, to: link.facts, as: client)
        guard let message = FreeMessage(json) else {
            link.release(id)
            throw .unreadable("This gateway does not ask that by itself")
        }
        do throws(UpstreamFailure) {
            try await link.send(message, MessageHead(id: id, method: method, version: link.facts.version))
        } catch {
            throw .failed(error)
        }
        switch await link.reply(to: id, within: milliseconds) {
        case .result(let result): return result
        case .error(let error): throw .error(error)
        case .unreadable(let why): throw .unreadable(why)
        case .cancelled: throw .cancelled
        case .failed(let failure): throw .failed(failure)
        }
    }

    /// A whole list, page by page, all of them in the time given.
    func list(_ kind: ListKind, within milliseconds: Int64) async throws(ServerTrouble) -> ListCollector {
        var collector = ListCollector(kind)
        var cursor: UTF8String?
        let deadline = MonotonicTime.after(milliseconds: milliseconds)
        repeat {
            let left = Int64(deadline.millisecondsLeft)
            guard left > 0 else {
                throw .failed(UpstreamFailure(.unanswered, "the server's list does not come to its end in time"))
            }
            let page = try await result(kind.method, ListPage.params(cursor: cursor), within: left)
            do throws(ListDefect) { cursor = try collector.add(page) } catch {
                throw .failed(UpstreamFailure(.protocolViolation, error.text))
            }
        } while cursor != nil
        return collector
    }
}

/// For requests whose progress nobody has asked for.
final class NobodyListens: ExchangeListener {
    func notified(_ method: UTF8String, _ params: JSONObject) {}
}
