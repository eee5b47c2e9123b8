// SPDX-License-Identifier: Apache-2.0

import Decisions
package import Gateway
import Glibc
package import HomeFolder
package import StrictJSON
import WireTypes

import struct Crypto.SHA256

/// The servers that the gateway stands before, as the configuration or the command line has them. The one place where
/// secrets of the configuration are looked up.
package enum ServerDescriptions {
    /// All servers of a configuration, in its order. One whose secret is missing is left out, and `note` told why: the
    /// others can be had.
    ///
    /// - Throws: `CommandFailure` where the working directory is gone.
    package static func all(
        _ configuration: Configuration, note: (String) -> Void
    ) throws -> [ServerDescription] {
        try configuration.servers.compactMap { server -> ServerDescription? in
            do { return try description(server) } catch let error as HomeError {
                note("writ: server \(server.alias) is left out: writ.yaml: \(error.message)")
                return nil
            }
        }
    }

    /// One server of a configuration.
    ///
    /// - Throws: `HomeError` naming the setting whose value is missing, or `CommandFailure`.
    package static func description(_ server: Configuration.Server) throws -> ServerDescription {
        let endpoint: ServerDescription.Endpoint
        let identity: JSON
        var start = server.root
        switch server.endpoint {
        case .program(let program):
            start = start ?? program.workingDirectory
            endpoint = .process(
                ServerProgram(
                    command: program.command, arguments: try server.arguments(of: program),
                    environment: environment(adding: try server.environment(of: program)),
                    workingDirectory: program.workingDirectory))
            // Where an argument is kept, and not the secret: it may change without the server being another one.
            identity = .array(["stdio", .text(program.command)] + program.arguments.map(\.json))
        case .url(let remote):
            endpoint = .http(
                HTTPEndpoint(
                    url: remote.url.text, headers: try server.headers(of: remote),
                    credential: try remote.credential.map { try credential($0, of: server) }))
            identity = ["http", .text(remote.url.text)]
        }
        return ServerDescription(
            alias: server.alias, endpoint: endpoint, place: try place(start, server.filesystem),
            digest: Digest(SHA256.hash(data: identity.serialized())), builtInMap: server.builtInMap,
            firstSight: server.pins == .firstUse ? .firstUse : .quarantine)
    }

    /// What a server is shown, which is read again whenever it is needed. What cannot be read now is missing.
    private static func credential(
        _ credential: HomeFolder.ServerCredential, of server: Configuration.Server
    ) throws -> Gateway.ServerCredential {
        let source: Gateway.ServerCredential.Source
        switch credential.source {
        case .text(let text):
            _ = try server.secret(text)
            source = .secret(reader(text, of: server))
        case .exchange(let exchange):
            _ = try server.secret(exchange.clientSecret)
            source = .exchange(
                TokenExchange(
                    url: exchange.url.text, isPrivate: exchange.isPrivate, clientID: exchange.clientID,
                    clientSecret: reader(exchange.clientSecret, of: server), isOfCaller: exchange.isOfCaller,
                    audience: exchange.audience, resource: exchange.resource, scope: exchange.scope))
        }
        return Gateway.ServerCredential(header: credential.header, prefix: credential.prefix, source: source)
    }

    private static func reader(
        _ text: ConfiguredText, of server: Configuration.Server
    ) -> Gateway.ServerCredential.Reader {
        {
            do throws(HomeError) { return .success(try server.secret(text)) } catch {
                return .failure(UpstreamFailure(.unreachable, "writ.yaml: \(error.message)"))
            }
        }
    }

    /// A server that the command line names.
    ///
    /// - Throws: `CommandFailure` where the working directory is gone.
    package static func program(
        alias: UTF8String, command: String, arguments: [String], filesystem: Configuration.FileSystem,
        firstSight: ServerDescription.FirstSight
    ) throws -> ServerDescription {
        let identity = JSON.array((["stdio", command] + arguments).map { .text($0) })
        return ServerDescription(
            alias: alias,
            endpoint: .process(
                ServerProgram(
                    command: command, arguments: arguments, environment: environment(adding: []),
                    workingDirectory: nil)),
            place: try place(nil, filesystem), digest: Digest(SHA256.hash(data: identity.serialized())),
            builtInMap: BuiltInMap.name(ofCommand: command, arguments), firstSight: firstSight)
    }

    private static func place(_ start: String?, _ filesystem: Configuration.FileSystem) throws -> WorkingPlace {
        let path = try start.map { try WorkingDirectory.absolute($0) } ?? WorkingDirectory.current()
        return WorkingPlace(
            workingDirectory: UTF8String(path), home: UserAccount.home.map { UTF8String($0) },
            project: UTF8String(path), isLocal: filesystem == .local)
    }

    /// This process's environment without Writ's own variables, and with the server's.
    private static func environment(adding own: [(name: String, value: String)]) -> [String] {
        let names = Set(own.map { Array($0.name.utf8) })
        var variables: [String] = []
        var pointer = environ
        while let variable = pointer.pointee {
            let text = String(cString: variable)
            let name = text.prefix { $0 != "=" }
            if !name.hasPrefix("WRIT_"), !names.contains(Array(name.utf8)) { variables.append(text) }
            pointer += 1
        }
        return variables + own.map { "\($0.name)=\($0.value)" }
    }
}
