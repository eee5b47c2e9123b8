// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// What the arguments of one tool mean: which of them name resources, and what is done to those.
///
/// Made from data by `ToolMap.tools(from:)`; see docs/effects.md for the format.
public struct ToolMap: Sendable, Equatable {
    /// The arguments by their structure. Either a place has a rule, or places below it have.
    indirect enum Node: Sendable, Equatable {
        case rule(ArgumentRule)
        case object([Member])
        /// An array, and what each element is.
        case elements(Node)

        /// Whether arguments without this place are understood.
        var isOptional: Bool {
            switch self {
            case .rule(let rule): rule.isOptional || rule.fallback != nil
            case .object(let members): members.allSatisfy(\.node.isOptional)
            case .elements(let node): node.isOptional
            }
        }
    }

    struct Member: Sendable, Equatable {
        let key: UTF8String
        var node: Node
    }

    let members: [Member]
    let fixed: [FixedEffect]
    /// Sets of places of which exactly one must be present.
    let alternatives: [[JSONPointer]]
    /// Whether arguments that are not declared mean nothing: the user, and not the tool, says what there is.
    var isOpen = false
    /// What is known of how the tool reads paths.
    var paths = PathStyle()
}

/// Why a tool map cannot be used, and where in its document.
public struct ToolMapError: Error, Sendable, Equatable, CustomStringConvertible {
    /// A pointer into the map's document, for people.
    public let place: String
    /// What was expected.
    public let message: String

    init(_ place: String, _ message: String) {
        self.place = place
        self.message = message
    }

    /// `/tools/x: …`.
    public var description: String { "\(place.isEmpty ? "/" : place): \(message)" }
}
