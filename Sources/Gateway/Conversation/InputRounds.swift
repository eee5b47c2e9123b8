// SPDX-License-Identifier: Apache-2.0

import Decisions
import MCP
import StrictJSON
import WireTypes

import struct Crypto.SHA256

/// What a server asks for before it answers, and what the client says to it: each decided by itself.
struct InputRounds: Sendable {
    let asked: AskedServer

    private var request: ClientRequest { asked.request }
    private var hub: Hub { request.hub }

    // MARK: A client of the stateless revision: the questions are in a result, the answers in a retry

    /// The questions as a result for the client; a denial where one of them is refused, and nothing of them passes.
    func offer(_ input: InputRequired, held: HeldCall.Key?) async -> Reply {
        let (offered, calls): ([InputRequest], [AllowedCall])
        switch await permitted(all: input.requests) {
        case .ended(let reply): return reply
        case .permitted(let questions, let allowed): (offered, calls) = (questions, allowed)
        }
        let state = InputState(
            asked: asked, upstream: input.state, methods: input.requests.map { ($0.key, $0.method) }, held: held,
            expiry: hub.clock.now().adding(milliseconds: hub.limits.answerMilliseconds))
        guard let sealed = hub.seal.seal(state.json, for: .inputState, of: request.conversation.principal) else {
            return Reply(
                request.failed("What the server asks for could not be passed on."),
                then: Self.settling(calls, .notForwarded))
        }
        let result = InputRequired(requests: offered, state: sealed).result(serverInfo: asked.bridge.serverInfo)
        return Reply(Message.result(request.id, .object(result)), then: Self.settling(calls, .delivered))
    }

    static func settling(_ calls: [AllowedCall], _ report: OutcomeReport) -> Reply.Outcome {
        { for call in calls { call.settle(report) } }
    }

    static let notOffered: UTF8String = "The server asks for something that this client does not offer"

    enum Permitted {
        case permitted(InputRequest, AllowedCall)
        case denied(Answer)
        case expired(AllowedCall)
    }

    /// Decides one question; what comes of it is what the client may be shown.
    func permitted(_ question: InputRequest) async -> Permitted {
        var message = JSONObject()
        message.add("method", .string(question.method))
        message.add(
            "params", question.params(for: request.client.revision, elicitationID: question.key).map(JSON.object))
        let conversation = request.conversation
        let factory = CallFactory(asked.view, session: conversation.sessionID)
        let decision = await hub.pipeline.decide(
            factory.request(
                .serverRequest(method: question.method), conversation.spelled(.object(message), of: asked.view)))
        switch consume decision {
        case .denied(let answer):
            hub.noteDenial(answer)
            return .denied(answer)
        case .allowed(let permit, _):
            let call = hub.recorder.allowed(permit.ticket)
            guard let judged = permit.embed(),
                let question = InputRequest(
                    key: question.key, method: question.method, params: judged["params"]?.object)
            else { return .expired(call) }
            return .permitted(question, call)
        }
    }

    private enum Offering: Sendable {
        case permitted([InputRequest], [AllowedCall])
        case ended(Reply)
    }

    /// Each question decided; where one of them is refused, nothing of them passes.
    private func permitted(all questions: [InputRequest]) async -> Offering {
        var offered: [InputRequest] = []
        var calls: [AllowedCall] = []
        func ended(_ message: JSON) -> Offering {
            .ended(Reply(message, then: Self.settling(calls, .notForwarded)))
        }
        for question in questions {
            guard asked.client.declares(question.method, question.params) else {
                return ended(await refused(question))
            }
            switch await permitted(question) {
            case .denied(let answer): return ended(request.denial(answer))
            case .expired(let call):
                calls.append(call)
                return ended(request.failed("What the server asks for could not be passed on in time; try again."))
            case .permitted(let question, let call):
                calls.append(call)
                offered.append(question)
            }
        }
        return .permitted(offered, calls)
    }

    // MARK: URLs that are to be opened before a call is made again

    /// What a server of 2025-11-25 says by an error: the same error for a client of that revision; for one of the
    /// stateless revision, questions as any others, after which the call is made again.
    func offer(urls input: InputRequired, _ message: UTF8String) async -> Reply {
        guard request.era == .legacy else { return await offer(input, held: nil) }
        let (offered, calls): ([InputRequest], [AllowedCall])
        switch await permitted(all: input.requests) {
        case .ended(let reply): return reply
        case .permitted(let questions, let allowed): (offered, calls) = (questions, allowed)
        }
        for question in offered { request.conversation.shows(question, of: asked.view) }
        let error = InputRequired(requests: offered, state: nil).urlError(message)
        return Reply(request.answer(error), then: Self.settling(calls, .delivered))
    }

    // MARK: A client of the handshake revisions: the questions are requests of their own

    enum Asking: Sendable {
        /// The answers, permitted, for the retry that carries them.
        case answered(JSONObject, [AllowedCall])
        case ended(Reply)
    }

