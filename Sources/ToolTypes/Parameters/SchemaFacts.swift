// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// JSON's types, as JSON Schema names them.
enum SchemaKind: String, Hashable, CaseIterable {
    case null, boolean, integer, number, string, array, object

    /// The kinds of a `type` keyword's word; of the older `float` too. `nil` where the word is none.
    static func kinds(_ word: UTF8String) -> Set<SchemaKind>? {
        switch word {
        case "number", "float", "double": [.number, .integer]
        default: SchemaKind(rawValue: word.string).map { [$0] }
        }
    }
}

/// A schema that has not been looked at, and the references that led to it.
struct PendingSchema {
    let schema: JSON
    /// References that are being followed; one of them again is a cycle.
    let active: [UTF8String]
}

/// What all keywords of a schema say together, those of `allOf` and of what it refers to included.
struct SchemaFacts {
    enum Additional { case unsaid, closed, declared }

    /// `nil` where any type may be.
    var kinds: Set<SchemaKind>?
    var allowsNull = false
    /// `nil` where any value may be.
    var values: [JSON]?
    var properties: [UTF8String: [PendingSchema]] = [:]
    var required: Set<UTF8String> = []
    var additional: Additional = .unsaid
    var items: [PendingSchema] = []
    var prefix: [PendingSchema]?
    var isPrefixClosed = false
    /// Of each `anyOf` and `oneOf` the branches.
    var alternatives: [[PendingSchema]] = []
    /// Why nothing can be said.
    var unknown: UntypedReason?

    mutating func restrict(_ kinds: Set<SchemaKind>) { self.kinds = self.kinds?.intersection(kinds) ?? kinds }

    /// Of two lists the shorter counts: what both have would be exact, and comparing lists costs their product.
    mutating func restrict(values: [JSON]) {
        if let known = self.values, known.count <= values.count { return }
        self.values = values
    }
}

/// The keywords of one schema that say something of types.
struct SchemaKeywords {
    private(set) var reference: JSON?
    private(set) var type: JSON?
    private(set) var nullable: JSON?
    private(set) var enumeration: JSON?
    private(set) var constant: JSON?
    private(set) var properties: JSON?
    private(set) var required: JSON?
    private(set) var additionalProperties: JSON?
    private(set) var unevaluatedProperties: JSON?
    private(set) var patternProperties: JSON?
    private(set) var items: JSON?
    private(set) var prefixItems: JSON?
    private(set) var additionalItems: JSON?
    private(set) var anyOf: JSON?
    private(set) var oneOf: JSON?
    private(set) var allOf: JSON?

    init(_ schema: JSONObject) {
        for member in schema.members {
            switch member.key {
            case "$ref": reference = member.value
            case "type": type = member.value
            case "nullable": nullable = member.value
            case "enum": enumeration = member.value
            case "const": constant = member.value
            case "properties": properties = member.value
            case "required": required = member.value
            case "additionalProperties": additionalProperties = member.value
            case "unevaluatedProperties": unevaluatedProperties = member.value
            case "patternProperties": patternProperties = member.value
            case "items": items = member.value
            case "prefixItems": prefixItems = member.value
            case "additionalItems": additionalItems = member.value
            case "anyOf": anyOf = member.value
            case "oneOf": oneOf = member.value
            case "allOf": allOf = member.value
            default: break
            }
        }
    }
}
