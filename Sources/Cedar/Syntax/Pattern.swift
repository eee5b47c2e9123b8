// SPDX-License-Identifier: Apache-2.0

public import StrictJSON

/// The right side of `like`: texts and wildcards that together must cover the whole string.
public struct Pattern: Sendable, Hashable {
    /// A piece of a pattern.
    public enum Element: Sendable, Hashable {
        /// `*`: any scalars, also none.
        case wildcard
        /// These scalars exactly; not empty.
        case literal(UTF8String)
    }

    /// The pieces in order; no two texts follow each other.
    public let elements: [Element]

    init(elements: [Element]) { self.elements = elements }

    /// Whether the whole text matches. Takes at most the product of both lengths in steps.
    ///
    /// Matching bytes is exact: in valid UTF-8 no scalar's bytes begin inside another's.
    public func matches(_ text: UTF8String) -> Bool {
        text.withUTF8 { bytes in
            var position = 0
            // Where to go on after the last wildcard, should what follows it not match at `position`.
            var retry: (element: Int, position: Int)?
            var element = 0
            while element < elements.count || position < bytes.count {
                if element < elements.count {
                    switch elements[element] {
                    case .wildcard:
                        retry = (element + 1, position)
                        element += 1
                        continue
                    case .literal(let literal):
                        if literal.isPrefix(of: bytes, at: position) {
                            element += 1
                            position += literal.byteCount
                            continue
                        }
                    }
                }
                // The shortest match for the last wildcard failed: let it take one byte more.
                guard let last = retry, last.position < bytes.count else { return false }
                retry = (last.element, last.position + 1)
                (element, position) = (last.element, last.position + 1)
            }
            return true
        }
    }
}

extension UTF8String {
    fileprivate func isPrefix(of bytes: UnsafeBufferPointer<UInt8>, at position: Int) -> Bool {
        guard byteCount <= bytes.count - position else { return false }
        return withUTF8 { literal in literal.elementsEqual(bytes[position..<(position + literal.count)]) }
    }
}