    /// Asks one after the other.
    func ask(_ input: InputRequired) async -> Asking {
        var responses = JSONObject()
        var calls: [AllowedCall] = []
        func ended(_ message: JSON?) -> Asking {
            .ended(Reply(message, then: Self.settling(calls, .notForwarded)))
        }
        for question in input.requests {
            guard asked.client.declares(question.method, question.params) else {
                return ended(await refused(question))
            }
            let ending = await ClientQuestion(
                view: asked.view, conversation: request.conversation, client: asked.client, sink: request.sink,
                request: question
            ).ask()
            let result: JSONObject?
            switch ending {
            case .denied(let answer): return ended(request.denial(answer))
            case .answered(.withdrawn): return ended(nil)
            case .answered(.result(let given)): result = InputRequest.answer(given)
            case .answered(.error), .answered(.none): result = nil
            }
            guard let result = result ?? question.noAnswer else {
                return ended(request.failed("The server asked for something, and there was no answer."))
            }
            let answer = PermittedAnswer(
                view: asked.view, conversation: request.conversation, method: question.method)
            switch await answer.embedded(result) {
            case .denied(let refusal): return ended(request.denial(refusal))
            case .expired(let call):
                calls.append(call)
                return ended(request.failed("The answer could not be passed on in time; try again."))
            case .permitted(let permitted, let call):
                calls.append(call)
                responses[question.key] = .object(permitted)
            }
        }
        return .answered(responses, calls)
    }
}

/// What a client's retry must be of, and what the server wants back: sealed, since it goes through the client's hands.
struct InputState: Sendable {
    let method: UTF8String
    let alias: UTF8String
    let name: UTF8String
    /// Of the parameters of the first try.
    let digest: Digest
    /// The server's own state.
    let upstream: UTF8String?
    /// What was asked, by name.
    let methods: [(key: UTF8String, method: UTF8String)]
    /// The call that is held meanwhile.
    let held: HeldCall.Key?
    let expiry: Timestamp

    init(
        asked: AskedServer, upstream: UTF8String?, methods: [(key: UTF8String, method: UTF8String)],
        held: HeldCall.Key?, expiry: Timestamp
    ) {
        method = asked.request.method
        alias = asked.view.alias
        name = asked.name
        digest = Self.digest(asked.params)
        self.upstream = upstream
        self.methods = methods
        self.held = held
        self.expiry = expiry
    }

    var json: JSON {
        [
            "method": .string(method), "server": .string(alias), "name": .string(name),
            "digest": .text(digest.base64URL), "state": upstream.map(JSON.string) ?? .null,
            "asked": .array(methods.map { [.string($0.key), .string($0.method)] }),
            "held": held.map { .integer($0) } ?? .null, "expiry": .integer(expiry.milliseconds),
        ]
    }

    init?(_ json: JSON) {
        guard let method = json["method"]?.string, let alias = json["server"]?.string, let name = json["name"]?.string,
            let digest = json["digest"]?.string.flatMap({ Base64URL.decode($0.string) }).flatMap({ Digest($0) }),
            let expiry = json["expiry"]?.int64, let asked = json["asked"]?.array
        else { return nil }
        self.method = method
        self.alias = alias
        self.name = name
        self.digest = digest
        upstream = json["state"]?.string
        methods = asked.compactMap { pair in
            guard let pair = pair.array, pair.count == 2, let key = pair[0].string, let method = pair[1].string else {
                return nil
            }
            return (key, method)
        }
        held = json["held"]?.int64
        self.expiry = Timestamp(clamping: expiry)
    }

    /// Whether a retry is the same request.
    func fits(_ asked: AskedServer, now: Timestamp) -> Bool {
        method == asked.request.method && alias == asked.view.alias && name == asked.name
            && digest == Self.digest(asked.params) && now <= expiry
    }

    /// Of the parameters without `_meta`, whose tokens change from try to try.
    private static func digest(_ params: JSONObject) -> Digest {
        Digest(SHA256.hash(data: JSON.object(params.without("_meta")).serialized()))
    }
}

/// A client's retry after a result that asked for input: the same request of the same agent, with answers that are
/// decided, and decided again itself.
struct Retry: Sendable {
    let asked: AskedServer
    let retry: InputRetry
    let follow: @Sendable (AskedServer, InputRetry?, [AllowedCall]) async -> Reply

    private var request: ClientRequest { asked.request }
    private var hub: Hub { request.hub }

    func run() async -> Reply {
        let principal = request.conversation.principal
        guard let token = retry.state,
            let state = hub.seal.open(token, as: .inputState, of: principal).flatMap(InputState.init),
            state.fits(asked, now: hub.clock.now())
        else { return invalid("Invalid params: requestState is not of this request") }
        if let held = state.held {
            guard let call = hub.held.take(held, principal) else {
                return invalid("Invalid params: what requestState stands for is over")
            }
            return await HeldFlow(asked: asked, held: call).resume(retry.responses)
        }
        // A server of the handshake revisions was not asking but refusing, until URLs are opened: it hears of no answer,
        // and gets the call again.
        guard asked.link.facts.era == .modern else {
            let isDeclined = state.methods.contains { key, _ in
                retry.responses[key].map { $0["action"] != "accept" } ?? false
            }
            guard !isDeclined else { return Reply(request.failed("What the server asks to be opened was not.")) }
            return await follow(asked, nil, [])
        }
        var responses = JSONObject()
        var calls: [AllowedCall] = []
        for (key, method) in state.methods {
            guard let result = retry.responses[key]?.object else { continue }
            switch await PermittedAnswer(view: asked.view, conversation: request.conversation, method: method)
                .embedded(result)
            {
            case .denied(let answer): return ended(request.denial(answer), calls)
            case .expired(let call):
                return ended(request.failed("The answer could not be passed on in time; try again."), calls + [call])
            case .permitted(let permitted, let call):
                calls.append(call)
                responses[key] = .object(permitted)
            }
        }
        return await follow(asked, InputRetry(responses: responses, state: state.upstream), calls)
    }

    private func ended(_ message: JSON, _ calls: [AllowedCall]) -> Reply {
        Reply(message, then: InputRounds.settling(calls, .notForwarded))
    }

    private func invalid(_ text: UTF8String) -> Reply {
        hub.count(.invalidParams)
        return Reply(request.error(ErrorCode.invalidParams, text))
    }
}
