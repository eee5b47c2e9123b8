// SPDX-License-Identifier: Apache-2.0

import Passports
import StrictJSON
import WireTypes

import struct Crypto.SHA256

/// One call under one pack, rule by rule.
struct RuleJudging {
    let definition: PackDefinition
    let call: PackCall
    let values: CallValues
    let limits: PassportLimits

    enum Outcome {
        case passed
        case refused(PackRefusal)
        case takes(PackReservation)
    }

    func judge(_ rule: PackRule) -> Outcome {
        guard rule.conditions.allSatisfy(holds) else { return .passed }
        switch rule.check {
        case .listed(let member, let limit): return compare(rule, member, limit, isIn(whenListed: true))
        case .unlisted(let member, let limit): return compare(rule, member, limit, isIn(whenListed: false))
        case .atMost(let member, let limit): return compare(rule, member, limit, numbers("over", <=))
        case .atLeast(let member, let limit): return compare(rule, member, limit, numbers("under", >=))
        case .below(let member, let limit): return compare(rule, member, limit, numbers("not under", <))
        case .size(let member, let limit):
            return compare(rule, member, limit) { value, limit in
                counted(value.array?.count, limit, "has more elements than")
            }
        case .bytes(let member, let limit):
            return compare(rule, member, limit) { value, limit in
                counted(value.serialized().count, limit, "has more bytes than")
            }
        case .age(let member, let limit): return compare(rule, member, limit, age)
        case .asks(let limit, let member): return asks(rule, limit, member, whenAbsent: false)
        case .asksUnless(let limit, let member): return asks(rule, limit, member, whenAbsent: true)
        case .granted(let limit): return flag(rule, limit, wanted: true)
        case .refused(let limit): return flag(rule, limit, wanted: false)
        case .same(let left, let right):
            guard let one = values.value(left), let other = values.value(right), one != other else { return .passed }
            return .refused(refusal(rule, "\(left.text) is not \(right.text)"))
        case .never: return .refused(refusal(rule, "what the call names may not go together"))
        case .count(let window, let limit, let key): return take(rule, window, nil, limit, by: key)
        case .sum(let window, let member, let limit, let key): return take(rule, window, member, limit, by: key)
        case .once(let member): return once(rule, member)
        case .handler(let handler):
            guard let refusal = handler.refusal(rule, self) else { return .passed }
            return .refused(refusal)
        }
    }

    // MARK: What handlers use too

    func refusal(_ rule: PackRule, _ why: String) -> PackRefusal {
        PackRefusal(rule.name, rule.code, "\(definition.id) \(rule.name): \(why)")
    }

    func invalid(_ limit: String, _ rule: UTF8String) -> PackRefusal {
        PackRefusal(
            rule, PackRules.invalidLimit, "\(definition.id): the passport's \(limit) is not what such a limit is")
    }

    /// A list of the passport's: `nil` where it is not there.
    func list(_ names: [UTF8String], _ rule: PackRule) throws(PackRefusal) -> [UTF8String]? {
        guard let value = limits.value(names) else { return nil }
        guard let texts = PassportLimits.texts(value) else { throw invalid(names.first?.string ?? "", rule.name) }
        return texts
    }

    // MARK: Rows

    private func holds(_ condition: PackCondition) -> Bool {
        let value = values.value(condition.member)
        let text: UTF8String
        switch value {
        case nil: text = ""
        case .string(let string)?: text = string
        case .bool(let truth)?: text = truth ? "true" : "false"
        case .number(let number)?: text = number.lexeme
        default: return condition.values.contains("*")
        }
        return condition.values.contains { $0 == "*" ? !text.isEmpty : $0 == text }
    }

    /// Each value beside the limit; what the comparison says is why not.
    private func compare(
        _ rule: PackRule, _ member: MemberPath, _ path: LimitPath,
        _ compare: (JSON, JSON) throws(PackRefusal) -> String?
    ) -> Outcome {
        let limit = limits.value(path) { values.text($0) }
        if limit == nil, path.isOptional { return .passed }
        for value in values.values(member.parts) {
            guard let value else {
                if member.isOptional { continue }
                return .refused(refusal(rule, "the call does not say \(member.text)"))
            }
            guard let limit else { return .refused(refusal(rule, "the passport has no \(path.text)")) }
            do throws(PackRefusal) {
                if let why = try compare(value, limit) {
                    return .refused(refusal(rule, "\(member.text) \(why) the passport's \(path.text)"))
                }
            } catch {
                return .refused(invalid(path.text, rule.name))
            }
        }
        return .passed
    }

    private static let notALimit = PackRefusal("", PackRules.invalidLimit, "")

    private func isIn(whenListed isWanted: Bool) -> (JSON, JSON) throws(PackRefusal) -> String? {
        { (value, limit) throws(PackRefusal) in
            guard let names = PassportLimits.texts(limit) else { throw Self.notALimit }
            guard let text = value.string else { return "is no text for" }
            let isIn = names.contains { $0 == text || $0 == "*" }
            guard isIn != isWanted else { return nil }
            return isWanted ? "is not in" : "is in"
        }
    }

