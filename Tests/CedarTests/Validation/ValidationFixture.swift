// SPDX-License-Identifier: Apache-2.0

import StrictJSON

@testable import Cedar

/// A small schema and short ways to ask about it.
enum ValidationFixture {
    static let text: UTF8String = """
        entity Group in [Group] tags String;
        entity User in [Group] {
            name: String, age?: Long, mgr?: User, b: Bool, d: decimal, t: datetime, act: Action,
            r: {x?: Long, y: Long}, "odd name"?: Long
        } tags Set<String>;
        entity Doc in [Doc] {owner: User, viewers: Set<User>};
        entity Kind enum ["one", "two"];
        entity Lone;
        action read in [all] appliesTo {
            principal: [User, Kind], resource: [Doc], context: {o?: String, b: Bool, n: Long, r: {x?: Long}, u: User}
        };
        action write in [all] appliesTo {principal: User, resource: Doc, context: {o?: String, b: Bool, n: Long}};
        action all;
        action none;
        namespace N {
            entity Box;
            action go in [Action::"all"] appliesTo {principal: Box, resource: Box};
        }
        """

    static func validator() throws -> Validator { Validator(try Schema(parsing: text)) }

    static let user = RequestEnvironment(
        principal: "User", action: EntityUID(type: "Action", id: "read"), resource: "Doc")

    static func set(_ text: UTF8String) throws -> PolicySet {
        try PolicySet.parse([PolicyFile(name: "test", bytes: text.bytes)], naming: .position)
    }

    static func report(_ text: UTF8String, level: Int? = nil) throws -> ValidationReport {
        try validator().report(on: set(text), level: level)
    }

    /// What a report on a policy with this condition, for users who read, has for errors.
    static func errors(in condition: UTF8String, level: Int? = nil) throws -> [ValidationFinding] {
        let text = "permit (principal is User, action == Action::\"read\", resource) when { \(condition) };"
        return try report(UTF8String(text), level: level).errors
    }
}
