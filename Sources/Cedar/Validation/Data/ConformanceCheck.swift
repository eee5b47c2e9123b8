// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// Compares values with the types that a schema declares for them.
struct ConformanceCheck {
    let index: SchemaIndex
    let subject: ConformanceError.Subject
    private(set) var errors: [ConformanceError] = []
    private var path: [UTF8String] = []

    init(index: SchemaIndex, subject: ConformanceError.Subject) {
        self.index = index
        self.subject = subject
    }

    mutating func add(_ code: ConformanceError.Code, _ message: String) {
        guard errors.count < CedarLimits.conformanceErrorsMax else { return }
        errors.append(ConformanceError(code: code, subject: subject, place: JSONPointer(path).text, message: message))
    }

    /// Runs `body` inside the value of a name.
    mutating func at(_ name: UTF8String, _ body: (inout ConformanceCheck) -> Void) {
        path.append(name)
        body(&self)
        path.removeLast()
    }

    // MARK: Values

    mutating func check(_ value: CedarValue, _ type: CedarType, depth: Int = 0) {
        guard depth < CedarLimits.valueDepthMax else {
            return add(.limitExceeded, "more than \(CedarLimits.valueDepthMax) values inside each other")
        }
        switch (value, type) {
        case (.bool, .bool), (.long, .long), (.string, .string), (.decimal, .decimal), (.ip, .ip),
            (.datetime, .datetime), (.duration, .duration):
            break
        case (.entity(let uid), .entity(let name)): check(uid, name)
        case (.set(let set), .set(let element)):
            for value in set.elements where errors.count < CedarLimits.conformanceErrorsMax {
                check(value, element, depth: depth + 1)
            }
        case (.record(let record), .record(let declared)): check(record, declared, depth: depth + 1)
        default: add(.wrongType, "expected \(shown(type)), found \(value.typeName)")
        }
    }

    mutating func check(_ record: CedarRecord, _ type: RecordType, depth: Int = 0) {
        for attribute in type.attributes where attribute.isRequired && record[attribute.name] == nil {
            at(attribute.name) { $0.add(.missingAttribute, "a required attribute is missing") }
        }
        for (name, value) in record.sorted {
            at(name) { check in
                if let attribute = type[name] {
                    check.check(value, attribute.type, depth: depth)
                } else {
                    check.add(.unexpectedAttribute, "the type has no such attribute")
                }
            }
        }
    }

    private mutating func check(_ uid: EntityUID, _ name: EntityTypeName) {
        guard uid.type == name else {
            return add(.wrongType, "expected \(shown(.entity(name))), found an entity of type `\(uid.type)`")
        }
        exists(uid)
    }

    /// That the entity, of a declared type, is one that may exist.
    mutating func exists(_ uid: EntityUID) {
        if uid.type.isAction, index.schema.actions[uid] == nil {
            add(.undeclaredAction, "the schema has no such action")
        } else if index.isUnlisted(uid) {
            add(.unlistedEntity, "`\(uid.type)` is an enumerated type that does not list this id")
        }
    }

    private func shown(_ type: CedarType) -> String {
        switch type {
        case .set: "a set"
        case .record: "a record"
        case .entity(let name): "an entity of type `\(name)`"
        default: "\(ExpressionType(type))"
        }
    }
}
