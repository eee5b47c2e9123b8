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
        let again = try Entities(parsingCedarJSON: try entities.cedarJSON().serialized())
        expect(again.sorted == entities.sorted, "written and read again, entities differ")
    } catch { expect(!error.message.isEmpty, "a mistake without a message") }
    do throws(EntityError) {
        let entities = try Entities(parsingCedarJSON: bytes, schema: world)
        let escaped = try entities.cedarJSON().serialized()
        let again = try Entities(parsingCedarJSON: escaped, schema: world)
        expect(again.sorted == entities.sorted, "written and read by the schema, entities differ")
        let plain = try Entities(parsingCedarJSON: escaped).addingActions(of: world)
        expect(plain.sorted == entities.sorted, "written and read without the schema, entities differ")
        expect(Validator(world).errors(in: entities).allSatisfy { !"\($0)".isEmpty }, "an error without a message")
    } catch { expect(!error.message.isEmpty, "a mistake without a message") }
}

/// Contexts, values and the texts of extension types come out the same, written and read again.
func checkValues(_ bytes: [UInt8]) {
    do throws(EntityError) {
        let record = try CedarRecord(parsingCedarJSON: bytes)
        let json = try CedarValue.record(record).cedarJSON()
        expect(try CedarValue(cedarJSON: json) == .record(record), "written and read again, a context differs")
    } catch { expect(!error.message.isEmpty, "a mistake without a message") }
    let read = EntityUID(type: "Action", id: "read")
    do throws(EntityError) {
        let record = try CedarRecord(parsingCedarJSON: bytes, schema: world, action: read)
        let json = try CedarValue.record(record).cedarJSON().serialized()
        let again = try CedarRecord(parsingCedarJSON: json, schema: world, action: read)
        expect(again == record, "written and read by the schema, a context differs")
        expect(try CedarRecord(parsingCedarJSON: json) == record, "read without the schema, a context differs")
        _ = Validator(world).errors(in: record, of: read)
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
