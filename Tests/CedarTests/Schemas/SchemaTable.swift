// SPDX-License-Identifier: Apache-2.0

import StrictJSON

@testable import Cedar

/// Schemas as text, and what comes of them.
enum SchemaTable {
    /// Schemas that are one.
    static let good = [
        "", "  // only a note\n", "namespace N {}", "entity A;", "entity A, B, C;", "entity A in [];", "entity A in A;",
        "entity A in [A];", "entity A in B; entity B in C; entity C in A;", "entity A = {};", "entity A {};",
        "entity A { } tags Set<{a?: Long}>;", "entity A tags A;", "entity A {a?: Long,};", "entity A {a ? : Long};",
        "entity A {a?:Long, \"b c\" : Bool};", "entity A enum [\"a\"];", "entity A enum [\"\", \"\"];",
        "entity A enum [\"\\x41\\u{1F600}\"];", "entity A enum [\"a\nb\"];", "entity A {\"if\": Long, __cedar: Long};",
        "entity entity; entity type in entity; entity tags {tags: type} tags tags; entity enum enum [\"enum\"];",
        "entity A in tags tags tags; entity tags;", "entity A in enum; entity enum;", "namespace namespace {}",
        "namespace principal { entity action {a: action}; }", "entity A; \u{a0}entity\u{3000}B;",
        "entity A; // c\rentity B;",
        "entity A {a: Set<Set<Long> >};", "entity A {b: Set <Long>};",
        "entity Set {Set: Set<Set::X>}; namespace Set {entity X;}",
        "entity A {a: B :: C}; namespace B { entity C; }", "namespace B :: C { entity C; }",
        "entity A {\"\u{e9}\": Long, \"e\u{301}\": Long};", "entity A {\"\0\": Long, \"\\x01\": Long};",
        "@if entity A;",
        "@a @b(\"\") @c(\"x\") namespace N { @d entity A { @e @f(\"g\") a: Long }; @h type T = Long; @i action x; }",
        "action a, \"b c\", \"\" in d; action d;", "action a in [b, \"c\", Action::\"d\"]; action b, c, d;",
        "action a attributes {};", "action action; action appliesTo in attributes; action attributes attributes {};",
        "action __cedar; action \"if\";", "action x in Action; action Action;",
        "namespace N {action a in b;} action b;",
        "namespace N {action a in Action::\"b\";} action b;", "action a in N::Action::\"b\"; namespace N {action b;}",
        "namespace N { action x in y; action y; }", "namespace N { action a; } namespace N::M { action a; }",
        "entity A; action a appliesTo {principal: A, resource: A};",
        "entity A; action a appliesTo {principal: [A,A], resource: A,};",
        "entity A; action a appliesTo {context: {}, resource: [A], principal: A} attributes {};",
        "entity A; type C = {}; action a appliesTo {principal: A, resource: A, context: C};",
        "entity A; type C = D; type D = {a: Long}; action a appliesTo {principal: A, resource: A, context: C};",
        "entity A; action appliesTo appliesTo {principal: A, resource: A};",
        "entity A {a: __cedar::Long, b: __cedar::decimal, c: datetime, d: duration, e: ipaddr, f: String, g: Bool};",
        "type decimal = String;", "type EntityOrCommon = String;", "type Action = Long;",
        "entity Long; entity Set; entity Boolean;",
        "entity Bool; entity B {a: Bool};", "entity A; type A = Long; entity B {a: A};", "namespace N { entity Long; }",
        "entity A { a: Action }; action x;", "action x; namespace M { entity B {b: Action};}",
        "action x; namespace M { action y; entity B {b: Action};}", "action a; namespace N {type Action = String;}",
        "namespace N { entity A {a: N::A}; }", "namespace N {entity A;} namespace N::A { entity B; entity C in N::A; }",
        "namespace N {entity A;} entity N;", "entity A in Bool; entity Bool;",
    ]

