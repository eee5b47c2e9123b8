// SPDX-License-Identifier: Apache-2.0

import StrictJSON
import Synchronization
import ToolTypes
import WireTypes

/// How arguments are read by definitions that the ledger keeps: each read once a process.
final class PinnedDefinitions: Sendable {
    private let types = Mutex<[Digest: ArgumentType]>([:])

    /// How the arguments of a tool with that definition are read; `undeclared` where the document is gone or says nothing.
    ///
    /// - Throws: `LedgerError` where the ledger cannot be read.
    func argumentType(of digest: Digest, in ledger: any Ledger) throws(LedgerError) -> ArgumentType {
        if let known = types.withLock({ $0[digest] }) { return known }
        let type = try ledger.content(digest).map(Self.argumentType) ?? .undeclared
        types.withLock { types in
            if types.count >= Limits.definitionsRemembered { types = [:] }
            types[digest] = type
        }
        return type
    }

    /// How arguments are read by a definition's bytes.
    static func argumentType(_ bytes: [UInt8]) -> ArgumentType {
        guard let tool = definition(bytes).flatMap(tool) else { return .undeclared }
        return ArgumentTypes([ToolServer(alias: "pinned", tools: [tool])])[server: "pinned", tool: tool.name]
            ?? .undeclared
    }

    /// A definition as `ToolTypes` reads it: one tool, whatever other members it has.
    static func tool(_ definition: JSON) -> ToolDefinition? {
        do throws(ToolList.Failure) { return try ToolList(.array([definition])).tools.first } catch { return nil }
    }

    /// A definition's bytes, as the ledger keeps them.
    static func definition(_ bytes: [UInt8]) -> JSON? {
        do throws(JSONError) { return try JSON(parsing: bytes, limits: ToolTypesLimits.document) } catch { return nil }
    }
}
