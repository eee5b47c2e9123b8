// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// What one place in a tool's arguments means.
struct ArgumentRule: Sendable, Equatable {
    /// What is there.
    enum Meaning: Sendable, Equatable {
        /// A resource and what is done to it.
        case effect([Verb], ResourceKind)
        /// Nothing that an effect could name: text, numbers, switches.
        case inert(InertType)
        /// Something whose effect nobody can know.
        case opaque(OpaquePosition)
    }

    let meaning: Meaning
    /// Where relative paths start from, in the same arguments.
    let base: JSONPointer?
    /// Whether the place may be absent.
    let isOptional: Bool
    /// Whether `null` may be there, which is the same as absent.
    let isNullable: Bool
}

/// How a text names a resource.
enum ResourceKind: String, Sendable, CaseIterable {
    /// A path to a file.
    case path
    /// A path to a directory as a whole.
    case directory
    /// A path that the tool expands: `*`, `?`, `[`, `{`, or a leading `:` make it opaque.
    case pattern
    /// A URL.
    case url
    /// A host's name or address, with or without a port.
    case host
    /// A program's name or path.
    case program
    /// A command line for a shell.
    case command
    /// A program and its operands, an array of texts.
    case argv
    /// A table's name.
    case table
    /// SQL text; its effects are what its statements do.
    case sql
    /// An e-mail address, a channel or a user.
    case recipient
    /// An account.
    case account

    /// What can be done to such a resource.
    var verbs: Set<Verb> {
        switch self {
        case .path, .directory, .pattern: [.read, .write, .delete]
        case .url, .host: [.connect]
        case .program, .command, .argv: [.execute]
        case .table, .sql: [.query, .mutate]
        case .recipient: [.send]
        case .account: [.spend]
        }
    }
}

/// The JSON type of an inert argument.
enum InertType: String, Sendable, CaseIterable {
    case string, integer, number, boolean, any

    func admits(_ value: JSON) -> Bool {
        switch (self, value) {
        case (.any, _), (.string, .string), (.number, .number), (.boolean, .bool): true
        case (.integer, .number(let number)): number.isInteger
        default: false
        }
    }
}
