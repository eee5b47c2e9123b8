// SPDX-License-Identifier: Apache-2.0

import Cedar
import StrictJSON
import Testing

@Suite struct SchemasAndValidationGuide: GuideTest {
    let guide: Guide

    init() throws { guide = try Guide("SchemasAndValidation") }

    @Test func `the code of the article runs and gives what it says`() throws {
        let schema = try Schema(
            parsing: """
                entity Team;
                entity User in Team = { level: Long, email?: String };
                entity Document = { isDraft: Bool, author: User } tags String;

                action view, edit appliesTo {
                    principal: User,
                    resource: Document,
                    context: { hour: Long }
                };
                """, file: "documents.cedarschema")
        assert(schema.entityTypes.count == 3)
        assert(schema.actions[EntityUID(type: "Action", id: "edit")]?.appliesTo?.principals == ["User"])

        do {
            _ = try Schema(parsing: "entity User in Team; entity Taem;", file: "typo.cedarschema")
        } catch {
            print(error)
        }

        let text = """
            @id("edit")
            permit (principal is User, action == Action::"edit", resource)
            when { principal.levle >= 2 };

            @id("mail")
            permit (principal, action == Action::"view", resource)
            when { principal.email like "*@example.com" };

            @id("drafts")
            forbid (principal, action, resource) when { resource is Team };
            """
        let policies = try PolicySet.parse([PolicyFile(name: "documents.cedar", bytes: Array(text.utf8))])
        let validator = Validator(schema)
        let report = validator.report(on: policies)
        assert(!report.isValid)
        print(report)

        let request = Request(
            principal: EntityUID(type: "Team", id: "finance"), action: EntityUID(type: "Action", id: "view"),
            resource: EntityUID(type: "Document", id: "q1"), context: ["hour": "nine"])
        for error in validator.errors(in: request) {
            print(error)
        }
        let entities = try Entities([Entity(uid: EntityUID(type: "User", id: "alice"), attrs: ["level": 3, "age": 40])])
        for error in validator.errors(in: entities) {
            print(error)
        }

        let far = """
            permit (principal, action, resource) when { resource.author.level > 3 };
            """
        let reader = try PolicySet.parse([PolicyFile(name: "far.cedar", bytes: Array(far.utf8))])
        assert(validator.report(on: reader).isValid)
        print(validator.report(on: reader, level: 1))
        assert(validator.report(on: reader, level: 2).isValid)

        if let policy = reader.policies.first, let condition = policy.conditions.first {
            let environment = RequestEnvironment(
                principal: "User", action: EntityUID(type: "Action", id: "view"), resource: "Document")
            let types = validator.types(of: policy.statement, in: environment)
            assert(types[condition.body] == .bool)
        }

        let fragment = SchemaFragment([
            SchemaNamespace(
                name: "Store",
                entityTypes: [EntityTypeDeclaration("Agent", attributes: [AttributeDeclaration("level", .long)])],
                actions: [
                    ActionDeclaration(
                        "buy", appliesTo: AppliesToDeclaration(principals: ["Agent"], resources: ["Agent"]))
                ])
        ])
        print(try fragment.text.string)
        let again = try SchemaFragment(parsing: fragment.json.serialized(), format: .json)
        let resolved = try Schema([again])
        assert(resolved.entityTypes["Store::Agent"]?.attributes["level"]?.type == .long)

        try guide.check()
    }
}
