// SPDX-License-Identifier: Apache-2.0

import StrictJSON

extension ExtensionFunction {
    /// Why the arguments have no result.
    struct Failure: Error {
        let code: EvaluationError.Code
        let message: String

        static func type(_ value: CedarValue, expected: String) -> Failure {
            Failure(code: .type, message: "found \(value.typeName), expected \(expected)")
        }

        static let outOfRange = Failure(code: .invalidExtension, message: "the result exceeds 64 bits of milliseconds")
    }

    /// The result for these arguments, a method's receiver first.
    func apply(_ arguments: [CedarValue]) throws(Failure) -> CedarValue {
        guard arguments.count == argumentCount, let first = arguments.first else {
            let message = "`\(rawValue)` takes \(argumentCount) arguments with its receiver, not \(arguments.count)"
            throw Failure(code: .wrongArgumentCount, message: message)
        }
        switch self {
        case .decimal, .ip, .datetime, .duration: return try construct(first)
        case .lessThan, .lessThanOrEqual, .greaterThan, .greaterThanOrEqual:
            let number = try decimal(first)
            return .bool(compare(number, try decimal(arguments[1])))
        case .isIpv4: return .bool(!(try address(first).isIPv6))
        case .isIpv6: return .bool(try address(first).isIPv6)
        case .isLoopback: return .bool(try address(first).isLoopback)
        case .isMulticast: return .bool(try address(first).isMulticast)
        case .isInRange:
            let network = try address(first)
            return .bool(network.isInRange(try address(arguments[1])))
        case .offset:
            let instant = try datetime(first)
            guard let result = instant.offset(try duration(arguments[1])) else { throw .outOfRange }
            return .datetime(result)
        case .durationSince:
            let instant = try datetime(first)
            guard let result = instant.durationSince(try datetime(arguments[1])) else { throw .outOfRange }
            return .duration(result)
        case .toDate:
            guard let result = try datetime(first).date else { throw .outOfRange }
            return .datetime(result)
        case .toTime: return .duration(try datetime(first).time)
        case .toMilliseconds: return .long(try duration(first).milliseconds)
        case .toSeconds: return .long(try duration(first).milliseconds / 1000)
        case .toMinutes: return .long(try duration(first).milliseconds / 60_000)
        case .toHours: return .long(try duration(first).milliseconds / 3_600_000)
        case .toDays: return .long(try duration(first).milliseconds / CedarDuration.day)
        }
    }

    private func construct(_ argument: CedarValue) throws(Failure) -> CedarValue {
        guard case .string(let text) = argument else { throw .type(argument, expected: "string") }
        let value: CedarValue? =
            switch self {
            case .decimal: CedarDecimal(text).map { .decimal($0) }
            case .ip: CedarIPAddress(text).map { .ip($0) }
            case .datetime: CedarDatetime(text).map { .datetime($0) }
            case .duration: CedarDuration(text).map { .duration($0) }
            default: nil
            }
        guard let value else { throw Failure(code: .invalidExtension, message: "not a text that `\(rawValue)` takes") }
        return value
    }

    private func compare(_ left: CedarDecimal, _ right: CedarDecimal) -> Bool {
        switch self {
        case .lessThan: left < right
        case .lessThanOrEqual: left <= right
        case .greaterThan: left > right
        default: left >= right
        }
    }

    private func decimal(_ value: CedarValue) throws(Failure) -> CedarDecimal {
        guard case .decimal(let decimal) = value else { throw .type(value, expected: "decimal") }
        return decimal
    }

    private func address(_ value: CedarValue) throws(Failure) -> CedarIPAddress {
        guard case .ip(let address) = value else { throw .type(value, expected: "ipaddr") }
        return address
    }

    private func datetime(_ value: CedarValue) throws(Failure) -> CedarDatetime {
        guard case .datetime(let datetime) = value else { throw .type(value, expected: "datetime") }
        return datetime
    }

    private func duration(_ value: CedarValue) throws(Failure) -> CedarDuration {
        guard case .duration(let duration) = value else { throw .type(value, expected: "duration") }
        return duration
    }
}
