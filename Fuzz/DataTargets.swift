// SPDX-License-Identifier: Apache-2.0

import Cedar
import StrictJSON

/// A schema with a type of each kind.
let worldText: UTF8String = """
    entity Group in [Group] tags String;
    entity User in [Group] {
        name: String, age?: Long, mgr?: User, b: Bool, d?: decimal, t?: datetime, w?: duration, ip?: ipaddr,
        act?: Action, r?: {x?: Long, y: Long}, "odd name"?: Set<Set<Long>>
    } tags Set<String>;
    entity Doc in [Doc] {owner: User, viewers: Set<User>, kind?: Kind};
    entity Kind enum ["one", "two"];
    action read in [all] appliesTo {
        principal: [User, Kind], resource: [Doc],
        context: {o?: String, b: Bool, n: Long, r?: {x?: Long}, u?: User, when?: datetime, from?: ipaddr}
    };
    action write in [all] appliesTo {principal: User, resource: Doc, context: {o?: String, b: Bool, n: Long}};
    action all;
    """

let world: Schema = {
    do { return try Schema(parsing: worldText) } catch { fatalError("\(error)") }
}()

/// Entities come out the same, written and read again, with a schema and without.
func checkEntities(_ bytes: [UInt8]) {
    do throws(EntityError) {
        let entities = try Entities(parsingCedarJSON: bytes)
        guard let written = written({ () throws(EntityError) in try entities.cedarJSON() }) else { return }
        let again = again { () throws(EntityError) in try Entities(parsingCedarJSON: written) }
        expect(again == nil || again?.sorted == entities.sorted, "written and read again, entities differ")
    } catch { expect(!error.message.isEmpty, "a mistake without a message") }
    do throws(EntityError) {
        let entities = try Entities(parsingCedarJSON: bytes, schema: world)
        expect(Validator(world).errors(in: entities).allSatisfy { !"\($0)".isEmpty }, "an error without a message")
        guard let written = written({ () throws(EntityError) in try entities.cedarJSON() }) else { return }
        for hasSchema in [true, false] {
            let again = again { () throws(EntityError) in
                hasSchema
                    ? try Entities(parsingCedarJSON: written, schema: world)
                    : try Entities(parsingCedarJSON: written).addingActions(of: world)
            }
            expect(again == nil || again?.sorted == entities.sorted, "by the schema, entities differ")
        }
    } catch { expect(!error.message.isEmpty, "a mistake without a message") }
}

private func written(_ json: () throws(EntityError) -> JSON) -> [UInt8]? {
    must("not written", unless: { $0.code == .unwritable }, json)?.serialized()
}

private func again<Value>(_ read: () throws(EntityError) -> Value) -> Value? {
    must("not read again", unless: { $0.code == .limitExceeded }, read)
}

/// Contexts, values and the texts of extension types come out the same, written and read again.
func checkValues(_ bytes: [UInt8]) {
    let action = EntityUID(type: "Action", id: "read")
    do throws(EntityError) {
        let record = try CedarRecord(parsingCedarJSON: bytes)
        guard let written = written({ () throws(EntityError) in try record.cedarJSON() }) else { return }
        let again = again { () throws(EntityError) in try CedarRecord(parsingCedarJSON: written) }
        expect(again == nil || again == record, "written and read again, a context differs")
    } catch { expect(!error.message.isEmpty, "a mistake without a message") }
    do throws(EntityError) {
        let record = try CedarRecord(parsingCedarJSON: bytes, schema: world, action: action)
        _ = Validator(world).errors(in: record, of: action)
        guard let written = written({ () throws(EntityError) in try record.cedarJSON() }) else { return }
        for hasSchema in [true, false] {
            let again = again { () throws(EntityError) in
                hasSchema
                    ? try CedarRecord(parsingCedarJSON: written, schema: world, action: action)
                    : try CedarRecord(parsingCedarJSON: written)
            }
            expect(again == nil || again == record, "by the schema, a context differs")
        }
    } catch { expect(!error.message.isEmpty, "a mistake without a message") }

    guard let text = UTF8String(validating: bytes) else { return }
    func check<Value: Equatable & CustomStringConvertible>(_ make: (UTF8String) -> Value?) {
        guard let value = make(text) else { return }
        expect(make(UTF8String(value.description)) == value, "written and read again, it differs: \(value)")
    }
    check { CedarDecimal($0) }
    check { CedarIPAddress($0) }
    check { CedarDatetime($0) }
    check { CedarDuration($0) }
    check { EntityTypeName($0) }
}
