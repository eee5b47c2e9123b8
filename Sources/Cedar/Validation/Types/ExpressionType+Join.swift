// SPDX-License-Identifier: Apache-2.0

extension ExpressionType {
    /// The smallest type that has the values of both, or `nil` where strict validation knows none: different entity
    /// types do not join, nor do records with other attributes or other optionality.
    ///
    /// - Parameter steps: grows by the number of types looked at.
    func joined(with other: ExpressionType, steps: inout Int) -> ExpressionType? {
        steps += 1
        switch (self, other) {
        case (.true, .true): return .true
        case (.false, .false): return .false
        case (.long, .long), (.string, .string), (.decimal, .decimal), (.ip, .ip), (.datetime, .datetime),
            (.duration, .duration):
            return self
        case (.entity(let left), .entity(let right)):
            return left == right ? self : nil
        case (.set(let left), .set(let right)):
            return left.joined(with: right, steps: &steps).map { .set($0) }
        case (.record(let left), .record(let right)):
            return left.joined(with: right, steps: &steps).map { .record($0) }
        default:
            return isBoolean && other.isBoolean ? .bool : nil
        }
    }
}

extension ExpressionRecordType {
    fileprivate func joined(with other: ExpressionRecordType, steps: inout Int) -> ExpressionRecordType? {
        guard attributes.count == other.attributes.count else { return nil }
        var joined: [Attribute] = []
        joined.reserveCapacity(attributes.count)
        for (left, right) in zip(attributes, other.attributes) {
            guard left.name == right.name, left.isRequired == right.isRequired,
                let type = left.type.joined(with: right.type, steps: &steps)
            else { return nil }
            joined.append(Attribute(name: left.name, type: type, isRequired: left.isRequired))
        }
        return ExpressionRecordType(sorted: joined)
    }
}
