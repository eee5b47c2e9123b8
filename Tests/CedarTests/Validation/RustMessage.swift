// SPDX-License-Identifier: Apache-2.0

import Foundation
import StrictJSON

@testable import Cedar

/// An error message of the Rust implementation's validator.
struct RustMessage {
    let text: String

    init(_ text: String) { self.text = text }

    /// The code that this module has for such errors.
    var code: ValidationFinding.Code? { Self.beginnings.first { text.contains($0.0) }?.1 }

    private static let beginnings: [(String, ValidationFinding.Code)] = [
        ("empty set literals are forbidden", .emptySet),
        ("error during extension function argument validation", .invalidLiteral),
        ("unable to guarantee safety of access to tag", .unguardedTag),
        ("unable to guarantee safety of access to optional attribute", .unguardedAttribute),
        ("unrecognized entity type", .unknownEntityType),
        ("unrecognized action", .unknownAction),
        ("is of an enumerated entity type", .unlistedEntity),
        ("unable to find an applicable action", .noApplicableAction),
        ("extension constructors may not be called with non-literal", .nonliteralArgument),
        ("wrong number of arguments", .wrongArgumentCount),
        ("is not allowed on entities of", .noTags),
        ("unexpected type: expected", .unexpectedType),
        ("are not compatible", .incompatibleTypes),
        (" not found", .unknownAttribute),
    ]

    /// Whether one of the findings is of this message's kind and names the same types, entity types or attributes.
    func isToldBy(_ findings: [ValidationFinding]) -> Bool {
        findings.contains { finding in
            finding.code == code && names.allSatisfy { finding.message.contains($0) }
        }
    }

    /// Whether this is about an attribute that the policy tests together with one of its own, as in `has a.b`.
    func isAboutPath(in policy: String) -> Bool {
        guard let path = quoted.dropFirst().first else { return false }
        let name = Self.attribute(path)
        return policy.contains("has \(name).") || policy.contains(".\(name).")
    }

    private var quoted: [String] {
        text.split(separator: "`", omittingEmptySubsequences: false).enumerated()
            .filter { !$0.offset.isMultiple(of: 2) }.map { String($0.element) }
    }

    /// What the message names, as far as both implementations write it in the same way.
    private var names: [String] {
        let quoted = quoted
        let names: [String] =
            switch code {
            case .unknownEntityType, .unknownAction: Array(quoted.dropFirst())
            case .unknownAttribute, .unguardedAttribute: quoted.dropFirst().prefix(1).map(Self.attribute)
            case .incompatibleTypes: types
            default: []
            }
        // Long texts are cut in this module's messages, and controls replaced.
        return names.filter { name in
            name.unicodeScalars.count < 40
                && name.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control }
        }
    }

    /// The last name of a path such as `a.b["c"]`, in quotes where it is no identifier.
    private static func attribute(_ path: String) -> String {
        guard path.hasSuffix("\"]"), let start = path.range(of: "[\"", options: .backwards) else {
            return path.components(separatedBy: ".").last ?? path
        }
        return String(path[start.lowerBound...].dropFirst().dropLast())
    }

    private var types: [String] {
        let list = text.replacingOccurrences(of: "the types ", with: "")
            .replacingOccurrences(of: " are not compatible", with: "")
        guard !list.contains("{"), !list.contains(", and ") else { return [] }
        return list.components(separatedBy: " and ").map {
            $0.replacingOccurrences(of: "__cedar::internal::", with: "")
        }
    }
}