    private func numbers(
        _ why: String, _ holds: @escaping (ExactDecimal, ExactDecimal) -> Bool
    ) -> (JSON, JSON) throws(PackRefusal) -> String? {
        { (value, limit) throws(PackRefusal) in
            guard let bound = ExactDecimal(limit) else { throw Self.notALimit }
            guard value.number != nil, let number = ExactDecimal(value) else { return "is no number for" }
            return holds(number, bound) ? nil : "is \(why)"
        }
    }

    private func counted(_ count: Int?, _ limit: JSON, _ why: String) -> String? {
        guard let count, let bound = ExactDecimal(limit) else { return "cannot be compared with" }
        return ExactDecimal(count) <= bound ? nil : why
    }

    private func age(_ value: JSON, _ limit: JSON) throws(PackRefusal) -> String? {
        guard let most = ExactDecimal(limit)?.count else { throw Self.notALimit }
        guard let moment = value.string.flatMap(DateTime.timestamp) else { return "is no time for" }
        let age = (call.now.milliseconds - moment.milliseconds).quotientRoundedDown(by: 1000)
        if age < -Limits.clockSkewSeconds { return "is in the future, for" }
        return age <= most ? nil : "is older than"
    }

    private func asks(_ rule: PackRule, _ path: LimitPath, _ member: MemberPath, whenAbsent: Bool) -> Outcome {
        switch limits.value(path, key: { values.text($0) }) {
        case .bool(true)?: break
        case .bool(false)?: return .passed
        case nil: if !whenAbsent { return .passed }
        default: return .refused(invalid(path.text, rule.name))
        }
        switch values.value(member) {
        case nil, .bool(false)?, .string("")?: return .refused(refusal(rule, "the passport asks for \(member.text)"))
        default: return .passed
        }
    }

    private func flag(_ rule: PackRule, _ path: LimitPath, wanted: Bool) -> Outcome {
        switch limits.value(path, key: { values.text($0) }) {
        case .bool(let truth)?:
            return truth == wanted ? .passed : .refused(refusal(rule, "the passport's \(path.text) is \(truth)"))
        case nil:
            let passes = !wanted || path.isOptional
            return passes ? .passed : .refused(refusal(rule, "the passport has no \(path.text)"))
        default: return .refused(invalid(path.text, rule.name))
        }
    }

    // MARK: Counters

    private func take(
        _ rule: PackRule, _ window: PackWindow, _ member: MemberPath?, _ path: LimitPath, by key: MemberPath?
    ) -> Outcome {
        var amount: Int64 = 1
        if let member {
            guard let value = values.value(member) else {
                return member.isOptional ? .passed : .refused(refusal(rule, "the call does not say \(member.text)"))
            }
            guard let whole = value.int64, whole >= 0 else {
                return .refused(refusal(rule, "\(member.text) is no whole amount"))
            }
            amount = whole
        }
        guard let limit = limits.value(path, key: { values.text($0) }) else {
            return path.isOptional ? .passed : .refused(refusal(rule, "the passport has no \(path.text)"))
        }
        guard let maximum = ExactDecimal(limit)?.count else { return .refused(invalid(path.text, rule.name)) }
        var counter = "\(definition.id) \(path.text) \(window.rawValue)"
        if let key {
            guard let value = values.value(key)?.string else {
                return .refused(refusal(rule, "the call does not say \(key.text)"))
            }
            counter += " \(Self.digest(value))"
        }
        let start = window.milliseconds.map { call.now.milliseconds.quotientRoundedDown(by: $0) * $0 } ?? 0
        return .takes(
            PackReservation(
                id: UTF8String("\(definition.id) \(rule.name)"), counter: UTF8String(counter),
                windowStart: Timestamp(clamping: start), amount: amount, isAmount: member != nil, maximum: maximum,
                code: rule.code,
                message: UTF8String("\(definition.id) \(rule.name): the passport's \(path.text) is used up")))
    }

    private func once(_ rule: PackRule, _ member: MemberPath) -> Outcome {
        guard let value = values.value(member)?.string else {
            return member.isOptional ? .passed : .refused(refusal(rule, "the call does not say \(member.text)"))
        }
        return .takes(
            PackReservation(
                id: UTF8String("\(definition.id) \(rule.name)"),
                counter: UTF8String("\(definition.id) \(member.text) once \(Self.digest(value))"),
                windowStart: Timestamp(clamping: 0), amount: 1, isAmount: false, maximum: 1,
                code: rule.code,
                message: UTF8String("\(definition.id) \(rule.name): this \(member.text) was used before")))
    }

    /// Counters lie in the ledger in clear; what a call says does not.
    private static func digest(_ text: UTF8String) -> String { Digest(SHA256.hash(data: text.bytes)).base64URL }
}
