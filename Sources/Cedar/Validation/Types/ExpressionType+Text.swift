// SPDX-License-Identifier: Apache-2.0

import StrictJSON

extension ExpressionType: CustomStringConvertible {
    /// As a schema writes types, with `True` and `False` for what is always the one or the other.
    public var description: String { text(bytesMax: Int.max) }

    /// The description, ending in `…` where it would be longer: types may be as large as a schema.
    func text(bytesMax: Int) -> String {
        var writer = TypeWriter(bytesMax: bytesMax)
        writer.write(self)
        return writer.text
    }
}

private struct TypeWriter {
    private(set) var text = ""
    private let bytesMax: Int
    private var isFull = false

    init(bytesMax: Int) { self.bytesMax = bytesMax }

    mutating func write(_ type: ExpressionType) {
        guard !isFull else { return }
        switch type {
        case .true: put("True")
        case .false: put("False")
        case .bool: put("Bool")
        case .long: put("Long")
        case .string: put("String")
        case .entity(let name): put(name.description)
        case .set(let element):
            put("Set<")
            write(element)
            put(">")
        case .record(let record): write(record)
        case .decimal: put("decimal")
        case .ip: put("ipaddr")
        case .datetime: put("datetime")
        case .duration: put("duration")
        }
    }

    private mutating func write(_ record: ExpressionRecordType) {
        put("{")
        for (index, attribute) in record.attributes.enumerated() {
            guard !isFull else { return }
            let name =
                Identifier.isName(attribute.name.bytes)
                ? attribute.name.string : StringEscapes.quoted(attribute.name)
            put((index == 0 ? "" : ", ") + name + (attribute.isRequired ? ": " : "?: "))
            write(attribute.type)
        }
        put("}")
    }

    private mutating func put(_ piece: String) {
        guard !isFull else { return }
        guard text.utf8.count + piece.utf8.count <= bytesMax else {
            text += "…"
            isFull = true
            return
        }
        text += piece
    }
}
