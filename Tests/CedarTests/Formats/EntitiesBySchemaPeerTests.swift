// SPDX-License-Identifier: Apache-2.0

import StrictJSON
import Testing

@testable import Cedar

/// Random schemas with entities and contexts, on which this module and cedarpy must agree.
///
/// `CEDAR_ENTITIES_SEEDS=first,count` runs other seeds than the fixed ones.
@Suite struct EntitiesBySchemaPeerTests {
    @Test(
        .enabled(if: CedarPeer.python != nil, "skipped: no cedarpy/bin/python in WRIT_PEERS or .peers"),
        .timeLimit(.minutes(15)))
    func `entities and contexts are read by a schema as cedarpy reads them`() throws {
        let seeds = CedarPeer.seeds("CEDAR_ENTITIES_SEEDS", "1,500")
        var counts = Counts()
        for line in try CedarPeer.documents("entities_schema_peer.py", seeds) {
            for difference in try differences(line, &counts) {
                Issue.record("seed \(line["seed"]?.int64 ?? -1): \(difference)")
            }
        }
        print("cedarpy, entities by schema: \(counts)")
        #expect(counts.cases == Int(seeds.last ?? "") ?? -1)
        guard seeds == ["1", "500"] else { return }
        #expect(counts.loaded > 500 && counts.refused > 500 && counts.contexts > 500)
        #expect(counts.refusedByValidator > 10)
    }

    struct Counts: CustomStringConvertible {
        var cases = 0
        var loaded = 0
        var refused = 0
        /// Read, and refused only by the check that comes after reading.
        var refusedByValidator = 0
        var contexts = 0
        var refusedContexts = 0

        var description: String {
            "\(cases) cases: \(loaded) stores, \(refused) refused, \(refusedByValidator) of them after reading; "
                + "\(contexts) contexts, \(refusedContexts) refused"
        }
    }

    private func differences(_ line: JSON, _ counts: inout Counts) throws -> [String] {
        counts.cases += 1
        let schema = try Schema([SchemaFragment(try #require(line["schema"]))])
        let validator = Validator(schema)
        var differences: [String] = []

        for (index, document) in try #require(line["documents"]?.array).enumerated() {
            let text = try #require(document["text"]?.string)
            var found: Entities?
            var why = ""
            do throws(EntityError) {
                let read = try Entities(parsingCedarJSON: text.bytes, schema: schema)
                let errors = validator.errors(in: read)
                if errors.isEmpty { found = read } else { counts.refusedByValidator += 1 }
                why = "\(errors)"
            } catch {
                // Cedar takes these for records, or ignores what is beside them; this module refuses them on purpose.
                guard error.code != .malformedEscape else { continue }
                why = "\(error.place): \(error)"
            }
            if found == nil { counts.refused += 1 } else { counts.loaded += 1 }
            if (found != nil) != document["loads"]?.bool {
                differences.append("\(found == nil ? "refused, \(why)" : "loaded"): \(text)")
            }
            guard index == 0, let found else { continue }
            let escaped = try Entities(parsingCedarJSON: try #require(line["escaped"]?.string).bytes)
            if found.sorted != (try escaped.addingActions(of: schema)).sorted {
                differences.append("not as with all escapes: \(text)")
            }
            let written = try found.cedarJSON()
            if try Entities(cedarJSON: written, schema: schema).sorted != found.sorted {
                differences.append("differs, written and read by the schema: \(text)")
            }
        }

        let action = EntityUID(type: "Action", id: "edit")
        for (index, document) in try #require(line["contexts"]?.array).enumerated() {
            let text = try #require(document["text"]?.string)
            var found: CedarRecord?
            var why = ""
            do throws(EntityError) {
                let read = try CedarRecord(parsingCedarJSON: text.bytes, schema: schema, action: action)
                let errors = validator.errors(in: read, of: action)
                if errors.isEmpty { found = read }
                why = "\(errors)"
            } catch {
                // Cedar takes these for records, or ignores what is beside them; this module refuses them on purpose.
                guard error.code != .malformedEscape else { continue }
                why = "\(error.place): \(error)"
            }
            if found == nil { counts.refusedContexts += 1 } else { counts.contexts += 1 }
            if (found != nil) != document["loads"]?.bool {
                differences.append("\(found == nil ? "refused, \(why)" : "read") as a context: \(text)")
            }
            guard index == 0, let found else { continue }
            let escaped = try JSON(parsing: try #require(line["escapedContext"]?.string))
            if found != (try CedarJSONReader.record(try #require(escaped.object))) {
                differences.append("not as with all escapes: \(text)")
            }
        }
        return differences
    }
}
