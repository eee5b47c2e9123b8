// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// Writes a value for people, as Cedar would write it, in one line and within `CedarLimits`; `…` stands for what was left
/// out. Equal values have equal texts.
enum ValueText {
    static func text(of value: CedarValue) -> UTF8String {
        UTF8String(UTF8String(text(value, depth: 1)).shortened(scalars: CedarLimits.explainedValueScalarsMax))
    }

    private static func text(_ value: CedarValue, depth: Int) -> String {
        switch value {
        case .bool(let value): String(value)
        case .long(let value): String(value)
        case .string(let value): quoted(value)
        case .entity(let uid): "\(uid.type)::\(quoted(uid.id))"
        case .decimal(let value): "decimal(\"\(value)\")"
        case .ip(let value): "ip(\"\(value)\")"
        case .datetime(let value): "datetime(\"\(value)\")"
        case .duration(let value): "duration(\"\(value)\")"
        case .set(let set): text(set, depth: depth)
        case .record(let record): text(record, depth: depth)
        }
    }

    private static func text(_ set: CedarSet, depth: Int) -> String {
        guard depth < CedarLimits.explainedValueDepthMax || set.isEmpty else { return "[…]" }
        let shown = CedarLimits.explainedElementsMax
        // Only the first few of the order are kept: a set may be as large as a document.
        var texts: [String] = []
        for element in set.elements {
            let text = text(element, depth: depth + 1)
            guard texts.count < shown || precedes(text, texts[texts.count - 1]) else { continue }
            texts.insert(text, at: texts.firstIndex { precedes(text, $0) } ?? texts.endIndex)
            if texts.count > shown { texts.removeLast() }
        }
        return "[\(texts.joined(separator: ", "))\(rest(set.count))]"
    }

    private static func text(_ record: CedarRecord, depth: Int) -> String {
        guard depth < CedarLimits.explainedValueDepthMax || record.isEmpty else { return "{…}" }
        let fields = record.sorted.prefix(CedarLimits.explainedElementsMax).map { field in
            let name = Identifier.isName(field.key.bytes) ? field.key.string : quoted(field.key)
            return "\(name): \(text(field.value, depth: depth + 1))"
        }
        return "{\(fields.joined(separator: ", "))\(rest(record.count))}"
    }

    private static func rest(_ count: Int) -> String {
        let omitted = count - CedarLimits.explainedElementsMax
        return omitted > 0 ? ", … \(omitted) more" : ""
    }

    private static func quoted(_ text: UTF8String) -> String {
        let scalars = text.string.unicodeScalars
        guard scalars.count > CedarLimits.explainedValueScalarsMax else { return StringEscapes.quoted(text) }
        let beginning = String.UnicodeScalarView(scalars.prefix(CedarLimits.explainedValueScalarsMax))
        return StringEscapes.quoted(UTF8String(String(beginning))) + "…"
    }

    private static func precedes(_ left: String, _ right: String) -> Bool {
        left.utf8.lexicographicallyPrecedes(right.utf8)
    }
}
