// SPDX-License-Identifier: Apache-2.0

import StrictJSON

extension ToolMap {
    /// An effect of every call of the tool, or of those that its conditions fit.
    struct FixedEffect: Sendable, Equatable {
        let what: Fixed
        let conditions: [Condition]
    }

    enum Fixed: Sendable, Equatable {
        case resource([Verb], ResourceKind, [Piece])
        /// What the arguments have at a place, which has a rule of its own besides or lies in one that has.
        case argument([Verb], ResourceKind, JSONPointer)
        case opaque(OpaquePosition)
    }

    /// A part of an effect's value.
    enum Piece: Sendable, Equatable {
        case text(UTF8String)
        /// What the arguments have at this place.
        case place(JSONPointer)
    }

    /// What must be in the arguments for an effect to be one. It can add an effect and never take away what a parameter's
    /// own rule says; in doubt it holds.
    struct Condition: Sendable, Equatable {
        let place: JSONPointer
        /// One of which is there, as exact text or, with `*` at its end, as what the text begins with. None: the place is
        /// absent or empty.
        let texts: [UTF8String]
        /// Whether it must be something else.
        let isNegated: Bool

        func holds(for arguments: JSON) -> Bool {
            let value = arguments[place]
            if isNegated {
                // Exactly what was named, and nothing like it, spares the effect.
                guard let text = value?.string else { return true }
                return !texts.contains(text)
            }
            guard !texts.isEmpty else { return value.map(Self.isEmpty) ?? true }
            guard let text = value?.string?.withoutEdgeControls.asciiLowercased else { return false }
            return texts.contains { wanted in
                guard wanted.hasSuffix("*"), let start = UTF8String(validating: wanted.bytes.dropLast()) else {
                    return text == wanted.asciiLowercased
                }
                return text.hasPrefix(start.asciiLowercased)
            }
        }

        private static func isEmpty(_ value: JSON) -> Bool {
            switch value {
            case .null: true
            case .string(let text): text.withoutEdgeControls.isEmpty
            case .array(let elements):
                elements.allSatisfy { $0.isNull || $0.string?.withoutEdgeControls.isEmpty == true }
            default: false
            }
        }
    }
}