    /// Texts that are no schema: what kind of mistake, and where it is (`line:column`).
    static let bad: [(text: String, code: SchemaError.Code, place: String)] = [
        (";", .unexpectedToken, "1:1"), ("entity A;;", .unexpectedToken, "1:10"),
        ("Entity A;", .unexpectedToken, "1:1"),
        ("entity", .unexpectedToken, "1:7"), ("entity A", .unexpectedToken, "1:9"),
        ("entity A // c", .unexpectedToken, "1:14"),
        ("entity A // x\r entity B;", .unexpectedToken, "1:16"), ("entity \"A\";", .unexpectedToken, "1:8"),
        ("entity A, B,;", .unexpectedToken, "1:13"), ("entity A in [A,];", .unexpectedToken, "1:16"),
        ("entity A in A in A;", .unexpectedToken, "1:15"), ("entity A { a: Long } in A;", .unexpectedToken, "1:22"),
        ("entity A = ;", .unexpectedToken, "1:12"), ("entity A = A;", .unexpectedToken, "1:12"),
        ("entity A {} {};", .unexpectedToken, "1:13"),
        ("entity A == {};", .unexpectedToken, "1:10"), ("entity A tags Long {};", .unexpectedToken, "1:20"),
        ("entity A tags {a: Long} tags Long;", .unexpectedToken, "1:25"),
        ("entity A enum [];", .unexpectedToken, "1:16"),
        ("entity A enum [\"a\",];", .unexpectedToken, "1:20"), ("entity A enum \"a\";", .unexpectedToken, "1:15"),
        ("entity A enum [\"a\"] tags Long;", .unexpectedToken, "1:21"),
        ("entity A enum [\"a\\*\"];", .invalidEscape, "1:16"),
        ("entity A enum [\"a\rb\"];", .invalidEscape, "1:16"),
        ("entity A enum [\"\\u{d800}\"];", .invalidEscape, "1:16"),
        ("entity A enum [\"a];", .invalidToken, "1:16"), ("entity N::A;", .unexpectedToken, "1:9"),
        ("entity A 1;", .unexpectedToken, "1:10"),
        ("entity A ?principal;", .unexpectedToken, "1:10"), ("entity A /* x */;", .unexpectedToken, "1:10"),
        ("entity \u{e9};", .invalidToken, "1:8"), ("entity A\0;", .invalidToken, "1:9"),
        ("\u{feff}entity A;", .invalidToken, "1:1"),
        ("entity A {,};", .unexpectedToken, "1:11"), ("entity A { a : Long b : Long };", .unexpectedToken, "1:21"),
        ("entity A { ?: Long };", .invalidToken, "1:12"), ("entity A { a?: Long? };", .invalidToken, "1:20"),
        ("entity A { a?b: Long};", .unexpectedToken, "1:13"), ("entity A { 1: Long };", .unexpectedToken, "1:12"),
        ("entity A {a:: Long};", .unexpectedToken, "1:12"), ("entity A {a: Set<>};", .unexpectedToken, "1:18"),
        ("entity A {a: Set<Long};", .unexpectedToken, "1:22"), ("type A Long;", .unexpectedToken, "1:8"),
        ("type \"A\" = Long;", .unexpectedToken, "1:6"), ("type N::A = Long;", .unexpectedToken, "1:7"),
        ("@a", .unexpectedToken, "1:3"), ("@a; entity A;", .unexpectedToken, "1:3"),
        ("@a() entity A;", .unexpectedToken, "1:4"),
        ("@a(x) entity A;", .unexpectedToken, "1:4"), ("@\"a\" entity A;", .unexpectedToken, "1:2"),
        ("@a(\"x\",\"y\") entity A;", .unexpectedToken, "1:7"), ("namespace {}", .unexpectedToken, "1:11"),
        ("namespace \"N\" {}", .unexpectedToken, "1:11"), ("namespace N }", .unexpectedToken, "1:13"),
        ("namespace N { entity A; ", .unexpectedToken, "1:25"),
        ("namespace N { namespace M {} }", .unexpectedToken, "1:15"),
        ("action a,;", .unexpectedToken, "1:10"), ("action x in y::z;", .unexpectedToken, "1:17"),
        ("action a in [];", .unexpectedToken, "1:14"),
        ("action a in [b,]; action b;", .unexpectedToken, "1:16"),
        ("action a attributes {a: Long};", .unexpectedToken, "1:22"),
        ("entity A; action a attributes {} appliesTo {principal: A, resource: A};", .unexpectedToken, "1:34"),
        ("entity A; action a appliesTo {};", .unexpectedToken, "1:31"),
        ("entity A; action a appliesTo {principals: A};", .unexpectedToken, "1:31"),
        ("entity A; action a appliesTo {principal: A resource: A};", .unexpectedToken, "1:44"),
        ("entity A; action a appliesTo {principal: A, resource: A,,};", .unexpectedToken, "1:57"),
        ("entity A; action a appliesTo {context: Set<Long>, principal: A, resource: A};", .unexpectedToken, "1:43"),
        ("entity A; action a appliesTo {principal: A};", .missing, "1:18"),
        ("entity A; action a appliesTo {resource: A};", .missing, "1:18"),
        ("entity A; action a appliesTo {principal: A, resource: []};", .missing, "1:45"),

        ("entity A { if: Long };", .reservedName, "1:12"), ("entity if;", .reservedName, "1:8"),
        ("entity in in A; entity A;", .reservedName, "1:8"),
        ("action if;", .reservedName, "1:8"), ("action a in in;", .reservedName, "1:13"),
        ("entity A {a: in};", .reservedName, "1:14"),
        ("entity __cedar;", .reservedName, "1:8"), ("type __cedar = Long;", .reservedName, "1:6"),
        ("namespace __cedar {}", .reservedName, "1:11"),
        ("namespace A::__cedar {}", .reservedName, "1:11"),
        ("namespace A {} namespace __cedar::A {}", .reservedName, "1:26"),
        ("type Long = String;", .reservedName, "1:6"), ("type Bool = String;", .reservedName, "1:6"),
        ("type String = Long;", .reservedName, "1:6"),
        ("type Set = String;", .reservedName, "1:6"), ("type Record = String;", .reservedName, "1:6"),
        ("type Entity = String;", .reservedName, "1:6"),
        ("type Extension = String;", .reservedName, "1:6"), ("type Boolean = String;", .reservedName, "1:6"),
        ("namespace N { type Long = String; }", .reservedName, "1:20"), ("entity Action;", .reservedName, "1:8"),
        ("namespace N {entity Action;}", .reservedName, "1:21"),

        ("entity A; entity A;", .duplicateName, "1:18"), ("entity A, B, A;", .duplicateName, "1:14"),
        ("type A = Long; type A = Bool;", .duplicateName, "1:21"),
        ("action a, \"a\";", .duplicateName, "1:11"), ("action a; action a;", .duplicateName, "1:18"),
        ("namespace N {entity A;} namespace N {entity B;}", .duplicateName, "1:35"),
        ("@a @a entity A;", .duplicateName, "1:5"),
        ("@a @b @a namespace N {}", .duplicateName, "1:8"), ("entity A { @a @a x: Long };", .duplicateName, "1:16"),
        ("entity A; action a appliesTo {principal: A, resource: A, principal: A};", .duplicateName, "1:58"),
        ("entity A; action a appliesTo {principal: A, resource: A, context: {}, context: {}};", .duplicateName, "1:71"),

        ("entity A; namespace N { entity A; }", .shadowedName, "1:32"),
        ("entity A; namespace N { type A = Long; }", .shadowedName, "1:30"),
        ("type A = Long; namespace N {entity A;}", .shadowedName, "1:36"),
        ("action x; namespace M { action x; }", .shadowedName, "1:32"),
        ("type Action = Long; namespace N {type Action = String;}", .shadowedName, "1:39"),

        ("entity A {a: B};", .unknownType, "1:14"), ("entity A {a: Set<{b: B}>};", .unknownType, "1:22"),
        ("type A = B;", .unknownType, "1:10"),
        ("entity A in B;", .unknownType, "1:13"), ("entity A in [A, B];", .unknownType, "1:17"),
        ("entity A in Long;", .unknownType, "1:13"),
        ("entity A in B; type B = A;", .unknownType, "1:13"), ("entity A in Action; action x;", .unknownType, "1:13"),
        ("entity A tags B;", .unknownType, "1:15"), ("type X = Boolean;", .unknownType, "1:10"),
        ("entity A { a: Set };", .unknownType, "1:15"),
        ("entity A { a: Action };", .unknownType, "1:15"), ("entity A {a: __cedar::A};", .unknownType, "1:14"),
        ("entity A {a: __cedar};", .unknownType, "1:14"), ("entity A in __cedar::Long;", .unknownType, "1:13"),
        ("entity A { a: __cedar::Boolean};", .unknownType, "1:15"),
        ("namespace N { entity A {a: N::Long}; }", .unknownType, "1:28"),
        ("namespace N::M { entity A {a: M::A}; }", .unknownType, "1:31"),
        ("namespace N { entity A {a: B}; } namespace M { entity B; }", .unknownType, "1:28"),
        ("entity A; type T = A; action a appliesTo {principal: T, resource: A,};", .unknownType, "1:54"),
        ("entity A; action a appliesTo {principal: A, resource: A, context: A};", .unknownType, "1:67"),
        ("action a appliesTo {principal: Action, resource: Action};", .unknownType, "1:32"),
        ("namespace N { action x; } namespace M { entity B {b: Action};}", .unknownType, "1:54"),

        ("action a in c;", .unknownAction, "1:13"),
        ("action a in X::\"b\"; entity X enum [\"b\"];", .unknownAction, "1:13"),
        ("action x in __cedar::Action::\"x\";", .unknownAction, "1:13"),
        ("namespace N {action a;} action b in a;", .unknownAction, "1:37"),

        ("action a in a;", .cycle, "1:8"), ("action a in b; action b in a;", .cycle, "1:8"),
        ("type A = A;", .cycle, "1:6"),
        ("type A = B; type B = A;", .cycle, "1:6"), ("type A = Set<A>;", .cycle, "1:6"),
        ("type A = {a?: {b: A}};", .cycle, "1:6"),

        ("entity A; action a appliesTo {principal: A, resource: A, context: Long};", .notARecord, "1:18"),
        ("entity A; type C = Long; action a appliesTo {principal: A, resource: A, context: C};", .notARecord, "1:33"),
    ]

    /// What Rust takes and this module refuses: two attributes of one name, of which Rust keeps one.
    static let deliberatelyBad: [(text: String, code: SchemaError.Code, place: String)] = [
        ("entity A {a: Long, a: Long};", .duplicateName, "1:20"),
        ("type A = {a: Long, b: {\"a\": Bool, a: String}};", .duplicateName, "1:35"),
    ]

    /// The mistakes in a text; empty where it has none.
    static func errors(_ text: String, format: SchemaFormat = .text) -> [SchemaError] {
        do throws(SchemaErrors) {
            _ = try Schema(parsing: Array(text.utf8), file: "test", format: format)
            return []
        } catch { return error.all }
    }
}
