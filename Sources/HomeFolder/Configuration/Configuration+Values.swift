// SPDX-License-Identifier: Apache-2.0

import Passports
import StrictJSON

extension Configuration {
    /// What is allowed and should not stay so; for people, without values.
    public var warnings: [String] {
        var warnings: [String] = []
        if tls == nil, let issuer = tokenIssuers.first(where: { $0.kind == .spiffeX509 }) {
            warnings.append(
                "issuers/\(issuer.name): nobody can show a certificate, since `listen` has no `tls`")
        }
        for server in servers {
            if case .program(let program) = server.endpoint {
                for (index, text) in program.arguments.enumerated() where !text.isLiteral {
                    warnings.append(
                        "servers/\(server.alias)/args/\(index): every user of this machine can read a program's "
                            + "arguments; better a variable in `env`, where the program takes one")
                }
            }
            guard case .url(let remote) = server.endpoint else { continue }
            for header in remote.headers where header.text.isLiteral {
                warnings.append(
                    "servers/\(server.alias)/headers/\(header.name): the value stands in the file itself; better "
                        + "{env: NAME}, or {file: /absolute/path} with a file for its owner alone")
            }
        }
        return warnings
    }
}

extension Configuration.Server {
    /// The program's arguments, with what they refer to.
    ///
    /// - Throws: `HomeError` naming the setting and what is missing.
    public func arguments(of program: Configuration.Program) throws(HomeError) -> [String] {
        var values: [String] = []
        for (index, text) in program.arguments.enumerated() { values.append(try value(text, "args/\(index)")) }
        return values
    }

    /// What is added to the program's environment, with what it refers to.
    ///
    /// - Throws: `HomeError` naming the setting and what is missing.
    public func environment(of program: Configuration.Program) throws(HomeError) -> [(name: String, value: String)] {
        var values: [(name: String, value: String)] = []
        for entry in program.environment { values.append((entry.name, try value(entry.text, "env/\(entry.name)"))) }
        return values
    }

    /// The headers, with what they refer to.
    ///
    /// - Throws: `HomeError` naming the setting and what is missing or no header's value.
    public func headers(of remote: Configuration.Remote) throws(HomeError) -> [(name: String, value: String)] {
        var values: [(name: String, value: String)] = []
        for entry in remote.headers {
            let place = "headers/\(entry.name)"
            let text = try value(entry.text, place)
            guard ServerHeader.isValue(text) else {
                throw HomeError(
                    .malformed,
                    "servers/\(alias)/\(place): \(entry.text) is not \(ServerHeader.expectedValue)")
            }
            values.append((entry.name, text))
        }
        return values
    }

    private func value(_ text: ConfiguredText, _ place: String) throws(HomeError) -> String {
        do throws(HomeError) { return try text.value() } catch {
            throw HomeError(error.code, "servers/\(alias)/\(place): \(error.message)")
        }
    }
}
