// SPDX-License-Identifier: Apache-2.0

public import StrictJSON

/// The revisions of MCP that are spoken here, and what differs between them as far as a gateway must know.
///
/// Batches (2025-03-26 only) are accepted in none.
public enum Revision: String, Sendable, Hashable, CaseIterable, Comparable {
    /// The first with a handshake, over stdio.
    case november2024 = "2024-11-05"
    /// Streamable HTTP, tool annotations, audio.
    case march2025 = "2025-03-26"
    /// Structured content, resource links, elicitation by form.
    case june2025 = "2025-06-18"
    /// Elicitation by URL, sampling with tools, tasks in the core.
    case november2025 = "2025-11-25"
    /// The stateless one.
    case july2026 = "2026-07-28"

    /// How long work is handed over.
    public enum TaskForm: Sendable, Hashable {
        /// Not at all.
        case none
        /// 2025-11-25's: asked for by `task` in the parameters, `tasks/get|result|list|cancel`.
        case core
        /// The extension `io.modelcontextprotocol/tasks`: the server chooses, `tasks/get|update|cancel`.
        case extension2026
    }

    /// The newest revision that a handshake can agree on.
    public static let latestLegacy = Revision.november2025
    /// The newest of the stateless revisions.
    public static let latestModern = Revision.july2026

    /// The revisions of an era, oldest first.
    public static func all(_ era: Era) -> [Revision] { allCases.filter { $0.era == era } }

    /// The revision of this text, byte for byte; `nil` where it is unknown here.
    public init?(_ text: UTF8String) {
        guard let known = Self.allCases.first(where: { $0.text == text }) else { return nil }
        self = known
    }

    /// What `initialize` is answered with: the revision asked for where it is one with a handshake, else the newest that
    /// is (MCP 2025-11-25, "Version negotiation").
    public init(answering requested: UTF8String) {
        let known = Revision(requested).flatMap { $0.era == .legacy ? $0 : nil }
        self = known ?? .latestLegacy
    }

    /// As it is written in messages and headers.
    public var text: UTF8String { UTF8String(rawValue) }

    /// Its era.
    public var era: Era { self < .july2026 ? .legacy : .modern }

    /// Whether a tool's result may have `structuredContent`, a tool an `outputSchema`, and content a `resource_link`.
    public var hasStructuredContent: Bool { self >= .june2025 }

    /// Whether that content may be any JSON value; else it is an object.
    public var hasAnyStructuredContent: Bool { self >= .july2026 }

    /// Whether servers may ask people by form.
    public var hasElicitation: Bool { self >= .june2025 }

    /// Whether servers may ask people to open a URL.
    public var hasURLElicitation: Bool { self >= .november2025 }

    /// Whether a URL's elicitation has an id, its end a notification, and its need an error code.
    public var hasElicitationIDs: Bool { self == .november2025 }

    /// How long work is handed over.
    public var tasks: TaskForm {
        switch self {
        case .november2024, .march2025, .june2025: .none
        case .november2025: .core
        case .july2026: .extension2026
        }
    }

    /// Whether each HTTP request after the handshake names its revision in a header.
    public var hasVersionHeader: Bool { self >= .june2025 }

    /// By date.
    public static func < (left: Revision, right: Revision) -> Bool { left.rawValue < right.rawValue }
}
