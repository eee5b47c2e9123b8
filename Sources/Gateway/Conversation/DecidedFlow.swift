// SPDX-License-Identifier: Apache-2.0

import Decisions
import MCP
import StrictJSON

/// A request that is decided and forwarded: a tool's call, and everything else that names one thing at one server.
struct DecidedFlow: Sendable {
    let request: ClientRequest

    private var hub: Hub { request.hub }
    private var conversation: ClientConversation { request.conversation }

    func run() async -> Reply {
        let subject: Subject
        let retry: InputRetry?
        var taskAnswers: JSONObject?
        do throws(RequestRefusal) {
            guard let read = try Subject(of: request.params, method: request.method) else {
                throw RequestRefusal("Invalid params")
            }
            subject = read
            // A task's answers are of no earlier request: they are named by what they answer.
            if request.method == "tasks/update" {
                retry = nil
                taskAnswers = try InputRetry.answers(ofTask: request.params)
            } else {
                retry = try InputRetry(reading: request.params)
            }
        } catch {
            hub.count(.invalidParams)
            return Reply(error.answer(request.id))
        }
        guard let (view, name) = await target(subject) else { return unknown(subject) }
        let client = await conversation.told(request.client, to: view)
        let link: any UpstreamLink
        do throws(ServerTrouble) { link = try await view.link(for: client) } catch {
            return Reply(request.failure(error, of: view))
        }
        let asked = AskedServer(
            request: request, view: view, link: link, client: client, subject: subject, name: name,
            params: Subject.replacing(InputRetry.stripped(request.params), of: request.method, with: name))
        if let taskAnswers {
            return await TaskInput(asked: asked).update(taskAnswers) { await follow($0, carrying: $1) }
        }
        guard let retry else { return await follow(asked) }
        if request.era == .modern, let answered = await ApprovalFlow.answer(retry, of: asked) {
            guard case .said = answered else {
                hub.count(.invalidParams)
                return Reply(
                    request.error(ErrorCode.invalidParams, "Invalid params: requestState is not of this request"))
            }
            return await follow(asked)
        }
        guard request.era == .modern else {
            return await follow(asked, defect: "it answers a request for input that was not made")
        }
        return await Retry(asked: asked, retry: retry) { await follow($0, $1, carrying: $2) }.run()
    }

    /// What a subject means, and the server's own name for it. Names that hang on what was listed are looked for in
    /// lists that are fetched for it.
    private func target(_ subject: Subject) async -> (ServerView, UTF8String)? {
        let meaning: ServerName?
        if case .task(let token) = subject {
            meaning = hub.seal.task(token, of: conversation.principal)
        } else if let known = conversation.naming.meaning(of: subject) {
            meaning = known
        } else {
            for kind in subject.kinds { _ = await ListFlow(request: request, kind: kind).run() }
            meaning = conversation.naming.meaning(of: subject)
        }
        guard let meaning, let view = conversation.view(meaning.alias) else { return nil }
        return (view, meaning.name)
    }

    private func unknown(_ subject: Subject) -> Reply {
        hub.count(.invalidParams)
        switch subject {
        case .tool(let name): return Reply(request.error(ErrorCode.invalidParams, UTF8String("Unknown tool: \(name)")))
        case .prompt(let name):
            return Reply(request.error(ErrorCode.invalidParams, UTF8String("Unknown prompt: \(name)")))
        case .task: return Reply(request.error(ErrorCode.invalidParams, "Unknown task"))
        case .resource(let uri):
            let bridge = Bridge(client: request.client.revision, server: .latestModern, serverInfo: nil)
            return Reply(request.answer(bridge.unknownResource(uri)))
        }
    }

