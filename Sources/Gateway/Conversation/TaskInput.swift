// SPDX-License-Identifier: Apache-2.0

import Decisions
import MCP
import StrictJSON

/// What a task of the extension asks for while it runs, and what the client says to it. The questions are in the state
/// that `tasks/get` tells, the answers in `tasks/update`; each is decided by itself.
///
/// A question's name is sealed with its task and its method: who answers under it was shown the question, and nothing
/// has to be remembered between the two. It is the same name at each `tasks/get`, as clients expect that ask often.
struct TaskInput: Sendable {
    /// The request about the task.
    let asked: AskedServer

    private var request: ClientRequest { asked.request }
    private var hub: Hub { request.hub }

    // MARK: The questions

    /// A task's state with its questions; a denial where one of them is refused, and nothing of them passes.
    func offer(_ state: JSONObject) async -> Reply {
        let questions: [InputRequest]
        var offered = JSONObject()
        do {
            questions = try InputRequired.questions(in: state)
            offered = try asked.passed(state, .complete)
        } catch {
            hub.count(.withheldResult)
            return Reply(request.failed("The task asks for something this gateway does not pass on"))
        }
        var entries = JSONObject()
        var calls: [AllowedCall] = []
        func ended(_ message: JSON) -> Reply { Reply(message, then: InputRounds.settling(calls, .notForwarded)) }
        let rounds = InputRounds(asked: asked)
        for question in questions {
            guard asked.client.declares(question.method, question.params) else {
                return ended(await rounds.refused(question))
            }
            switch await rounds.permitted(question) {
            case .denied(let answer): return ended(request.denial(answer))
            case .expired(let call):
                calls.append(call)
                return ended(request.failed("What the task asks for could not be passed on in time; try again."))
            case .permitted(let question, let call):
                calls.append(call)
                guard let name = name(question) else {
                    return ended(request.failed("What the task asks for could not be passed on."))
                }
                entries[name] = question.entry(request.client.revision)
            }
        }
        offered["inputRequests"] = .object(entries)
        return Reply(request.result(offered), then: InputRounds.settling(calls, .delivered))
    }

    // MARK: The answers

    /// Forwards the answers that are permitted, to the task whose questions they answer. Others are of nothing that the
    /// client was asked, and stay here.
    func update(
        _ responses: JSONObject, _ follow: (AskedServer, [AllowedCall]) async -> Reply
    ) async -> Reply {
        var permitted = JSONObject()
        var calls: [AllowedCall] = []
        func ended(_ message: JSON) -> Reply { Reply(message, then: InputRounds.settling(calls, .notForwarded)) }
        for member in responses.members {
            guard let (key, method) = question(member.key), permitted[key] == nil, let result = member.value.object
            else {
                hub.count(.unexpectedClientAnswer)
                continue
            }
            switch await PermittedAnswer(view: asked.view, conversation: request.conversation, method: method)
                .embedded(result)
            {
            case .denied(let answer): return ended(request.denial(answer))
            case .expired(let call):
                calls.append(call)
                return ended(request.failed("The answer could not be passed on in time; try again."))
            case .permitted(let answer, let call):
                calls.append(call)
                permitted[key] = .object(answer)
            }
        }
        var update = asked
        update.params["inputResponses"] = .object(permitted)
        return await follow(update, calls)
    }

    // MARK: Names

    private func name(_ question: InputRequest) -> UTF8String? {
        hub.seal.seal(
            [.string(asked.view.alias), .string(asked.name), .string(question.key), .string(question.method)],
            for: .question, of: request.conversation.principal)
    }

    private func question(_ name: UTF8String) -> (key: UTF8String, method: UTF8String)? {
        guard
            let content = hub.seal.open(name, as: .question, of: request.conversation.principal)?.array,
            content.count == 4, content[0] == .string(asked.view.alias), content[1] == .string(asked.name),
            let key = content[2].string, let method = content[3].string
        else { return nil }
        return (key, method)
    }
}
