// SPDX-License-Identifier: Apache-2.0

import StrictJSON
import Testing

@testable import Cedar

/// Policy sets in JSON: policies, templates and links.
@Suite struct PolicySetJSONTests {
    private static let all: JSON = ["op": "All"]

    private static func policy(slot: Bool = false, annotation: JSON? = nil) -> JSON {
        var object = JSONObject()
        object["effect"] = "permit"
        object["principal"] = slot ? ["op": "==", "slot": "?principal"] : all
        object["action"] = all
        object["resource"] = all
        object["conditions"] = []
        if let annotation { object["annotations"] = ["id": annotation] }
        return .object(object)
    }

    private static func set(_ policies: JSON = [:], _ templates: JSON = [:], _ links: JSON = []) -> JSON {
        ["staticPolicies": policies, "templates": templates, "templateLinks": links]
    }

    private static func link(
        _ template: JSON = "t", _ id: JSON = "l", _ values: JSON = ["?principal": ["type": "U", "id": "a"]]
    ) -> JSON {
        ["templateId": template, "newId": id, "values": values]
    }

    @Test func `policies, templates and links are read and written again`() throws {
        let json = Self.set(
            ["a": Self.policy(), "b": Self.policy(annotation: .null)], ["t": Self.policy(slot: true, annotation: "x")],
            [Self.link(), Self.link("t", "k", ["?principal": ["__entity": ["type": "N::U", "id": ""]]])])
        let set = try PolicySet(cedarJSON: json, file: "set.json")
        #expect(set.policies.map(\.id) == ["a", "b", "k", "l"])
        #expect(set.templates.map(\.id) == ["t"])
        let linked = try #require(set["l"])
        #expect(linked.principal == .equal(.entity(EntityUID(type: "U", id: "a"))))
        #expect(linked.link?.templateID == "t")
        #expect(linked.annotations["id"] == "x")
        #expect(linked.file == "set.json")

        let written = try set.cedarJSON()
        let again = try PolicySet(parsingCedarJSON: written.serialized(), file: "set.json")
        #expect(again.policies == set.policies)
        #expect(again.templates == set.templates)
        #expect(try again.cedarJSON() == written)
        #expect(written["templateLinks"]?.array?.count == 2)
        #expect(written["staticPolicies"]?.object?.keys == ["a", "b"])
    }

    @Test func `a set from text is written with the ids it was read with`() throws {
        let text = "permit (principal, action, resource); permit (principal == ?principal, action, resource);"
        let json = try Statements.parse(text).cedarJSON()
        #expect(json["staticPolicies"]?.object?.keys == ["policy0"])
        #expect(json["templates"]?.object?.keys == ["policy1"])
    }

    private static let mistakes: [(JSON, PolicyJSONError.Code, UTF8String)] = [
        ([], .invalidShape, ""), (["staticPolicies": [:]], .invalidShape, ""),
        (["staticPolicies": [:], "templates": [:], "templateLinks": [], "x": 1], .unknownMember, ""),
        (set(["": policy()]), .invalidID, "/staticPolicies/"),
        (set(["p": policy(slot: true)]), .invalidSlot, "/staticPolicies/p"),
        (set([:], ["t": policy()]), .invalidSlot, "/templates/t"),
        (set(["t": policy()], ["t": policy(slot: true)]), .invalidID, "/staticPolicies/t"),
        (set(["a/b": ["effect": "permit"]]), .invalidShape, "/staticPolicies/a~1b"),
        (set([:], ["t": policy(slot: true)], [link("u")]), .invalidLink, "/templateLinks/0"),
        (set([:], ["t": policy(slot: true)], [link("t", "t")]), .invalidID, "/templateLinks/0"),
        (set([:], ["t": policy(slot: true)], [link(), link()]), .invalidID, "/templateLinks/1"),
        (set([:], ["t": policy(slot: true)], [link("t", "l", [:])]), .invalidLink, "/templateLinks/0"),
        (
            set([:], ["t": policy(slot: true)], [link("t", "l", ["?action": ["type": "U", "id": "a"]])]),
            .invalidSlot, "/templateLinks/0/values/?action"
        ),
        (
            set([:], ["t": policy(slot: true)], [link("t", "l", ["?principal": "U::\"a\""])]),
            .invalidShape, "/templateLinks/0/values/?principal"
        ),
        (set([:], [:], [["templateId": "t", "newId": "l"]]), .invalidShape, "/templateLinks/0"),
    ]

    @Test(arguments: mistakes)
    func `a mistake in a set is named with its place`(
        json: JSON, code: PolicyJSONError.Code, place: UTF8String
    ) throws {
        let error = #expect(throws: PolicyJSONError.self) { try PolicySet(cedarJSON: json) }
        #expect(error?.code == code && error?.place == place, "\(error.map(\.description) ?? "")")
    }
}
