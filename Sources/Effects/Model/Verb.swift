// SPDX-License-Identifier: Apache-2.0

/// What is done to a resource.
public enum Verb: String, Sendable, Hashable, CaseIterable {
    /// A file's content or a directory's list is read.
    case read
    /// A file is made or changed.
    case write
    /// A file is removed.
    case delete
    /// Bytes go to, or come from, a network address.
    case connect
    /// A program is run.
    case execute
    /// A table is read.
    case query
    /// A table is changed.
    case mutate
    /// Something is sent to a person or a channel.
    case send
    /// Money is moved.
    case spend
    /// Something that is not known before it runs.
    case opaque

    /// Place in the order of effects.
    var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}
