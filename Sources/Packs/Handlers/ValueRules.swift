// SPDX-License-Identifier: Apache-2.0

import Passports
import StrictJSON

/// Rules about values that a row cannot say.
struct ValueRules {
    private let judging: RuleJudging
    private let rule: PackRule

    init(_ judging: RuleJudging, _ rule: PackRule) {
        self.judging = judging
        self.rule = rule
    }

    /// Each resource that the call asks for is within the quota; one that has no quota is not asked for.
    func quota() throws(PackRefusal) -> String? {
        guard let limit = judging.limits.value("resource_quota") else { return nil }
        guard let quota = limit.object else { throw judging.invalid("resource_quota", rule.name) }
        for asked in judging.values.value("resources")?.object?.members ?? [] {
            guard let bound = quota[asked.key] else { return "a resource is not in the passport's resource_quota" }
            guard let most = ExactDecimal(bound) else { throw judging.invalid("resource_quota", rule.name) }
            guard asked.value.number != nil, let wanted = ExactDecimal(asked.value), wanted <= most else {
                return "a resource is over the passport's resource_quota"
            }
        }
        return nil
    }

    func assurance() throws(PackRefusal) -> String? {
        guard let limit = judging.limits.value("require_assurance_at_least") else { return nil }
        guard let least = limit.string.flatMap({ Assurance(rawValue: $0.string) }) else {
            throw judging.invalid("require_assurance_at_least", rule.name)
        }
        return judging.call.identity.assurance >= least
            ? nil : "the passport's assurance is under its own require_assurance_at_least"
    }

    /// Recipients are ids, or ids with limits of their own.
    func payees() throws(PackRefusal) -> String? {
        guard let limit = judging.limits.value("allowed_recipients") else { return nil }
        guard let entries = limit.array, entries.count <= Limits.listMax else {
            throw judging.invalid("allowed_recipients", rule.name)
        }
        let payee = judging.values.text("destination_id")
        for entry in entries {
            if entry.string == "*" || (entry.string != nil && entry.string == payee) { return nil }
            guard let object = entry.object, object["id"]?.string == payee, payee != nil else { continue }
            guard let own = object["limits"] else { return nil }
            guard let limits = own.object, limits["daily_cap"] == nil else {
                // A cap for each recipient would need a counter of its own, which no rule here keeps.
                throw judging.invalid("allowed_recipients", rule.name)
            }
            if let currency = limits["currency"], currency.string != judging.values.text("currency") { continue }
            guard let cap = limits["max_amount"] else { return nil }
            guard let most = ExactDecimal(cap), let amount = ExactDecimal(judging.values.value("amount")) else {
                throw judging.invalid("allowed_recipients", rule.name)
            }
            return amount <= most ? nil : "the amount is over the passport's limit for this recipient"
        }
        return "the recipient is not in the passport's allowed_recipients"
    }

    /// With what was refunded before no more than was paid.
    func refundTotal() -> String? {
        guard let total = judging.values.value("order_total_minor")?.int64 else { return nil }
        let before = judging.values.value("already_refunded_minor")?.int64 ?? 0
        let (sum, overflow) = before.addingReportingOverflow(judging.values.value("amount")?.int64 ?? .max)
        return !overflow && sum <= total ? nil : "more would be refunded than the order's total"
    }

    func pairTokens() throws(PackRefusal) -> String? {
        guard let list = try judging.list(["allowed_tokens"], rule) else { return "the passport has no allowed_tokens" }
        let tokens = (judging.values.text("pair") ?? "").string.split(separator: "-").map { UTF8String(String($0)) }
        guard tokens.count == 2, tokens.allSatisfy({ list.contains($0) || list.contains("*") }) else {
            return "a token is not in the passport's allowed_tokens"
        }
        return nil
    }

    /// Every check that the passport asks for was made.
    func validationChecks() throws(PackRefusal) -> String? {
        let type = judging.values.text("report_type") ?? ""
        let inner = judging.limits.records.lazy.compactMap { $0[type]?.object?["required_validation_checks"] }.first
        let flat = judging.limits.value("required_validation_checks")
        guard let limit = inner ?? flat?.object?[type] ?? flat else {
            return "the passport has no required_validation_checks"
        }
        guard let needed = PassportLimits.texts(limit) else {
            throw judging.invalid("required_validation_checks", rule.name)
        }
        let made = judging.values.value("validation_checks")?.array?.compactMap(\.string) ?? []
        return needed.allSatisfy(made.contains) ? nil : "a check that the passport asks for was not made"
    }
}
