// SPDX-License-Identifier: Apache-2.0

import Cedar
import StrictJSON

/// A policy that is valid never has a type error; what partial evaluation leaves comes out as the policy does.
func checkValidation(_ bytes: [UInt8]) {
    guard let text = UTF8String(validating: bytes) else { return }
    var policies: PolicySet
    do throws(PolicyErrors) {
        policies = try PolicySet.parse([PolicyFile(name: "fuzz", bytes: text.bytes)], naming: .position)
    } catch {
        // A condition alone is a policy too: mutations keep those better.
        let policy = "permit (principal, action, resource) when { \(text)\n};"
        do throws(PolicyErrors) {
            policies = try PolicySet.parse([PolicyFile(name: "fuzz", bytes: Array(policy.utf8))], naming: .position)
        } catch { return }
    }
    let report = Validator(world).report(on: policies, level: 2)
    _ = report.description
    let isValid = Validator(world).report(on: policies).isValid
    expect(isValid || !report.isValid, "valid only at a level")

    let partial = PartialAuthorizer.authorize(
        PartialRequest(
            principal: .unknown("User"), action: EntityUID(type: "Action", id: "read"), resource: .unknown(nil)),
        policies: policies, entities: .unknown)
    _ = partial.requirements.text
    for request in requests {
        let response = Authorizer.authorize(request, policies: policies, entities: store)
        for failure in response.errors where isValid {
            expect(
                [.overflow, .missingEntity, .invalidExtension].contains(failure.error.code),
                "valid, but \(failure.error)")
        }
        _ = Explanation(of: request, policies: policies, entities: store).text
        guard request.action == EntityUID(type: "Action", id: "read"), request.principal.type == "User" else {
            continue
        }
        do {
            let again = try partial.reauthorize(request, entities: store)
            expect(again.decision == response.decision, "the residuals decide otherwise")
        } catch { expect(false, "\(error)") }
    }
}

private let requests: [Request] = ["ann", "bob", "gone"].flatMap { (name: UTF8String) in
    let (user, doc) = (EntityUID(type: "User", id: name), EntityUID(type: "Doc", id: "d"))
    let context: CedarRecord = [
        "o": "text", "b": true, "n": 7, "r": ["x": 1], "u": .entity(EntityUID(type: "User", id: "bob")),
    ]
    return [
        Request(principal: user, action: EntityUID(type: "Action", id: "read"), resource: doc, context: context),
        Request(
            principal: EntityUID(type: "Kind", id: "one"), action: EntityUID(type: "Action", id: "read"), resource: doc,
            context: ["b": false, "n": .long(.max)]),
        Request(
            principal: user, action: EntityUID(type: "Action", id: "write"), resource: doc,
            context: ["b": false, "n": .long(.min)]),
    ]
}

private let store: Entities = {
    let text = """
        [{"uid": {"type": "User", "id": "ann"}, "attrs": {"name": "Ann", "b": true, "age": 7, "d": "1.5",
            "mgr": {"type": "User", "id": "bob"}, "r": {"y": 1}, "ip": "10.0.0.1", "t": "2024-01-01", "w": "1h",
            "odd name": [[1], []], "act": {"type": "Action", "id": "read"}}, "tags": {"a": ["b"]},
            "parents": [{"type": "Group", "id": "g"}]},
         {"uid": {"type": "User", "id": "bob"}, "attrs": {"name": "", "b": false}, "parents": []},
         {"uid": {"type": "Group", "id": "g"}, "tags": {"x": "y"}, "attrs": {}, "parents": []},
         {"uid": {"type": "Doc", "id": "d"}, "parents": [{"type": "Doc", "id": "e"}], "attrs": {
            "owner": {"type": "User", "id": "gone"}, "viewers": [{"type": "User", "id": "ann"}],
            "kind": {"type": "Kind", "id": "two"}}}]
        """
    do {
        let store = try Entities(parsingCedarJSON: Array(text.utf8), schema: world)
        expect(Validator(world).errors(in: store).isEmpty, "the store does not conform")
        for request in requests { expect(Validator(world).errors(in: request).isEmpty, "\(request) does not conform") }
        return store
    } catch { fatalError("\(error)") }
}()
