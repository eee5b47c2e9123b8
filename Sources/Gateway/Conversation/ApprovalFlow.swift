// SPDX-License-Identifier: Apache-2.0

import Decisions
import MCP
import StrictJSON
import WireTypes

import struct Crypto.SHA256

/// What is done with a request that was refused for want of an approval, before its client hears so: the client's own
/// user is asked, where that may be enough; and where the client wants to hear of progress, others are waited for.
///
/// Nothing here lets anything through: the request is decided again, and the ledger says what was approved.
struct ApprovalFlow: Sendable {
    enum Ending: Sendable {
        /// There are approvals enough, as it seems: to be decided again.
        case granted
        /// The client is asked, by this result.
        case asking(JSON)
        /// It stays refused.
        case refused
    }

    let asked: AskedServer
    let approval: AskedApproval

    private var request: ClientRequest { asked.request }
    private var hub: Hub { request.hub }
    private var agent: UTF8String { request.conversation.principal.agentID }

    /// The one question's name.
    static let key: UTF8String = "writ-approval"

    func run() async -> Ending {
        // What waits for people is not being decided.
        request.share.release()
        if approval.takesClient, let question = question(), request.client.declares(question.method, question.params) {
            guard request.era == .legacy else { return offer(question) }
            let said = await ask(question)
            // It is decided again, and refused by what stops it.
            if isStopped { return .granted }
            switch said {
            case true?: if approval.given + 1 >= approval.needed { return .granted }
            case false?: return .refused
            case nil: return .refused
            }
        }
        return await wait()
    }

    // MARK: The client's own user

    private func question() -> InputRequest? {
        let subject = asked.params.without("_meta")
        let text = UTF8String(String(decoding: JSON.object(subject).serialized(), as: UTF8.self)).spelledOut
        // What cannot be shown whole is not asked.
        guard text.utf8.count <= ApprovalLimits.textBytes else { return nil }
        let message = """
            Writ asks for an approval by \(approval.group), until \(approval.expiresAt). May this be done, once?

            \(request.method) of the server \(asked.view.alias):
            \(text)
            """
        let params: JSON = [
            "mode": "form", "message": .string(UTF8String(message)),
            "requestedSchema": [
                "type": "object", "properties": ["approve": ["type": "boolean", "title": "Approve this, once"]],
                "required": ["approve"],
            ],
        ]
        return InputRequest(key: Self.key, method: "elicitation/create", params: params.object)
    }

    /// Asks a client of the handshake revisions, while its call is held.
    ///
    /// - Returns: whether it has approved; `nil` where there was no answer.
    private func ask(_ question: InputRequest) async -> Bool? {
        let conversation = request.conversation
        guard let (id, race) = conversation.questions.begin(nil, nil) else { return nil }
        defer { conversation.questions.end(id) }
        let message = question.message(
            id: id, for: request.client.revision, elicitationID: UTF8String("\(id.json.string ?? "")"))
        guard request.sink.send(message) else { return nil }
        let progress = Task { await self.progress() }
        let timer = Task {
            do { try await Task.sleep(for: .milliseconds(timeLeft(hub.limits.answerMilliseconds))) } catch { return }
            race.finish(.none)
        }
        defer {
            progress.cancel()
            timer.cancel()
        }
        let watch = subject.map { hub.pipeline.switches.add($0) { _ in race.finish(.withdrawn) } }
        let answer = await withTaskCancellationHandler {
            await race.value
        } onCancel: {
            race.finish(.withdrawn)
        }
        if let watch { hub.pipeline.switches.remove(watch) }
        switch answer {
        case .result(let result): return await settle(result)
        case .error: return nil
        case .none, .withdrawn:
            request.sink.send(Message.notification("notifications/cancelled", ["requestId": id.json]))
            return nil
        }
    }

    /// Logs what the client's user has said.
    ///
    /// - Returns: whether it is an approval that was taken; `nil` where it was neither yes nor no.
    private func settle(_ result: JSONObject) async -> Bool? {
        do throws(LedgerError) {
            switch result["action"]?.string {
            case "accept" where result["content"]?["approve"] == true:
                return try await hub.pipeline.approveByClient(approval.id, of: agent)
            case "accept", "decline":
                try await hub.pipeline.refuseByClient(approval.id, of: agent)
                return false
            default: return nil
            }
        } catch {
            hub.note("writ: an approval could not be logged: \(error)")
            return false
        }
    }

    /// Asks a client of the stateless revision, by a result; its retry comes to `Retry`.
    private func offer(_ question: InputRequest) -> Ending {
        let state = ApprovalState(asked: asked, id: approval.id, expiry: approval.expiresAt)
        guard let sealed = hub.seal.seal(state.json, for: .approval, of: request.conversation.principal) else {
            return .refused
        }
        let result = InputRequired(requests: [question], state: sealed).result(serverInfo: asked.bridge.serverInfo)
        return .asking(Message.result(request.id, .object(result)))
    }

    // MARK: Others