    /// Decides and forwards, and comes to the answer, in as many rounds as the server asks for input.
    private func follow(
        _ asked: AskedServer, _ first: InputRetry? = nil, carrying answers: [AllowedCall] = [],
        defect: UTF8String? = nil
    ) async -> Reply {
        var retry = first
        var carried = answers
        var outcomes: [Reply.Outcome] = []
        var isListedAnew = false
        for _ in 0..<hub.limits.inputRounds {
            var reply: Reply
            switch await asked.exchange(retry, carrying: carried, defect: defect).forward() {
            case .denied(let answer):
                reply = Reply(request.denial(answer), then: InputRounds.settling(carried, .notForwarded))
                // Of what carries answers to a server's questions nobody is asked here: they would grow old.
                guard retry == nil, let approval = answer.approval else { break }
                switch await ApprovalFlow(asked: asked, approval: approval).run() {
                case .granted: continue
                case .asking(let message): reply.message = message
                case .refused: break
                }
            case .cancelled(let outcome):
                reply = Reply(nil, then: outcome)
                reply.outcomes.append(InputRounds.settling(carried, .notForwarded))
            case .failed(let trouble, let outcome):
                reply = Reply(request.failure(trouble, of: asked.view), then: outcome)
                reply.outcomes.append(InputRounds.settling(carried, .notForwarded))
            case .forwarded(let forwarded, let held):
                if let held {
                    reply = await HeldFlow(asked: asked, held: held).wait()
                } else {
                    let answered = await forwarded.reply()
                    if !isListedAnew, asked.isHeaderMismatch(answered) {
                        // It has not run: the server wants other headers than its tool was listed with.
                        isListedAnew = true
                        outcomes.append(forwarded.outcome(answered, of: asked.operation))
                        await asked.listAnew()
                        continue
                    }
                    switch asked.read(answered, forwarded) {
                    case .reply(let read): reply = read
                    case .urls(let input, let message, let outcome):
                        reply = await InputRounds(asked: asked).offer(urls: input, message)
                        outcomes.append(outcome)
                    case .task(let state, let outcome):
                        reply = await TaskInput(asked: asked).offer(state)
                        outcomes.append(outcome)
                    case .input(let input, let outcome):
                        outcomes.append(outcome)
                        let rounds = InputRounds(asked: asked)
                        guard request.era == .legacy else {
                            reply = await rounds.offer(input, held: nil)
                            break
                        }
                        switch await rounds.ask(input) {
                        case .answered(let responses, let calls):
                            carried = calls
                            retry = InputRetry(responses: responses, state: input.state)
                            continue
                        case .ended(let ended): reply = ended
                        }
                    }
                }
            }
            reply.outcomes = outcomes + reply.outcomes
            return reply
        }
        outcomes.append(InputRounds.settling(carried, .notForwarded))
        return Reply(request.failed("The server asks for input again and again."), outcomes: outcomes)
    }
}

/// A request, its server, and what is asked there.
struct AskedServer: Sendable {
    let request: ClientRequest
    let view: ServerView
    let link: any UpstreamLink
    /// The client as the server is told of it.
    let client: ClientFacts
    let subject: Subject
    /// The server's own name for the subject.
    let name: UTF8String
    /// The parameters of the first try, with the server's name.
    var params: JSONObject

    var bridge: Bridge {
        Bridge(
            client: request.client.revision, server: link.facts.revision,
            serverInfo: request.conversation.serverInfo ?? link.facts.info)
    }

    /// Whether a server of the handshake revisions may ask a client of the stateless one for something.
    var mayBeHeld: Bool {
        request.era == .modern && link.facts.era == .legacy
            && !client.declared.isDisjoint(with: [.sampling, .elicitationForm, .elicitationURL, .roots])
    }

    func exchange(
        _ retry: InputRetry?, carrying carried: [AllowedCall] = [], defect: UTF8String? = nil
    ) -> DecidedExchange {
        DecidedExchange(
            request: request, view: view, link: link, client: client, params: params, operation: operation,
            name: name, retry: retry, carried: carried, defect: defect ?? taskDefect, mayBeHeld: mayBeHeld)
    }

    /// Whether a server over HTTP refuses a call's headers.
    func isHeaderMismatch(_ reply: ExchangeReply) -> Bool {
        guard case .error(let error) = reply, view.repeatsParameters(link) else { return false }
        return request.method == "tools/call" && error["code"]?.int64 == ErrorCode.headerMismatch
    }

    func listAnew() async {
        do throws(ServerTrouble) { _ = try await view.list(link, client) } catch {
            // What is known of the tool stays as it was, and so do its headers.
        }
    }

    var operation: Operation {
        let method = request.method
        return switch subject {
        case .tool: .tool
        case .prompt: .prompt(method: method, name: name)
        case .resource: .resource(method: method, uri: name)
        case .task: .task(method: method)
        }
    }

    /// A call that asks to run as a task where it cannot would run as another call than was asked for.
    private var taskDefect: UTF8String? {
        guard request.method == "tools/call", request.params["task"] != nil else { return nil }
        let canRun =
            request.client.revision.tasks == .core && link.facts.revision.tasks == .core
            && link.facts.capabilities["tasks"]?["requests"]?["tools"]?["call"] != nil
        return canRun ? nil : "the server does not run calls as tasks"
    }

