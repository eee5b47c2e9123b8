// SPDX-License-Identifier: Apache-2.0

extension JSON {
    /// The document with another value at a place. A last member that is missing is added to its object; where the
    /// place cannot be reached, the document is as it was.
    public func replacing(_ pointer: JSONPointer, with value: JSON) -> JSON {
        replacing(pointer.tokens[...], with: value)
    }

    private func replacing(_ tokens: ArraySlice<UTF8String>, with value: JSON) -> JSON {
        guard let token = tokens.first else { return value }
        let rest = tokens.dropFirst()
        switch self {
        case .object(var object):
            if rest.isEmpty {
                object[token] = value
            } else if let child = object[token] {
                object[token] = child.replacing(rest, with: value)
            }
            return .object(object)
        case .array(var elements):
            guard let index = Int(token.string), String(index) == token.string, elements.indices.contains(index)
            else { return self }
            elements[index] = elements[index].replacing(rest, with: value)
            return .array(elements)
        default: return self
        }
    }
}
