// SPDX-License-Identifier: Apache-2.0

import Cedar
import StrictJSON
import Testing

@Suite struct ValueTests {
    static let composed: UTF8String = "\u{e9}"
    static let decomposed: UTF8String = "e\u{301}"

    @Test func `canonically equivalent texts are different everywhere`() {
        #expect(Self.composed.string == Self.decomposed.string, "Swift takes them for one")
        #expect(CedarValue.string(Self.composed) != .string(Self.decomposed))
        #expect(EntityUID(type: "User", id: Self.composed) != EntityUID(type: "User", id: Self.decomposed))
        #expect(CedarSet([.string(Self.composed), .string(Self.decomposed)]).count == 2)
        let record: CedarRecord = [Self.composed: 1, Self.decomposed: 2]
        #expect(record.count == 2)
        #expect(record[Self.composed] == 1)
        // The Kelvin sign is canonically the letter K.
        #expect(CedarValue.string("\u{212a}") != "K")
    }

    @Test func `values of different types are unequal`() {
        let values: [CedarValue] = [
            true, 1, "1", .entity(EntityUID(type: "User", id: "1")), [1], ["a": 1], .decimal(CedarDecimal(scaled: 1)),
            .datetime(CedarDatetime(milliseconds: 1)), .duration(CedarDuration(milliseconds: 1)), [], [:],
        ]
        for (index, value) in values.enumerated() {
            for (other, another) in values.enumerated() { #expect((value == another) == (index == other)) }
        }
        #expect(Set(values).count == values.count)
    }

    @Test(arguments: [0, 1, 7, 8, 9, 300]) func `a record has each name once, in the order of bytes`(count: Int64) {
        let names = (0..<count).map { UTF8String("\($0 * 7919 % 1000)") }
        var added = CedarRecord()
        for (number, name) in names.enumerated() { added[name] = .long(Int64(number)) }
        let pairs = names.enumerated().map { (key: $1, value: CedarValue.long(Int64($0))) }
        let made = CedarRecord(pairs, uniquingKeysWith: { $1 })
        #expect(made == added && made.hashValue == added.hashValue && made.count == count)
        #expect(made.sorted.map(\.key) == names.sorted())
        for (number, name) in names.enumerated() { #expect(made[name] == .long(Int64(number))) }
        #expect(made["1001"] == nil)

        let twice = CedarRecord(pairs + pairs, uniquingKeysWith: { first, second in .set(CedarSet([first, second])) })
        #expect(twice.count == count && names.allSatisfy { twice[$0] == .set(CedarSet([made[$0] ?? "none"])) })
        for name in names.dropFirst() { added[name] = nil }
        #expect(added.count == min(count, 1) && added[names.first ?? ""] == (count > 0 ? 0 : nil))
        added["1001"] = nil
        #expect(added.count == min(count, 1))
    }

    @Test func `of a name written twice the later value stays, whatever the order`() {
        #expect((["b": 1, "a": 2, "b": 3] as CedarRecord).sorted.map(\.value) == [2, 3])
        let kept = CedarRecord([(key: "a", value: 1), (key: "a", value: 2)], uniquingKeysWith: { first, _ in first })
        #expect(kept["a"] == 1)
    }

    @Test func `sets ignore order and repetition, records order`() {
        #expect(["a", 1, [2, 3]] as CedarValue == [[3, 2, 2], 1, "a", 1])
        #expect(["a": 1, "b": 2] as CedarValue == ["b": 2, "a": 1])
        #expect(["a": 1] as CedarValue != ["a": 2])
        #expect(["a": 1] as CedarValue != ["a": 1, "b": 1])
    }

    @Test(arguments: ["A", "A::B", "A::B::C", "_", "a1_", "Action", "principal", "permit::when"] as [UTF8String])
    func `a type name is identifiers joined by colons`(text: UTF8String) {
        #expect(EntityTypeName(text)?.text == text)
    }

    @Test(
        arguments: [
            "", "::", "A::", "::A", "A:B", "A:::B", "A :: B", " A", "A ", "A\n", "A-B", "1A", "A::1", "é", "A::é", "if",
            "A::true",
            "in::A", "__cedar", "__cedar::A", "A::__cedar", "A\0", "A.B", "\u{212a}",
        ] as [UTF8String])
    func `a text that is no type name is refused`(text: UTF8String) {
        #expect(EntityTypeName(text) == nil)
    }

    @Test func `type names know their last part`() {
        #expect(EntityTypeName("A::B::Cd").basename == "Cd")
        #expect(EntityTypeName("Action").isAction == true)
        #expect(EntityTypeName("N::Action").isAction == true)
        #expect(EntityTypeName("Action::N").isAction == false)
        #expect(EntityTypeName("xAction").isAction == false)
    }

    @Test func `entities are printed as in policies`() {
        #expect(EntityUID(type: "A::B", id: "x").description == #"A::B::"x""#)
        #expect(
            EntityUID(type: "A", id: "a\"\\\n\r\t\0\u{7f}\u{200b}").description == #"A::"a\"\\\n\r\t\0\u{7f}\u{200b}""#)
    }
}