    /// Waits for whoever else approves, where the client hears of progress; a client that does not would give the call up.
    private func wait() async -> Ending {
        guard request.progressToken != nil, hub.limits.approvalWaitMilliseconds > 0 else { return .refused }
        let progress = Task { await self.progress() }
        defer { progress.cancel() }
        let ended = await withDeadline(milliseconds: timeLeft(hub.limits.approvalWaitMilliseconds)) {
            let race = Race<Ending>()
            let polling = Task { race.finish(await self.poll()) }
            // As after an approval: it is decided again, and refused by what stops it.
            let watch = subject.map { hub.pipeline.switches.add($0) { _ in race.finish(.granted) } }
            defer {
                polling.cancel()
                if let watch { hub.pipeline.switches.remove(watch) }
            }
            return await withTaskCancellationHandler {
                await race.value
            } onCancel: {
                race.finish(.refused)
            }
        }
        return ended ?? .refused
    }

    // MARK: Brakes

    /// The call that waits, as brakes see it.
    private var subject: Stoppable? {
        hub.pipeline.stoppable(
            server: asked.view.alias, tool: asked.operation.name ?? asked.name,
            for: request.conversation.principal.credential)
    }

    private var isStopped: Bool { subject.flatMap { hub.pipeline.stop(of: $0) } != nil }

    private func poll() async -> Ending {
        while !Task.isCancelled, !request.conversation.isClosed {
            do throws(LedgerError) {
                switch try hub.pipeline.approvalState(approval.id)?.state {
                case .granted: return .granted
                case .waiting: break
                case .refused, .used, .expired, nil: return .refused
                }
            } catch {
                return .refused
            }
            do { try await Task.sleep(for: .milliseconds(ApprovalLimits.pollMilliseconds)) } catch { break }
        }
        return .refused
    }

    /// Tells the client, every few seconds, that its call waits, and for whom.
    private func progress() async {
        guard let token = request.progressToken else { return }
        var count = 0
        while !Task.isCancelled {
            count += 1
            request.sink.send(
                Message.notification(
                    "notifications/progress",
                    [
                        "progressToken": token.json, "progress": .integer(count),
                        "message": .string(
                            UTF8String(
                                "Waiting for an approval by \(approval.group): writ approvals show \(approval.id)")),
                    ]))
            do { try await Task.sleep(for: .milliseconds(ApprovalLimits.progressMilliseconds)) } catch { return }
        }
    }

    private func timeLeft(_ most: Int64) -> Int64 {
        max(1, min(most, approval.expiresAt.milliseconds - hub.clock.now().milliseconds))
    }

    // MARK: The retry of a client of the stateless revision

    /// What a retry says to the question that `offer` asked.
    ///
    /// - Returns: `nil` where its state is none of ours, or of another request.
    static func answer(_ retry: InputRetry, of asked: AskedServer) async -> Answered? {
        let hub = asked.request.hub
        let principal = asked.request.conversation.principal
        guard let token = retry.state,
            let state = hub.seal.open(token, as: .approval, of: principal).flatMap(ApprovalState.init)
        else { return nil }
        guard state.fits(asked, now: hub.clock.now()) else { return .misplaced }
        guard let result = retry.responses[key]?.object else { return .said }
        do throws(LedgerError) {
            switch result["action"]?.string {
            case "accept" where result["content"]?["approve"] == true:
                _ = try await hub.pipeline.approveByClient(state.id, of: principal.agentID)
            case "accept", "decline": try await hub.pipeline.refuseByClient(state.id, of: principal.agentID)
            default: break
            }
        } catch {
            hub.note("writ: an approval could not be logged: \(error)")
        }
        return .said
    }

    enum Answered: Sendable {
        /// What was said is in the log, if it counts; the request is to be decided.
        case said
        /// The state is of another request.
        case misplaced
    }
}

/// What a client's retry after Writ's own question must be of: sealed, since it goes through the client's hands.
struct ApprovalState: Sendable {
    let id: UUIDv7
    private let method: UTF8String
    private let alias: UTF8String
    private let name: UTF8String
    private let digest: Digest
    private let expiry: Timestamp

    init(asked: AskedServer, id: UUIDv7, expiry: Timestamp) {
        self.id = id
        method = asked.request.method
        alias = asked.view.alias
        name = asked.name
        digest = Self.digest(asked.params)
        self.expiry = expiry
    }

    var json: JSON {
        [
            "approval": .text(id.text), "method": .string(method), "server": .string(alias), "name": .string(name),
            "digest": .text(digest.base64URL), "expiry": .integer(expiry.milliseconds),
        ]
    }

    init?(_ json: JSON) {
        guard let id = json["approval"]?.string.flatMap({ UUIDv7(parsing: $0.string) }),
            let method = json["method"]?.string, let alias = json["server"]?.string, let name = json["name"]?.string,
            let digest = json["digest"]?.string.flatMap({ Digest(base64URL: $0.string) }),
            let expiry = json["expiry"]?.int64
        else { return nil }
        self.id = id
        self.method = method
        self.alias = alias
        self.name = name
        self.digest = digest
        self.expiry = Timestamp(clamping: expiry)
    }

    /// Whether a retry is the same request.
    func fits(_ asked: AskedServer, now: Timestamp) -> Bool {
        method == asked.request.method && alias == asked.view.alias && name == asked.name
            && digest == Self.digest(asked.params) && now < expiry
    }

    private static func digest(_ params: JSONObject) -> Digest {
        Digest(SHA256.hash(data: JSON.object(params.without("_meta")).serialized()))
    }
}
