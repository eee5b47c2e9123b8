// SPDX-License-Identifier: Apache-2.0

import Decisions
import MCP
import StrictJSON
import Synchronization

/// A request of the client's, and what every flow needs of it.
struct ClientRequest: Sendable {
    /// Its id, which its answer carries.
    let id: RequestID
    var method: UTF8String
    /// The whole message, as it was read.
    var message: JSONObject
    /// What the client says of itself: with this request, or in its handshake.
    let client: ClientFacts
    /// The token that the client wants its progress under.
    let progressToken: RequestID?
    /// Takes what comes before the answer.
    let sink: any MessageSink
    let share: LoadShare
    let conversation: ClientConversation

    var era: Era { client.era }
    var hub: Hub { conversation.hub }
    var params: JSONObject { message["params"]?.object ?? JSONObject() }

    /// An answer with a result, in the form of the request's era.
    func result(_ result: JSONObject) -> JSON {
        var result = result
        if era == .modern, result["resultType"] == nil { result["resultType"] = "complete" }
        return Message.result(id, .object(result))
    }

    func error(_ code: Int64, _ text: UTF8String, data: JSON? = nil) -> JSON {
        Message.error(id, code: code, text, data: data)
    }

    /// What the client hears where a server has no answer. A call's is for the model to read, unless the server is gone.
    func failure(_ trouble: ServerTrouble, of view: ServerView) -> JSON? {
        switch trouble {
        case .cancelled: return nil
        case .error(let error): return answer(error)
        case .unreadable(let why): return failed(why)
        case .failed(let failure):
            switch failure.kind {
            case .ended, .unreachable, .sessionLost, .refused, .protocolViolation, .stalled:
                return error(ErrorCode.internalError, hub.goneText(view))
            case .unanswered: return failed("The server did not answer.")
            }
        }
    }

    /// Words in the form that the method has for failures.
    func failed(_ text: UTF8String) -> JSON {
        guard method == "tools/call" else { return error(ErrorCode.internalError, text) }
        return Message.failure(id, era: era, text)
    }

    /// A server's error, under the client's id.
    func answer(_ error: JSONObject) -> JSON {
        var answer = JSONObject()
        answer.add("jsonrpc", "2.0")
        answer.add("id", id.json)
        answer.add("error", .object(error))
        return .object(answer)
    }

    /// A refusal: of a call a result, so that the model reads why; else an error.
    func denial(_ answer: Answer) -> JSON {
        method == "tools/call"
            ? Message.denial(id, era: era, answer: answer.json) : Message.denied(id, answer: answer.json)
    }
}

/// A request's bytes among those being decided; given back once.
final class LoadShare: Sendable {
    private let load: DecisionLoad
    private let bytes: Int
    private let isReleased = Mutex(false)

    init(_ load: DecisionLoad, _ bytes: Int) {
        self.load = load
        self.bytes = bytes
    }

    deinit { release() }

    /// The request is decided, and its permit queued, or it needs no decision.
    func release() {
        let isFirst = isReleased.withLock { isReleased in
            defer { isReleased = true }
            return !isReleased
        }
        if isFirst { load.end(bytes) }
    }
}