    /// What an answer of the server's comes to.
    enum Answered: Sendable {
        case reply(Reply)
        /// The server asks for something first.
        case input(InputRequired, Reply.Outcome)
        /// The server wants URLs to be opened before the call is made again (-32042); and its words.
        case urls(InputRequired, UTF8String, Reply.Outcome)
        /// A task's state, which may ask for something.
        case task(JSONObject, Reply.Outcome)
    }

    func read(_ reply: ExchangeReply, _ forwarded: ForwardedRequest) -> Answered {
        let outcome = forwarded.outcome(reply, of: operation)
        if let refusal = forwarded.refusal { return .reply(Reply(request.denial(refusal), then: outcome)) }
        switch reply {
        case .cancelled: return .reply(Reply(nil, then: outcome))
        case .unreadable(let why): return .reply(Reply(request.failed(why), then: outcome))
        case .failed(let failure): return .reply(Reply(request.failure(.failed(failure), of: view), then: outcome))
        case .error(let error):
            switch error["code"]?.int64 {
            case ErrorCode.urlElicitationRequired? where link.facts.revision.hasElicitationIDs:
                do throws(InputDefect) {
                    return .urls(
                        try InputRequired(urlError: error), error["message"]?.string ?? "URL elicitation required",
                        outcome)
                } catch {
                    request.hub.count(.withheldResult)
                }
            case ErrorCode.denied?, ErrorCode.urlElicitationRequired?: request.hub.count(.withheldResult)
            default: break
            }
            return .reply(
                passing(request.answer(bridge.error(error, of: request.method)), forwarded, then: outcome))
        case .result(let result):
            do throws(ResultDefect) {
                let kind = try ResultKind(result, of: request.method, from: link.facts.revision)
                guard kind != .inputRequired else {
                    do throws(InputDefect) { return .input(try InputRequired(reading: result), outcome) } catch {
                        return withheld(forwarded, result, error.text)
                    }
                }
                // A task that waits for input asks in its own state. What is not decided does not pass.
                if result["inputRequests"] != nil, request.method == "tasks/get", request.era == .modern {
                    return .task(result, outcome)
                }
                guard result["inputRequests"] == nil, kind == .complete || isTaskWanted else { throw .unknownType }
                return .reply(passing(request.result(try passed(result, kind)), forwarded, then: outcome))
            } catch {
                return withheld(
                    forwarded, result, "The server's answer asks for something this gateway does not pass on")
            }
        }
    }

    /// An answer of the server's, which may have become stopped before its client takes it.
    private func passing(_ message: JSON, _ forwarded: ForwardedRequest, then outcome: @escaping Reply.Outcome) -> Reply
    {
        var reply = Reply(message, then: outcome)
        let request = request
        reply.late = { forwarded.lateRefusal.map { request.denial($0) } }
        return reply
    }

    /// In 2025-11-25 a client says that it wants a task; in the extension the server chooses.
    private var isTaskWanted: Bool {
        link.facts.revision.tasks == .core ? request.params["task"] != nil : request.client.declared.contains(.tasks)
    }

    func withheld(_ forwarded: ForwardedRequest, _ result: JSONObject, _ why: UTF8String) -> Answered {
        request.hub.count(.withheldResult)
        return .reply(Reply(request.failed(why)) { forwarded.call.settle(.error(.object(result))) })
    }

    /// A result as the client gets it.
    func passed(_ result: JSONObject, _ kind: ResultKind) throws(ResultDefect) -> JSONObject {
        let principal = request.conversation.principal
        let naming = request.conversation.naming
        var passed = try bridge.result(result, of: request.method)
        if kind == .task, let task = TaskIDs.created(in: result) { view.remember(task: task) }
        passed = try TaskIDs.mapping(result: passed, of: request.method) { id throws(ResultDefect) in
            guard let token = request.hub.seal.task(ServerName(view.alias, id), of: principal) else {
                throw .ambiguous
            }
            return token
        }
        guard case .everything = request.conversation.scope else { return passed }
        return ResourcePlaces.mapping(result: passed, of: request.method) { naming.spelling($0, of: view.alias) }
    }
}

extension Subject {
    /// The lists that it could be in.
    fileprivate var kinds: [ListKind] {
        switch self {
        case .tool: [.tools]
        case .prompt: [.prompts]
        case .resource: [.resources, .resourceTemplates]
        case .task: []
        }
    }
}
