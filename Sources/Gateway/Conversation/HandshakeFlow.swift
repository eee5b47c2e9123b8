// SPDX-License-Identifier: Apache-2.0

import Decisions
import MCP
import StrictJSON

/// What the gateway answers for itself: `initialize`, `server/discover`, `ping`.
struct HandshakeFlow: Sendable {
    let request: ClientRequest

    private var conversation: ClientConversation { request.conversation }

    func run() async -> Reply {
        switch request.method {
        case "initialize": await initialize()
        case "server/discover": await discover()
        default: Reply(request.result(JSONObject()))
        }
    }

    private func initialize() async -> Reply {
        let client: ClientFacts
        do throws(RequestRefusal) { client = try ClientFacts(initialize: request.params) } catch {
            request.hub.count(.invalidParams)
            return Reply(error.answer(request.id))
        }
        conversation.adopt(client)
        guard case .server = conversation.scope else {
            let result = Handshake.initializeResult(
                for: client, capabilities: ServerCapabilities.whole(to: client.revision), info: Self.info,
                instructions: nil)
            return Reply(Message.result(request.id, .object(result)))
        }
        return await withServer(client) { Handshake.initializeResult(for: client, $0) }
    }

    private func discover() async -> Reply {
        guard case .server = conversation.scope else {
            let result = Handshake.discoverResult(
                capabilities: ServerCapabilities.whole(to: request.client.revision), info: Self.info,
                instructions: nil)
            return Reply(Message.result(request.id, .object(result)))
        }
        return await withServer(request.client) { Handshake.discoverResult($0) }
    }

    /// One server's own words, as far as they are passed on.
    private func withServer(_ client: ClientFacts, _ result: (ServerFacts) -> JSONObject) async -> Reply {
        guard let view = conversation.views.first else {
            return Reply(request.error(ErrorCode.internalError, "There is no such server"))
        }
        do throws(ServerTrouble) {
            let link = try await view.link(for: await conversation.told(client, to: view))
            return Reply(Message.result(request.id, .object(result(link.facts))))
        } catch {
            return Reply(request.failure(error, of: view))
        }
    }

    /// Who this is, where it stands for several servers.
    static let info: JSON = ["name": "writ", "version": .text(Engine.version)]
}

/// Which of a client's capabilities a server is told of: what policy could permit it to use.
struct CapabilityMask: Sendable {
    let view: ServerView
    let session: UTF8String

    func mask(of declared: ClientMask) async -> ClientMask {
        let asked: [(mask: ClientMask, method: UTF8String)] = [
            (.sampling, "sampling/createMessage"), ([.elicitationForm, .elicitationURL], "elicitation/create"),
            (.roots, "roots/list"),
        ].filter { !declared.isDisjoint(with: $0.mask) }
        var mask = declared.intersection(.tasks)
        guard !asked.isEmpty else { return mask }
        do throws(LedgerError) {
            let answers = try await view.hub.pipeline.visible(
                asked.map { .operation(.serverRequest(method: $0.method)) }, to: view.principal.credential,
                server: view.alias, builtInMap: view.server.builtInMap, place: view.server.place)
            for (question, isVisible) in zip(asked, answers) where isVisible {
                mask.formUnion(declared.intersection(question.mask))
            }
        } catch {
            view.hub.note("writ: what server \(view.alias) may ask for cannot be known: \(error)")
        }
        return mask
    }
}

/// `logging/setLevel`: every server in scope that logs is told; what is below the level is not passed on in any case.
struct LogLevelFlow: Sendable {
    let request: ClientRequest

    func run() async -> Reply {
        let level: LogLevel
        do throws(RequestRefusal) { level = try LogLevel(setLevel: request.params) } catch {
            request.hub.count(.invalidParams)
            return Reply(error.answer(request.id))
        }
        request.conversation.adopt(level)
        let request = request
        _ = await withDeadline(milliseconds: request.hub.limits.mergeMilliseconds) {
            await withTaskGroup(of: Void.self) { group in
                for view in request.conversation.views { group.addTask { await Self.tell(view, request, level) } }
            }
        }
        return Reply(request.result(JSONObject()))
    }

    /// The level and nothing else of what the client wrote: nobody decides on this request.
    private static func tell(_ view: ServerView, _ request: ClientRequest, _ level: LogLevel) async {
        var params = JSONObject()
        params.add("level", .string(level.name))
        let client = await request.conversation.told(request.client, to: view)
        do throws(ServerTrouble) {
            let link = try await view.link(for: client)
            guard link.facts.era == .legacy, link.facts.capabilities["logging"] != nil else { return }
            _ = try await FreeExchange(view: view, link: link, client: client).result(
                request.method, params, within: view.hub.limits.mergeMilliseconds)
        } catch {
            // A server that does not take a level says more than was asked for, and it is left out here.
        }
    }
}

extension JSONObject {
    func without(_ key: UTF8String) -> JSONObject {
        var object = self
        object[key] = nil
        return object
    }
}
